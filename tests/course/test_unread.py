"""A pregnancy test that could not be read holds back until a later one is known to be negative."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from tests.agree import logs
from tests.events.courses import fewer

from isocourse.course import DEFAULT, assess
from isocourse.course.assessing import answered
from isocourse.course.unread import RULE, Unread, answered_with, withheld
from isocourse.course.worked import patients
from isocourse.events import read_course

AT = date(2026, 3, 7)
UNREAD = Unread("pregnancy_test", "Observation/odd", date(2026, 3, 2))


def verdict(*more: dict[str, Any], at: date = AT) -> str:
    """Of handing over to a woman whose window is open, with more in her record."""
    file = deepcopy(dict(patients()["us-woman-march"]))
    file["events"] = [*file["events"], *more]
    course = read_course(json.dumps(file))
    before = assess(course, at)
    assert before.actions["dispense"].verdict == "allowed"
    found = withheld(course, before, [UNREAD])
    answer = found.actions["dispense"]
    assert (answer.verdict == "unknown") == any(each.rule == RULE for each in answer.reasons)
    return answer.verdict


def test_of(result: str, day: str, number: str = "later") -> dict[str, Any]:
    """Another test of hers."""
    return {
        "id": number, "at": day, "kind": "pregnancy_test", "result": result,
        "specimen": "serum", "setting": "laboratory",
    }  # fmt: skip


test_of.__test__ = False  # type: ignore[attr-defined]


def test_it_holds_back_alone() -> None:
    assert verdict() == "unknown"


def test_a_later_negative_test_stands_for_it() -> None:
    assert verdict(test_of("negative", "2026-03-04")) == "allowed"


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-02"])
def test_a_test_that_is_not_later_does_not(day: str) -> None:
    assert verdict(test_of("negative", day)) == "unknown"


def test_a_later_test_without_a_result_does_not() -> None:
    assert verdict(test_of("invalid", "2026-03-04")) == "unknown"


def test_a_test_after_the_moment_asked_does_not() -> None:
    assert verdict(test_of("negative", "2026-03-09")) == "unknown"


def test_a_later_test_that_was_taken_back_does_not() -> None:
    taken_back = {"id": "back", "at": "2026-03-05", "kind": "retract", "event": "later"}
    assert verdict(test_of("negative", "2026-03-04"), taken_back) == "unknown"


@fewer
@given(logs.asked_courses())
def test_one_action_asked_alone_gets_the_answer_of_the_assessment(asked: Any) -> None:
    file, at, _ = asked
    course = logs.course_of(file)
    found = assess(course, at)
    for action, answer in found.actions.items():
        assert answered(course, at, action)[0] == answer
        for unread in ([], [Unread("supply", "x", None)], [Unread("pregnancy_test", "x", None)]):
            whole = withheld(course, found, unread).actions[action]
            assert answered_with(course, at, action, unread, DEFAULT) == whole
