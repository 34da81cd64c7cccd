"""The dose on the patient's page is that of the capsules in hand, or no number is given."""

from typing import Any

import pytest
from tests.clinic import team
from tests.clinic.portal.mine import come_in, text

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.portal.daily import Daily, daily
from isocourse.clinic.worklist.standing import assessed


@pytest.fixture
def course(sqlite: str) -> Course:
    """A man in his second month, with capsules in hand."""
    now = clock.now()
    told = team.diary(team.clinic(), woman=False, now=now)
    told.treated(2, -9)
    return team.lived(team.clinic("Harbour"), told, now)


def taken(course: Course) -> Daily | None:
    held = read(course)
    return daily(held, assessed(held).dose)


def add(course: Course, *events: dict[str, Any]) -> None:
    day = team.today(course)
    record(course, team.writer(course.clinic), [{"at": day, **each} for each in events])


def test_the_dose_and_the_capsules_are_those_in_hand(course: Course) -> None:
    found = taken(course)
    assert found is not None and found.mg == 40 and found.capsules == ("20",)


def test_a_prescription_that_waits_changes_nothing_yet(course: Course) -> None:
    before = taken(course)
    waits = {"kind": "prescription", "prescription_id": "next", "days": 30, "unit": "mg/day"}
    add(course, {**waits, "daily_dose": 60, "capsules": [{"mg": 30, "quantity": 60}]})
    assert taken(course) == before


def test_what_is_really_taken_goes_before_what_was_prescribed(course: Course) -> None:
    add(course, {"kind": "taken", "daily_dose": 20, "unit": "mg/day"})
    assert taken(course) == Daily(20), "and no capsules are named that may not fit"


def test_capsules_that_came_back_are_not_in_hand(course: Course) -> None:
    given = [e for e in read(course).events if e["kind"] == "dispense"]
    assert len(given) == 2
    add(course, {"kind": "return_to_stock", "prescription_id": given[-1]["prescription_id"]})
    assert taken(course) is None, "those of the month before are used up"


def test_doses_that_differ_by_the_day_are_not_told_as_one(sqlite: str) -> None:
    now = clock.now()
    told = team.diary(team.clinic(), woman=False, now=now)
    told.treated(1, -9)
    for events in told.days.values():
        for each in events:
            if each["kind"] == "prescription":
                each |= {"days_on": 1, "cycle_days": 2, "capsules": [{"mg": 20, "quantity": 30}]}
            if each["kind"] == "dispense":
                each |= {"capsules": [{"mg": 20, "quantity": 30}]}
    course = team.lived(team.clinic("There"), told, now)
    found = taken(course)
    assert found is not None and found.mg is None
    said = text(come_in(course).get("/my/"))
    assert "not the same on all days" in said and "mg a day" not in said
