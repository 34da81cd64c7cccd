"""Those that isocourse is held against: a schema validator, and the plain replay of the tests."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema

from isocourse.course import assess
from isocourse.course.wording import name_read
from isocourse.course.worked import patients
from isocourse.events import Course, course_schema

VALIDATOR = "json.loads + jsonschema, the same file"
REPLAY = "plain replay of the log, the same facts"

_VALIDATOR = jsonschema.Draft202012Validator(course_schema())
_ASKED = {"us": date(2026, 12, 12)}
_OTHERWISE = date(2026, 3, 3)

Replay = Callable[[Course, date], dict[str, Any]]


def texts() -> list[str]:
    """The shipped base courses as a file holds them."""
    return [json.dumps(file) for file in patients().values()]


def day_for(course: Course) -> date:
    """A day soon after the last entries of the base courses of a place."""
    return _ASKED.get(course.place, _OTHERWISE)


def validate(text: str) -> None:
    """Read a file and hold it against the course schema; it has to be right."""
    _VALIDATOR.validate(json.loads(text))


def plain_replay() -> Replay | None:
    """The slow replay of the tests, where they are there."""
    try:
        from tests.agree.replay import replay
    except ImportError:
        return None
    return replay


def agree(course: Course, replay: Replay) -> bool:
    """Whether the replay gives as many known facts as the assessment: the same work is measured."""
    day = day_for(course)
    known = {name_read(name) for name, said in replay(course, day).items() if said is not None}
    return known == set(assess(course, day).facts)
