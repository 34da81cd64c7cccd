"""A course written as a Bundle and read again is the same course, event by event."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from tests.agree import logs
from tests.cli.running import EXAMPLES
from tests.events.courses import courses, fewer

from isocourse.course import assess
from isocourse.events import Course, read_course
from isocourse.exchange.fhir import read_bundle
from isocourse.exchange.fhir.writing import write_bundle, write_text


def _again(course: Course) -> None:
    found = read_bundle(write_text(course))
    assert found.course == course and not found.unmapped


@fewer
@given(courses())
def test_every_event_of_any_kind_comes_back(file: Any) -> None:
    _again(read_course(json.dumps(file)))


@settings(max_examples=settings.default.max_examples // 10)
@given(logs.asked_courses())
def test_a_course_comes_back_whatever_was_assessed(asked: Any) -> None:
    file, at, _ = asked
    course = logs.course_of(file)
    bundle = json.dumps(write_bundle(course, assess(course, at)))
    found = read_bundle(bundle)
    assert found.course == course and not found.unmapped


def _march() -> Course:
    return read_course((EXAMPLES / "1-us-window-of-march.course.json").read_bytes())


def _changed(kind: str, **change: Any) -> Any:
    bundle = write_bundle(_march())
    entry = next(e for e in bundle["entry"] if e["resource"]["resourceType"] == kind)
    entry["resource"] |= change
    return read_bundle(json.dumps(bundle), place="us")


def test_what_was_changed_since_is_read_and_the_mark_no_longer_counts() -> None:
    before = {e.id for e in _march().events}
    found = _changed("MedicationRequest", status="cancelled")
    assert any("was changed" in each.found for each in found.unmapped)
    assert any(e.kind == "cancel" for e in found.course.events)
    assert len(before & {e.id for e in found.course.events}) == len(before) - 1


def test_a_new_narrative_or_version_is_no_change() -> None:
    text = {"status": "generated", "div": "<div>x</div>"}
    found = _changed("MedicationRequest", text=text, meta={"versionId": "2"})
    assert found.course == _march()


@pytest.mark.parametrize("said", ["{", "[]", "null", '{"event": 1, "course": 0}', '{"course": 9}'])
def test_a_mark_that_is_broken_is_told(said: str) -> None:
    bundle = write_bundle(_march())
    resource = bundle["entry"][2]["resource"]
    resource["extension"][0]["valueString"] = said
    found = read_bundle(json.dumps(bundle))
    assert len(found.course.events) <= len(_march().events)
    assert found.unmapped


def test_the_same_course_gives_the_same_bundle() -> None:
    assert write_text(_march()) == write_text(_march())
