"""The JSON Schema and the reader agree on what a course file is."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.events.contract import FIELDS, FULL
from tests.events.courses import File, an_event, course_with, courses, fewer

from isocourse.events import KINDS, BadCourse, course_schema, read_course
from isocourse.events.recorded import Recorded

SCHEMA = course_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

BEYOND_A_SCHEMA = (
    "a date such as",
    "an IANA time zone",
    "an id that no other",
    "the id of an event of this file",
    "an event other than a retract",
    "the day of birth",
    "or later",
    "at least days_on",
)
"""What only the reader can say: real dates and zones, and what holds between events."""


def by_schema(file: Any) -> bool:
    return bool(VALIDATOR.is_valid(file))


def by_reader(file: Any) -> list[str]:
    """What the reader finds wrong."""
    try:
        read_course(json.dumps(file))
    except BadCourse as refused:
        return [each.expected for each in refused.problems]
    return []


def agree(file: Any) -> bool:
    """The schema refuses what the reader refuses, save what a schema cannot say, and no more."""
    wrong = by_reader(file)
    sayable = [each for each in wrong if not any(part in each for part in BEYOND_A_SCHEMA)]
    return not sayable if by_schema(file) else bool(wrong)


def test_the_schema_is_one() -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:isocourse:schema:course:1"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA == course_schema()


def test_the_schema_describes_every_kind_and_every_field() -> None:
    events = SCHEMA["$defs"]["Event"]
    assert events["properties"]["kind"]["enum"] == list(KINDS)
    for kind, each in KINDS.items():
        described = SCHEMA["$defs"][each.__name__]
        own = set(described["properties"]) - set(Recorded.model_fields)
        assert own == {name.removesuffix("?") for name in FIELDS[kind].split()}
        assert all(
            field["description"] for key, field in described["properties"].items() if key != "kind"
        )


@pytest.mark.parametrize(("kind", "said"), [(kind, each) for kind in FULL for each in FULL[kind]])
def test_the_schema_accepts_a_full_example(kind: str, said: File) -> None:
    assert by_schema(course_with(an_event(kind, **said)))


@fewer
@given(courses(most_events=6))
def test_the_schema_accepts_every_course_that_the_reader_accepts(file: File) -> None:
    assert by_reader(file) == []
    VALIDATOR.validate(file)


NUMBERS = (0, 1, -1, 2.5, 31, 45, 700, 10**9)
DATES = ("2026-10-01", "2026-02-30", "2026-10-01T09:00:00+02:00", "2026-10-01T09:00")
TEXTS = ("", "a", "A", " a", "mg/day", "U/L", "kg", "e0", "negative")
LISTS = ([], ["a"], ["abstinence", "implant"], [{}])
OBJECTS = ({}, {"role": "gp"}, {"x-a": 1}, {"a": 1})
VALUES = st.sampled_from((None, True, False, *NUMBERS, *DATES, *TEXTS, *LISTS, *OBJECTS))

OF_KINDS = {name.removesuffix("?") for said in FIELDS.values() for name in said.split()}
OF_ALL = ("id", "at", "kind", "recorded_at", "by", "note", "x-own", "other")
KEYS = st.sampled_from([*sorted(OF_KINDS), *OF_ALL])


@st.composite
def nearly_courses(draw: st.DrawFn) -> File:
    """A file with one event, of which one or two keys were dropped, changed or added."""
    kind = draw(st.sampled_from(sorted(FULL)))
    event = an_event(kind, **draw(st.sampled_from(FULL[kind])))
    for _ in range(draw(st.integers(1, 2))):
        key = draw(st.sampled_from(sorted(event)) | KEYS)
        if draw(st.booleans()):
            event.pop(key, None)
        else:
            event[key] = draw(VALUES)
    return course_with(an_event("menses", "e0"), event)


@given(nearly_courses())
def test_schema_and_reader_agree_on_what_is_nearly_a_course(file: File) -> None:
    assert agree(file), (by_schema(file), by_reader(file))


@pytest.mark.parametrize("key", ["format", "course_id", "place", "patient", "events", "time_zone"])
@pytest.mark.parametrize("wrong", [None, 7, True, "", "us", [], {}, [7], {"x-a": 1}])
def test_schema_and_reader_agree_on_the_head_of_a_file(key: str, wrong: Any) -> None:
    file = course_with() | {key: wrong}
    assert agree(file)
    without = {name: value for name, value in course_with().items() if name != key}
    assert agree(without)
    assert agree(course_with(earlier_courses=[without]))
    assert agree(course_with(earlier_courses=[file]))


@pytest.mark.parametrize(
    "event",
    [
        an_event("weight", value=600, unit="kg"),
        an_event("weight", value=20, unit="lb"),
        an_event("lab", test="alt", value=20, unit="mg/dL"),
        an_event("lab", test="hdl", value=50, unit="mmol/L"),
        an_event("severity", scale="iga", score=5),
        an_event("severity", scale="gags", score=2.5),
        an_event("questionnaire", instrument="asex", score=4),
        an_event("questionnaire", instrument="gad-7", score=4, item_9=0),
        an_event("contraception"),
        an_event("contraception", abstinence=False),
        an_event("contraception", methods=[]),
        an_event("comprehension", passed=True, contraception=["abstinence", "implant"]),
        an_event("prescription", **FULL["prescription"][1], days_on=1),
        an_event("dispense", **FULL["dispense"][1], quantity=60),
        an_event("medicine", name="Doxycycline", status="started"),
        an_event("document", ref="", sha256="a0" * 32),
    ],
)
def test_the_schema_refuses_too_what_one_field_asks_of_another(event: File) -> None:
    assert by_reader(course_with(event))
    assert not by_schema(course_with(event))
