"""Base courses to change at will, and what is said of them."""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from isocourse.course import Answer, Assessment, assess
from isocourse.course.worked import changed, patients
from isocourse.course.worked.running import moment
from isocourse.events import Course, read_course
from isocourse.facts import local_day
from isocourse.words.days import as_date

ACTIONS = ("start", "prescribe", "dispense")
OPEN = ("allowed", "eligible")
CLOSED = ("blocked", "unknown", "not_eligible")
File = dict[str, Any]


def course(name: str, changes: str = "", **head: Any) -> Course:
    """A base course with changes in the language of the worked cases, and keys of its head."""
    file = changed(dict(patients()[name]), changes) | head
    return read_course(json.dumps(file))


@cache
def base(name: str) -> Course:
    """A base course as it is shipped."""
    return course(name)


def asked(name: str, at: str, changes: str = "", **more: Any) -> Assessment:
    """The assessment of a base course, with changes, at a day or an instant."""
    head = {key: more.pop(key) for key in ("time_zone", "earlier_courses") if key in more}
    return assess(course(name, changes, **head), moment(at), **more)


def verdicts(said: Assessment) -> dict[str, str]:
    """The verdict of every action, and of eligibility."""
    return {action: answer(said, action).verdict for action in (*ACTIONS, "eligibility")}


def answer(said: Assessment, action: str) -> Answer:
    """The answer on one action, or on eligibility."""
    return said.eligibility if action == "eligibility" else said.actions[action]


def stopping(said: Assessment, action: str) -> list[str]:
    """The rules that stop an action."""
    return [each.rule for each in answer(said, action).reasons if each.stops]


def advising(said: Assessment, action: str) -> list[str]:
    """The rules that only advise."""
    return [each.rule for each in answer(said, action).reasons if not each.stops]


def as_text(said: Assessment) -> str:
    """The JSON text of an assessment, as the command writes it."""
    return json.dumps(said.json(), ensure_ascii=False, allow_nan=False)


def without(whole: Course, left_out: int) -> Course:
    """The same course but for the event at one place of the file."""
    events = whole.events[:left_out] + whole.events[left_out + 1 :]
    return whole.model_copy(update={"events": events})


def days_of(whole: Course) -> list[date]:
    """The local days on which something happened, in order."""
    return sorted({as_date(local_day(event.at, whole.zone)) for event in whole.events})


def open_among(said: Assessment, actions: Iterable[str]) -> list[str]:
    """Those of the actions that are allowed."""
    return [action for action in actions if answer(said, action).verdict in OPEN]
