"""The facts of one course: the same compiled pass as for a registry, over a batch of one."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from isocourse.facts.columns import columns
from isocourse.facts.log import Log
from isocourse.facts.records import empty_facts, empty_work, no_reasons
from isocourse.words.codes import NULL

_COLUMNS = [each.name for each in columns()]


@dataclass(frozen=True, slots=True)
class Established:
    """The facts of a course at one moment: None where not known, and the events behind each."""

    facts: dict[str, int | None]
    event_ids: dict[str, str]  # fact to the event it rests on
    row: np.ndarray[Any, Any]  # the facts as the pass wrote them: one row, NULL where not known


def establish(
    log: Log,
    patient: np.ndarray[Any, Any],
    place: np.ndarray[Any, Any],
    class_of: np.ndarray[Any, Any],
) -> Established:
    """The facts that follow from a log for a patient at a place.

    `class_of` holds the class of each medicine that the log may name, -1 for none.
    """
    from isocourse.facts.passing import pass_over  # compiled code is loaded when first wanted

    course, why, work = empty_facts(), no_reasons(), empty_work()
    scratch = np.zeros((7, max(1, log.prescriptions)), dtype="i8")
    along = np.full((2, max(1, len(log.events))), NULL, dtype="i8")
    medicines = np.zeros((2, max(1, len(class_of))), dtype="i8")
    pass_over(
        log.events,
        log.methods,
        patient,
        place,
        class_of,
        scratch,
        along,
        medicines,
        course,
        why,
        work,
    )
    row = course.view("i8")
    values = row.tolist()
    behind = why.view("i8").tolist()
    facts = {n: None if v == NULL else v for n, v in zip(_COLUMNS, values, strict=True)}
    sources = log.sources
    ids = {n: sources[i].id for n, i in zip(_COLUMNS, behind, strict=True) if i >= 0}
    return Established(facts, ids, row.reshape(1, -1))
