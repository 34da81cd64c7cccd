"""Beside the verdicts the page says what the assessment says: alerts, tasks, dose, phase, plan."""

from decimal import Decimal

import pytest
from django.utils.formats import date_format
from django.utils.html import escape
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.team import NOW

from isocourse.clinic.access.acts import told_of
from isocourse.clinic.courses.dosage import drawn
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.people.models import Clinic, Role
from isocourse.clinic.worklist.standing import assessed
from isocourse.course import Assessment
from isocourse.course.planning import plan

PHQ = {"kind": "questionnaire", "at": "2026-11-25", "instrument": "phq-9", "score": 14, "item_9": 1}
ON_THE_LIST = 3  # tasks of a row that are looked at for one that is overdue


@pytest.fixture
def clinic(sqlite: str) -> Clinic:
    return team.clinic()


@pytest.fixture
def low(clinic: Clinic) -> Course:
    """On treatment, and not well in mind."""
    course, _ = team.ready_to_hand_over(clinic)
    with clock.standing_at(NOW):
        record(course, team.writer(clinic), [PHQ])
    return course


def page(clinic: Clinic, address: str, role: str = "prescriber") -> str:
    with clock.standing_at(NOW):
        held = clinic.memberships.filter(role=role).first()
        browser = signed_in(held.user if held else team.member(clinic, role))
        answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def found(course: Course) -> Assessment:
    with clock.standing_at(NOW):
        return assessed(read(course))


def test_every_alert_is_there_with_its_advice_the_most_urgent_above_the_verdicts(
    clinic: Clinic, low: Course
) -> None:
    text, alerts = page(clinic, f"/courses/{low.code}/"), found(low).alerts
    assert {each.urgency for each in alerts} >= {"now", "note"}
    for each in alerts:
        assert escape(each.sentence) in text and escape(each.advice) in text and each.rule in text
        above = text.index(escape(each.sentence)) < text.index('class="gates"')
        assert above == (each.urgency != "note")


def test_every_task_is_there_with_its_day(clinic: Clinic, low: Course) -> None:
    text, due = page(clinic, f"/courses/{low.code}/"), found(low).due
    assert due
    for each in due:
        assert escape(each.sentence) in text and each.rule in text
        if each.due:
            assert date_format(each.due, "D j M Y") in text or each.due == NOW.date()


def test_a_task_whose_day_has_gone_by_is_called_overdue(clinic: Clinic) -> None:
    told = team.diary(clinic)
    told.treated(2, -60)
    course = team.lived(clinic, told)
    late = [each for each in found(course).due if each.due and each.due < NOW.date()]
    assert late
    both = page(clinic, f"/courses/{course.code}/"), page(clinic, "/worklist/?state=overdue")
    assert both[0].count("Overdue since") == len(late)
    assert both[1].count("Overdue since") == min(len(late), ON_THE_LIST)


def test_the_dose_is_that_of_the_assessment(clinic: Clinic) -> None:
    told = team.diary(clinic)
    told.treated(2, -20)
    course = team.lived(clinic, told)
    text, dose = page(clinic, f"/courses/{course.code}/"), found(course).dose
    said = dose.json()
    assert said["today_mg_per_day"] == 40 and "40 mg, 0.6" in text
    assert "120 to 150 mg/kg" in text and dose.finish_between is not None
    for day in dose.finish_between:
        assert date_format(day, "j M Y") in text
    for amount in said["cumulative_mg"].values():
        assert f"{amount:g} mg" in text
    for amount in said["cumulative_mg_per_kg"].values():
        assert f'class="n">{amount:.2f}<' in text


def test_the_drawing_is_to_scale(clinic: Clinic) -> None:
    told = team.diary(clinic)
    told.treated(6, -20)
    dose = found(team.lived(clinic, told)).dose
    made = drawn(dose)
    low, high = dose.target_mg_per_kg
    assert Decimal(made.aim_from) + Decimal(made.aim_wide) < 100
    for bar in made.bars:
        assert bar.mg_per_kg
        there = Decimal(bar.mg_per_kg) / low
        assert abs(Decimal(bar.reach) / Decimal(made.aim_from) - there) < Decimal("0.01")
    assert abs(float(made.aim_wide) / float(made.aim_from) - (high - low) / low) < 0.01


def test_the_phase_of_the_course_and_what_is_normal_in_it(clinic: Clinic) -> None:
    told = team.diary(clinic)
    told.treated(2, -20)
    course = team.lived(clinic, told)
    text, where = page(clinic, f"/courses/{course.code}/"), found(course).timeline
    assert where.expect and where.tips and f"week {where.week} of treatment" in text
    for sentence in (where.sentence, *(each.sentence for each in (*where.expect, *where.tips))):
        assert escape(sentence) in text


def test_a_pharmacist_is_told_of_the_supply_and_of_what_is_urgent(
    clinic: Clinic, low: Course
) -> None:
    answer = found(low)
    for text in (
        page(clinic, f"/courses/{low.code}/", "pharmacist"),
        page(clinic, "/worklist/", "pharmacist"),
    ):
        for each in answer.alerts:
            if each.urgency == "now":
                assert escape(each.sentence) in text
            elif not told_of(Role.PHARMACIST, each.topic):
                assert escape(each.sentence) not in text
        assert not any(
            escape(each.sentence) in text for each in answer.due if each.topic == "mental_health"
        )
    assert {each.topic for each in answer.due} >= {"mental_health"}


def test_the_plan_is_that_of_the_planner(clinic: Clinic) -> None:
    told = team.diary(clinic)
    told.treated(2, -20)
    course = team.lived(clinic, told)
    held = read(course)
    made = plan(held.as_read, NOW.astimezone(held.zone), settings=clinic.rules)
    text = page(clinic, f"/courses/{course.code}/plan/")
    assert len(made.hand_overs) >= 2
    for each in made.hand_overs:
        for span in (each.pick_up, each.test, each.visit):
            assert span is None or date_format(span.best, "l j F") in text
    assert text.count("<dt>Pick up</dt>") == len(made.hand_overs)


def test_a_plan_without_a_lawful_day_says_why(clinic: Clinic, low: Course) -> None:
    held = read(low)
    made = plan(held.as_read, NOW.astimezone(held.zone), settings=clinic.rules)
    text = page(clinic, f"/courses/{low.code}/plan/")
    assert made.stops and not made.hand_overs
    for each in made.stops:
        assert escape(each.sentence) in text and each.rule in text
