"""A course over time: drawn is what is recorded and what the engine says, with its limits."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils.html import escape
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.team import NOW

from isocourse import evidence
from isocourse.clinic.courses.overtime import doses
from isocourse.clinic.courses.overtime.counted import counted
from isocourse.clinic.courses.overtime.views import charts
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record, retract
from isocourse.clinic.people.models import Clinic
from isocourse.course import assess
from isocourse.rules import values

TODAY = date(2026, 11, 25)


@pytest.fixture
def clinic(sqlite: str) -> Clinic:
    return team.clinic()


def treated(clinic: Clinic, months: int = 3) -> Course:
    told = team.diary(clinic, woman=False)
    told.treated(months, -33)
    return team.lived(clinic, told)


def add(course: Course, *events: dict[str, Any], at: datetime = NOW) -> list[str]:
    with clock.standing_at(at):
        entries = record(course, team.writer(course.clinic), events)
    return [f"e{each.number}" for each in entries]


def lab(value: float, unit: str = "mg/dL", test: str = "triglycerides", **more: Any) -> Any:
    return {"kind": "lab", "at": "2026-11-25", "test": test, "value": value, "unit": unit} | more


def drawn(course: Course, on: date = TODAY) -> dict[str, Any]:
    with clock.standing_at(NOW):
        return charts(read(course), on)


def chart(course: Course, part: str, title: str, on: date = TODAY) -> Any:
    return next(each for each in drawn(course, on)[part] if str(each.title) == title)


def page(course: Course, query: str = "") -> str:
    with clock.standing_at(NOW):
        held = course.clinic.memberships.filter(role="prescriber").first()
        user = held.user if held else team.member(course.clinic, "prescriber")
        answer = signed_in(user).get(f"/courses/{course.code}/over-time/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_result_is_drawn_in_both_units_with_the_limits_of_the_rules(clinic: Clinic) -> None:
    course = treated(clinic)
    add(course, lab(6.2, "mmol/L"))
    found = chart(course, "labs", "Triglycerides")
    assert found.unit == "mmol/L" and found.other_unit == "mg/dL"
    assert found.lines[0].points[-1].value == pytest.approx(6.2)
    assert found.rows[0][1] == "549 mg/dL = 6.2 mmol/L"
    limits = {each.said: each for each in found.limits}
    assert list(limits) == [
        "300 mg/dL = 3.39 mmol/L",
        "500 mg/dL = 5.64 mmol/L",
        "800 mg/dL = 9.03 mmol/L",
        "1000 mg/dL = 11.3 mmol/L",
    ]
    text = page(course)
    for name in ("triglycerides_diet", "triglycerides_most"):
        value = values()[f"labs.{name}"]
        assert escape(value.meaning) in text
        for key in value.rows[0].cites:
            assert escape(evidence.source(key.partition("#")[0]).title) in text


def test_the_limits_are_those_of_the_place(sqlite: str) -> None:
    course = treated(team.clinic("North", "uk"))
    add(course, lab(7, "mmol/L"), lab(90, "U/L", "alt", upper_limit=45))
    said = [each.said for each in chart(course, "labs", "Triglycerides").limits]
    assert "797 mg/dL = 9 mmol/L" in said and not any("1000" in each for each in said)
    alt = chart(course, "labs", "ALT")
    assert [each.value for each in alt.limits] == [45, 135, 225, 225]
    assert alt.explained[0][1].said == "45 U/L"


def test_an_enzyme_without_a_limit_is_held_against_the_one_of_the_rules(clinic: Clinic) -> None:
    course = treated(clinic)
    add(course, lab(90, "U/L", "alt"))
    words = [each.said for each in chart(course, "labs", "ALT").limits]
    assert words == ["40 U/L", "3 × 40 = 120 U/L", "5 × 40 = 200 U/L"]


def test_what_was_taken_back_is_not_drawn(clinic: Clinic) -> None:
    course = treated(clinic)
    before = len(chart(course, "labs", "Triglycerides").rows)
    (name,) = add(course, lab(999))
    assert len(chart(course, "labs", "Triglycerides").rows) == before + 1
    retract(course, team.writer(clinic), name, "another patient's")
    found = charts(read(course), clock.now().date())
    assert all("999" not in str(each.rows) for each in found["labs"])


def test_a_course_over_time_as_it_was_on_an_earlier_day(clinic: Clinic) -> None:
    course = treated(clinic)
    add(course, lab(777) | {"at": "2026-11-10"})  # recorded on the 25th, of the 10th
    assert "777 mg/dL" in page(course) and "777 mg/dL" not in page(course, "?on=2026-11-20")
    assert "As it was at the end of Friday 20 November 2026" in page(course, "?on=2026-11-20")
    assert all(each.lines[0].points[-1].day <= date(2026, 11, 1) for each in _at(course))


def _at(course: Course) -> list[Any]:
    return list(drawn(course, date(2026, 11, 1))["labs"])


def test_the_dose_is_that_of_the_engine_on_every_day(clinic: Clinic) -> None:
    course = treated(clinic, 4)
    add(course, {"kind": "weight", "at": "2026-10-20", "value": 170, "unit": "lb"})
    held = read(course)
    days = doses.over_time(held, counted(held, TODAY), TODAY)
    known = datetime.combine(TODAY + timedelta(days=1), time(), held.zone)
    assert len(days) > 8 and days[-1].day == TODAY
    for each in days:
        found = assess(held.as_read, each.day, known_at=known, settings=clinic.rules).dose
        assert each.dose == found
    between = [(a, b) for a, b in pairwise(days) if (b.day - a.day).days > 1]
    assert between
    for a, b in between:  # the sum grows evenly between two days that are drawn
        middle = a.day + (b.day - a.day) // 2
        sums = [each.dose.cumulative_mg_per_kg["day_by_day"] or 0 for each in (a, b)]
        share = (middle - a.day) / (b.day - a.day)
        true = assess(held.as_read, middle, known_at=known, settings=clinic.rules).dose
        drawn_there = sums[0] + share * (sums[1] - sums[0])
        assert true.cumulative_mg_per_kg["day_by_day"] == pytest.approx(drawn_there, abs=0.6)
    chart_of_it = doses.cumulative(days)
    assert chart_of_it is not None and chart_of_it.band == (120.0, 150.0)


def test_a_log_that_grew_is_asked_anew(clinic: Clinic) -> None:
    course = treated(clinic)
    before = drawn(course)["dosed"][1].rows[0]
    add(course, {"kind": "taken", "at": "2026-10-25", "daily_dose": 0, "unit": "mg/day"})
    assert drawn(course)["dosed"][1].rows[0] != before


def test_scores_lesions_and_symptoms_are_there(clinic: Clinic) -> None:
    course = treated(clinic)
    add(
        course,
        {"kind": "lesions", "at": "2026-11-25", "comedones": 3, "nodules": 1},
        {"kind": "severity", "at": "2026-11-25", "scale": "gags", "score": 21},
        {"kind": "questionnaire", "at": "2026-11-25", "instrument": "dlqi", "score": 12},
        {"kind": "symptom", "at": "2026-11-25", "symptom": "myalgia", "grade": 3},
        {"kind": "symptom", "at": "2026-11-25", "symptom": "myalgia", "grade": 2},
    )
    assert chart(course, "skin", "Lesions").rows[0] == ("25 Nov 2026", "3", "–", "1")
    gags = chart(course, "skin", "GAGS")
    assert gags.most == 44 and {each.value for each in gags.limits} == {18, 30, 38}
    assert chart(course, "skin", "DLQI").limits
    symptoms = drawn(course)["symptoms"]
    held = dict(symptoms.rows)["Muscle pain"]
    assert held[symptoms.days.index(TODAY)] == 3
    assert 'class="grade-3">3<' in page(course)


def test_a_course_with_nothing_in_it_says_so(clinic: Clinic) -> None:
    text = page(team.opened(clinic))
    for said in ("No result is recorded.", "No symptom is recorded.", "No count and no score"):
        assert said in text
    assert '<svg class="chart"' not in text
