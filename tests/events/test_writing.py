"""Writing a course gives a text that reads back equal, the same for equal courses."""

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from tests.events.courses import File, an_event, course_with, courses, fewer

from isocourse.events import Course, Patient, Weight, read_course, write_course


def read(file: File) -> Course:
    return read_course(json.dumps(file))


@fewer
@given(courses())
def test_any_course_is_written_and_read_back_equal(file: File) -> None:
    course = read(file)
    text = write_course(course)
    assert read_course(text) == course
    assert write_course(read_course(text)) == text


@fewer
@given(courses())
def test_nothing_that_was_said_is_lost(file: File) -> None:
    written = json.loads(write_course(read(file)))
    assert _times_apart(written) == _times_apart(file)


def _times_apart(value: object) -> object:
    """Times as instants: Z and +00:00 are one offset written in two ways."""
    if isinstance(value, dict):
        return {key: _times_apart(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_times_apart(each) for each in value]
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else value
    except ValueError:
        return value


@fewer
@given(courses(), st.randoms(use_true_random=False))
def test_the_order_of_keys_says_nothing(file: File, chance: Any) -> None:
    """Keys of every object in another order: the same course, and the same text."""

    def shuffled(value: Any) -> Any:
        if isinstance(value, list):
            return [shuffled(each) for each in value]
        if not isinstance(value, dict):
            return value
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key]) for key in keys}

    other = read(shuffled(file))
    assert other == read(file)
    assert write_course(other) == write_course(read(file))


def test_keys_that_begin_with_x_are_kept_everywhere() -> None:
    own = {"x-a": None, "x-": [1, 2.5, 1e300, {"b": [None, "a\n"]}], "x-id": 2**64 - 1}
    packs = [{"mg": 20, "quantity": 30, **own}]
    one = {"method": "implant", "since": "2026-01-01"} | own
    earlier = {"course_id": "old", "place": "us", "events": [an_event("menses", "o1", **own)]}
    file = course_with(
        an_event("dispense", "e1", prescription_id="rx", days=30, capsules=packs),
        an_event("contraception", "e2", methods=[one], by={"role": "gp", **own}, **own),
        patient={"birth_date": "2002-04-17", "sex": "female", **own},
        earlier_courses=[earlier | own],
        **own,
    )
    assert json.loads(write_course(read(file))) == file | {
        "earlier_courses": [{"format": "isocourse.course/1"} | earlier | own]
    }


def test_the_text_is_plain_json_in_utf_8_with_the_keys_in_the_format_s_order() -> None:
    text = write_course(read(course_with(an_event("weight", note="é", unit="kg", value=61.0))))
    assert text == (
        '{\n "format": "isocourse.course/1",\n "course_id": "demo-001",\n "place": "us",\n'
        ' "patient": {\n  "birth_date": "2002-04-17",\n  "sex": "female"\n },\n "events": [\n'
        '  {\n   "id": "e1",\n   "at": "2026-10-01",\n   "kind": "weight",\n   "note": "é",\n'
        '   "unit": "kg",\n   "value": 61\n  }\n ]\n}\n'
    )


def test_a_course_can_be_made_in_python_too() -> None:
    nine = datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/London"))
    course = Course(
        course_id="demo",
        format="isocourse.course/1",
        place="uk",
        patient=Patient(birth_date=date(2000, 1, 1), sex="female"),
        events=(Weight(id="e1", value=61.3, unit="kg", note=None, at=nine),),
    )
    assert read_course(write_course(course)) == course
    assert '"2026-07-01T09:00:00+01:00"' in write_course(course)
