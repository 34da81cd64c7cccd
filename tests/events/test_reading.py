"""Reading a course file gives what it says."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from tests.events.courses import SAID, TODAY, File, an_event, course_with, courses, fewer

from isocourse.events import (
    KINDS,
    BadCourse,
    Course,
    Dispense,
    Lab,
    Prescription,
    Taken,
    Weight,
    check_course,
    read_course,
)


def read(file: File) -> Course:
    return read_course(json.dumps(file))


def test_the_example_of_the_contract_is_read() -> None:
    course = read_course(EXAMPLE)
    weight, test = course.events
    assert (course.course_id, course.place, course.patient.sex) == ("demo-001", "us", "female")
    assert isinstance(weight, Weight) and weight.grams == 61_000
    assert (test.kind, test.at) == ("pregnancy_test", date(2026, 12, 1))


EXAMPLE = """
{
  "format": "isocourse.course/1",
  "course_id": "demo-001",
  "place": "us",
  "patient": {"birth_date": "2002-04-17", "sex": "female"},
  "events": [
    {"id": "e1", "at": "2026-10-01", "kind": "weight", "value": 61.0, "unit": "kg"},
    {"id": "e2", "at": "2026-12-01", "kind": "pregnancy_test", "result": "negative",
     "specimen": "urine", "setting": "clinic"}
  ]
}
"""


@fewer
@given(courses())
def test_a_valid_course_of_the_past_has_no_error(file: File) -> None:
    read(file)
    found = check_course(json.dumps(file), TODAY)
    assert [str(each) for each in found if each.severity == "error"] == []


def test_the_invented_courses_use_every_kind() -> None:
    assert {*SAID, "retract"} == set(KINDS)


@pytest.mark.parametrize("sex", ["male", "female", "other", "unknown"])
def test_sex_is_administrative_gender(sex: str) -> None:
    person = {"birth_date": "2002-04-17", "sex": sex}
    assert read(course_with(patient=person)).patient.sex == sex


@pytest.mark.parametrize("place", ["us", "uk", "eu", "de", "fr", "it", "in"])
def test_every_place_of_the_contract_is_known(place: str) -> None:
    assert read(course_with(place=place)).place == place


def test_an_event_is_recorded_when_it_happened_unless_it_says_so() -> None:
    course = read(
        course_with(
            an_event("menses"), an_event("menses", "e2", recorded_at="2026-10-03T08:00:00Z")
        )
    )
    assert course.events[0].recorded_at == course.events[0].at == date(2026, 10, 1)
    assert course.events[1].recorded_at == datetime(2026, 10, 3, 8, tzinfo=UTC)


def test_events_may_lie_ahead_of_any_day() -> None:
    read(course_with(an_event("menses", at="2199-01-01", recorded_at="2199-01-01")))


def test_a_course_without_events_is_one() -> None:
    assert read(course_with()).events == ()
    assert read(course_with(earlier_courses=[])).earlier_courses == ()


def test_numbers_come_in_whole_small_units() -> None:
    said = {"prescription_id": "rx", "daily_dose": 40, "unit": "mg/day", "days": 30}
    packs = [{"mg": 20, "quantity": 30}, {"mg": 10, "quantity": 60}]
    course = read(
        course_with(
            an_event("weight", "e1", value=134.5, unit="lb"),
            an_event("lab", "e2", test="alt", value=18.5, unit="U/L", upper_limit=40),
            an_event("prescription", "e3", **said, capsules=packs),
            an_event("dispense", "e4", prescription_id="rx", days=30, quantity=60, capsule_mg=20),
            an_event("taken", "e5", daily_dose=0, unit="mg/day"),
        )
    )
    weight, lab, prescription, dispense, taken = course.events
    assert isinstance(weight, Weight) and weight.grams == 61_008
    assert isinstance(lab, Lab) and (lab.amount, lab.limit_amount) == (18_500, 40_000)
    assert isinstance(prescription, Prescription)
    assert isinstance(dispense, Dispense) and isinstance(taken, Taken)
    assert prescription.daily_micrograms == 40_000
    assert prescription.refills == 0
    assert prescription.packs == [(20_000, 30), (10_000, 60)]
    assert prescription.quantity_micrograms == dispense.quantity_micrograms == 1_200_000
    assert taken.daily_micrograms == 0


def test_an_amount_of_capsules_that_is_not_told_is_not_known() -> None:
    course = read(course_with(an_event("dispense", prescription_id="rx", days=30, quantity=60)))
    (dispense,) = course.events
    assert isinstance(dispense, Dispense) and dispense.quantity_micrograms is None


def test_what_was_read_cannot_be_changed() -> None:
    course = read(course_with(an_event("weight", value=61, unit="kg")))
    assert isinstance(course.events, tuple)
    with pytest.raises(ValueError, match="frozen"):
        course.events[0].value = 62  # type: ignore[union-attr]


def test_an_earlier_course_has_its_own_events_and_no_patient() -> None:
    earlier = course_with(an_event("menses", "old-1"), course_id="old", patient=None)
    (old,) = read(course_with(earlier_courses=[earlier])).earlier_courses
    assert (old.course_id, old.events[0].id) == ("old", "old-1")
    patient = {"birth_date": "2002-04-17", "sex": "male"}
    for wrong in ({"patient": patient}, {"earlier_courses": []}):
        with pytest.raises(BadCourse, match=r"earlier_courses\[0\]"):
            read(course_with(earlier_courses=[earlier | wrong]))
