"""Reading and checking a course file.

Every problem is told at once, in the order of the file. A file that cannot be read is refused
whole: nothing is guessed and nothing is left out.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from pydantic import ValidationError

from isocourse.events.course import Course, zone_of
from isocourse.events.kinds import Patience
from isocourse.events.moments import usable
from isocourse.events.problems import BadCourse, Path, Problem, in_order
from isocourse.events.text import NotData, data_of, faults
from isocourse.events.whole import Entry, Located, Whole, disagreements

MOST_PROBLEMS = 1000
_LOOKED_FOR = 3 * MOST_PROBLEMS  # some of them have the same cause, and only that is told
_MORE = Problem("the file", f"more than {MOST_PROBLEMS} problems", "none", "correct these first")


def read_course(data: bytes | str, where: str = "course file") -> Course:
    """The course that a file holds. Raises BadCourse with everything wrong with it."""
    course, problems = _read(data, None)
    if course is None or problems:
        raise BadCourse(where, problems)
    return course


def check_course(data: bytes | str, today: date) -> list[Problem]:
    """Everything wrong or doubtful in a course file, dates after today included."""
    return _read(data, today)[1]


def _read(given: bytes | str, today: date | None) -> tuple[Course | None, list[Problem]]:
    try:
        data = data_of(given)
        found = list(islice(faults(data), MOST_PROBLEMS + 1))
    except NotData as refused:
        return None, [refused.problem]
    course = None
    if len(found) <= MOST_PROBLEMS:
        course, misread = _course(data)
        found = _one_for_each_place([*found, *misread])
    whole = _whole(data)
    found.extend(disagreements(whole))
    if today is not None:
        found.extend(_looked_at_by_check(whole, today))
    return course, _told(data, found) if found else []


def _course(data: Any) -> tuple[Course | None, list[Located]]:
    """The course, or what is wrong with its parts."""
    try:
        return Course.model_validate(data, context=Patience(_LOOKED_FOR)), []
    except ValidationError as error:
        from isocourse.events.wording import worded  # only wanted when something is wrong

        return None, list(islice(worded(data, error.errors(include_url=False)), _LOOKED_FOR))


def _told(data: Any, found: list[Located]) -> list[Problem]:
    """The problems in the order of the file, up to a number that a person may want to read."""
    problems = in_order(data, found)
    more = [_MORE] if len(problems) > MOST_PROBLEMS else []
    return problems[:MOST_PROBLEMS] + more


def _looked_at_by_check(whole: Whole, today: date) -> Iterator[Located]:
    from isocourse.events.check import ahead_of, doubts  # reading alone does not look at these

    yield from ahead_of(whole, today)
    yield from doubts(whole)


def _logs(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any], list[Any]]]:
    """The course and each earlier one that has a list of events."""
    earlier = data.get("earlier_courses")
    logs: list[tuple[Path, Any]] = [((), data)]
    if isinstance(earlier, list):
        logs += [(("earlier_courses", number), each) for number, each in enumerate(earlier)]
    for path, log in logs:
        if isinstance(log, dict) and isinstance(log.get("events"), list):
            yield path, log, log["events"]


def _whole(data: dict[str, Any]) -> Whole:
    entries: list[Entry] = []
    for path, log, events in _logs(data):
        zone = zone_of(log.get("place"), log.get("time_zone"))
        entries += [
            Entry(path, number, raw, zone)
            for number, raw in enumerate(events)
            if isinstance(raw, dict)
        ]
    patient = data.get("patient")
    born = usable(patient.get("birth_date")) if isinstance(patient, dict) else None
    return Whole(data, entries, born if type(born) is date else None)


def _one_for_each_place(found: list[Located]) -> list[Located]:
    first: dict[Path, Problem] = {}
    for path, problem in found:
        first.setdefault(path, problem)
    return list(first.items())
