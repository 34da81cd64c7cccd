"""The pages of a forecast: regimens side by side, the decision, the claims."""

import re
from typing import Any

import pytest
from django.utils.html import escape
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.team import NOW

from isocourse import evidence
from isocourse.clinic.forecasts import keeping
from isocourse.clinic.forecasts.icons import of_hundred
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import record
from isocourse.clinic.people.models import Clinic
from isocourse.evidence.claims import claims


@pytest.fixture(autouse=True)
def few_twins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "TWINS", 256)
    keeping._kept.clear()


@pytest.fixture
def clinic(sqlite: str) -> Clinic:
    return team.clinic()


@pytest.fixture
def course(clinic: Clinic) -> Course:
    told = team.diary(clinic, woman=False)
    told.treated(2, -33)
    return team.lived(clinic, told)


def not_begun(clinic: Clinic) -> Course:
    told = team.diary(clinic, woman=True)
    told.arrives(-10)
    return team.lived(clinic, told)


def page(course: Course, name: str, query: str = "", **headers: Any) -> str:
    with clock.standing_at(NOW):
        held = course.clinic.memberships.filter(role="prescriber").first()
        user = held.user if held else team.member(course.clinic, "prescriber", "doctor-")
        answer = signed_in(user).get(f"/courses/{course.code}/{name}/{query}", headers=headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_regimens_stand_side_by_side_with_their_pictures(course: Course) -> None:
    shown = page(course, "forecast")
    assert "As now" in shown and "upper end of the label" in " ".join(shown.split())
    assert shown.count('class="drawing forecast"') == 7 and "opens no gate" in shown


def test_an_earlier_course_stands_at_the_head_as_not_counted(course: Course) -> None:
    said = {
        "forecast": "An earlier course is not counted",
        "decide": "You took isotretinoin before",
    }
    assert all(words not in page(course, name) for name, words in said.items())
    before = {"kind": "prior_treatment", "treatment": "isotretinoin", "outcome": "cleared"}
    with clock.standing_at(NOW):
        record(course, team.writer(course.clinic), [{**before, "at": "2026-11-20"}])
    for name, words in said.items():
        shown = page(course, name)
        assert words in shown and shown.index(words) < shown.index("<svg"), name


def test_a_dose_that_is_typed_is_shown_alone(course: Course) -> None:
    shown = page(course, "forecast", "?dose=20")
    assert "20 mg every day" in shown and "As now" not in shown


@pytest.mark.parametrize("dose", ["7", "lots", "400.5", "20/9of2", "<script>"])
def test_a_dose_that_cannot_be_is_refused_and_the_usual_ones_are_shown(
    course: Course, dose: str
) -> None:
    shown = page(course, "forecast", f"?dose={dose}")
    assert 'role="alert"' in shown and "As now" in shown and "<script>alert" not in shown


def test_the_slider_gets_the_answer_alone(course: Course) -> None:
    part = page(course, "forecast", "?dose=20", **{"X-Part": "answer"})
    assert "<html" not in part and "20 mg every day" in part


def test_twins_are_kept_until_something_new_is_recorded(course: Course) -> None:
    page(course, "forecast")
    page(course, "forecast", "?dose=20")
    assert len(keeping._kept) == 1
    with clock.standing_at(NOW):
        record(course, team.writer(course.clinic), [team.WEIGHT])
    page(course, "forecast")
    assert len(keeping._kept) == 2


def test_no_more_twins_are_kept_than_there_is_room_for(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_MOST", 1)
    page(course, "forecast")
    page(course, "forecast", "?food=fasted")
    assert len(keeping._kept) == 1


def test_a_patient_who_has_not_begun_has_a_forecast_too(clinic: Clinic) -> None:
    made = not_begun(clinic)
    assert "label" in page(made, "forecast") and "As now" not in page(made, "forecast")


def test_the_decision_shows_gains_and_costs_of_a_hundred_people(course: Course) -> None:
    shown = page(course, "decide")
    counts = [int(each) for each in re.findall(r"<strong>(\d+)</strong> of 100", shown)]
    assert len(counts) >= 16 and all(0 <= each <= 100 for each in counts)
    assert shown.count('class="hit"') == sum(counts)
    assert "become depressed" in shown and "Never in pregnancy" not in shown


def test_who_can_become_pregnant_reads_that_first(clinic: Clinic) -> None:
    made = not_begun(clinic)
    assert "Never in pregnancy" in page(made, "decide")


def test_a_hundred_dots_say_how_many() -> None:
    for share, count in ((0.0, 0), (0.004, 0), (0.006, 1), (0.5, 50), (1.0, 100), (1.2, 100)):
        made = of_hundred("x", share, "good")
        assert made.count == count and made.svg.count('class="hit"') == count
        assert made.svg.count("<circle") + made.svg.count("<rect") == 100


def test_every_claim_is_told_with_its_sources(clinic: Clinic) -> None:
    user = team.member(clinic, "pharmacist", "pharmacist-")
    shown = signed_in(user).get("/claims/").content.decode()
    for each in claims():
        assert f"c-{each.key}" in shown
        for key in each.cites:
            assert escape(evidence.source(key.partition("#")[0]).title) in shown, key
    assert "provisional" in shown


def test_in_a_pregnancy_nothing_is_forecast_and_the_drug_is_forbidden(clinic: Clinic) -> None:
    made = not_begun(clinic)
    with clock.standing_at(NOW):
        known = {"kind": "pregnancy", "at": NOW.date().isoformat()}
        record(made, team.writer(clinic), [known])
    shown = page(made, "forecast")
    assert "no regimen is compared" in shown and "Regimens side by side" not in shown
    assert 'role="alert"' in page(made, "forecast", "?dose=20")
    decided = page(made, "decide")
    assert "You must not take it" in decided and "of 100" not in decided


def test_a_dose_beyond_any_label_is_refused(course: Course) -> None:
    assert "the most that any label allows" in page(course, "forecast", "?dose=400")
