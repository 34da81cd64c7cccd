"""The latest findings stand on the course page, beside the limits that the rules have."""

from datetime import date
from typing import Any

import pytest
from tests.clinic import team
from tests.clinic.browsing import signed_in

from isocourse.clinic.courses.overtime.glance import Latest, latest
from isocourse.clinic.courses.overtime.views import charts
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record, retract

DAYS = ("2026-11-10", "2026-11-20")


def lab(day: str, value: float, test: str = "triglycerides", unit: str = "mg/dL") -> dict[str, Any]:
    return {"kind": "lab", "at": day, "test": test, "value": value, "unit": unit}


def recorded(*events: dict[str, Any]) -> Course:
    with clock.standing_at(team.NOW):
        course = team.opened(team.clinic())
        record(course, team.writer(course.clinic), events)
    return course


def rows(course: Course, on: date = date(2026, 11, 25)) -> dict[str, Latest]:
    return {str(each.what): each for each in latest(read(course), on)}


def test_each_finding_is_the_latest_with_the_one_before(sqlite: str) -> None:
    counts = {"kind": "lesions", "comedones": 12, "nodules": 3}
    course = recorded(
        *(lab(day, value) for day, value in zip(DAYS, (120, 140), strict=True)),
        {**counts, "at": DAYS[0]},
        {**counts, "at": DAYS[1], "comedones": 9},
        {"kind": "questionnaire", "at": DAYS[1], "instrument": "dlqi", "score": 7},
    )
    held = rows(course)
    assert (held["Triglycerides"].value, held["Triglycerides"].before) == ("140 mg/dL", "120 mg/dL")
    assert (held["Comedones"].value, held["Comedones"].before) == ("9", "12")
    assert held["DLQI"].value == "7 of 30" and held["DLQI"].day == date(2026, 11, 20)
    assert rows(course, date(2026, 11, 24)) == {}, "on that day nothing of it was known"


def test_the_limits_are_those_that_are_drawn_on_and_one_step_beside(sqlite: str) -> None:
    course = recorded(lab(DAYS[0], 100))
    (chart,) = charts(read(course), date(2026, 11, 25))["labs"]
    limits = sorted({each.value for each in chart.limits})
    assert len(limits) >= 2
    for value in limits:
        on, below = recorded(lab(DAYS[1], value)), recorded(lab(DAYS[1], value - 1))
        said = next(each.said for each in chart.limits if each.value == value)
        assert rows(on)["Triglycerides"].reached.startswith(said)
        assert rows(below)["Triglycerides"].next_limit == said
    assert rows(recorded(lab(DAYS[1], 100)))["Triglycerides"].reached == ""


def test_what_was_taken_back_is_not_shown(sqlite: str) -> None:
    course = recorded({**lab(DAYS[0], 120), "id": "old"}, {**lab(DAYS[1], 900), "id": "wrong"})
    with clock.standing_at(team.NOW):
        retract(course, team.writer(course.clinic), "wrong", "another patient")
    assert rows(course)["Triglycerides"].value == "120 mg/dL"


@pytest.mark.parametrize(("role", "shown"), [("nurse", True), ("pharmacist", False)])
def test_the_page_shows_them_to_who_sees_the_course(sqlite: str, role: str, shown: bool) -> None:
    course = recorded(lab(DAYS[1], 800))
    browser = signed_in(team.member(course.clinic, role))
    with clock.standing_at(team.NOW):
        page = browser.get(f"/courses/{course.code}/").content.decode()
    assert ("Latest findings" in page and "800 mg/dL" in page and "reaches" in page) == shown
