"""Odd values are questioned before they are recorded: the engine is asked what would follow.

What is asked here is only whether a value was meant. What a value calls for is said by the rules,
on the page of the course, once it is recorded.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from isocourse.clinic.log.reading import Held
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.tables import table
from isocourse.clinic.visits.words import say
from isocourse.course import Assessment, Reason, assess
from isocourse.course.answers import Alert
from isocourse.events import read_course
from isocourse.words import units

_OF_A_WEIGHT = ("dose.weight_in_doubt", "dose.weight_jumped")
_SUPPOSED = "supposed-"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to look at again, and the mark by which it is confirmed."""

    key: str
    sentence: str


def question(sentence: str) -> Question:
    """A question; another value makes another mark, so that a tick is never carried over."""
    return Question(hashlib.sha256(sentence.encode()).hexdigest()[:16], sentence)


def supposed(held: Held, events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The course file as it would be with some events more."""
    more = [{"id": f"{_SUPPOSED}{n}", **each} for n, each in enumerate(events)]
    return {**held.file, "events": [*held.file["events"], *more]}


def foreseen(known: Known, events: Sequence[Mapping[str, Any]]) -> Assessment:
    """The course as it would stand with some events more."""
    file = read_course(json.dumps(supposed(known.held, events)))
    return assess(file, known.now, settings=known.held.course.clinic.rules)


def questions(known: Known, events: Sequence[Mapping[str, Any]]) -> list[Question]:
    """Everything that should be looked at again before it is recorded."""
    asked = [*_by_itself(events), *_by_the_rules(known, events), *_mind(events)]
    return [question(each) for each in dict.fromkeys(asked)]


def _by_the_rules(known: Known, events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What the engine says of weight and blood because of what was entered now."""
    if not any(each["kind"] in ("weight", "lab") for each in events):
        return
    found = foreseen(known, events)
    reasons = [each for answer in found.actions.values() for each in answer.reasons]
    alerts = [each for each in found.alerts if each.urgency != "note"]
    told: list[Reason | Alert] = [*reasons, *alerts]
    for each in told:
        new = any(name.startswith(_SUPPOSED) for name in each.events)
        if new and (each.topic == "labs" or each.rule in _OF_A_WEIGHT):
            yield each.sentence


def _by_itself(events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A value that looks like another unit or a slipped point."""
    for each in events:
        if each["kind"] != "lab":
            continue
        row = table("plausible")[each["test"]]
        low, high = (
            units.lab_amount(each["test"], row[end], row["unit"]) for end in ("low", "high")
        )
        if not low <= units.lab_amount(each["test"], each["value"], each["unit"]) <= high:
            said = {"test": say(each["test"]), "value": f"{each['value']:g} {each['unit']}"}
            yield _("%(test)s %(value)s is rarely seen. Are the number and the unit right?") % said


def _mind(events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A finding that does not go with the answer to item 9."""
    nine = max((each.get("item_9", 0) for each in events), default=0)
    found = [each["concern"] for each in events if each["kind"] == "mental_health"]
    if nine and found and found[0] in ("none", "low_mood"):
        yield _("Item 9 is %(n)s and the finding is: %(found)s. Is that so after asking?") % {
            "n": nine,
            "found": say(found[0]),
        }
