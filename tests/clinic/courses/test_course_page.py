"""The page of a course says what may be done, why, on whose word, from which events."""

import re
from datetime import timedelta

import pytest
from django.utils.html import escape
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.team import NOW

from isocourse import evidence
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.worklist.standing import assessed


@pytest.fixture
def clinic(sqlite: str) -> Clinic:
    return team.clinic()


def page(clinic: Clinic, course: Course, role: str = "prescriber", query: str = "") -> str:
    with clock.standing_at(NOW):
        found = clinic.memberships.filter(role=role).first()
        user = found.user if found else team.member(clinic, role)
        answer = signed_in(user).get(f"/courses/{course.code}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_reason_is_there_with_its_source_and_its_events(clinic: Clinic) -> None:
    course, _ = team.ready_to_hand_over(clinic)
    with clock.standing_at(NOW):
        lab = {"kind": "lab", "at": "2026-11-25", "test": "triglycerides", "value": 950}
        record(course, team.writer(clinic), [{**lab, "unit": "mg/dL", "fasting": True}])
        found = assessed(read(course))
    text = page(clinic, course)
    reasons = [
        each for action in ("prescribe", "dispense") for each in found.actions[action].reasons
    ]
    assert found.actions["dispense"].verdict == "blocked" and reasons
    for each in reasons:
        assert escape(each.sentence) in text and each.rule in text
        for key in each.cites:
            assert escape(evidence.source(key.partition("#")[0]).title) in text
        for name in each.events:
            assert f'href="#{name}"' in text and f'id="{name}"' in text


def test_each_event_of_the_log_is_there_with_who_and_when(clinic: Clinic) -> None:
    course, _ = team.ready_to_hand_over(clinic)
    text = page(clinic, course)
    held = read(course)
    assert len(re.findall(r'<tr id="e\d+">', text)) == len(held.events)
    for event in held.events:
        assert event["kind"].replace("_", " ") in text
    assert text.count("decision</span> dispense: allowed") == 1


def test_the_window_is_told_by_the_clock_of_the_clinic(clinic: Clinic) -> None:
    course, _ = team.ready_to_hand_over(clinic)
    text = page(clinic, course)
    assert "Window closes Monday 30 November, 23:59" in text
    assert text.count('class="window') + text.count("today window") >= 6


def test_a_course_as_it_was_on_an_earlier_day(clinic: Clinic) -> None:
    course, _ = team.ready_to_hand_over(clinic)
    now, then = page(clinic, course), page(clinic, course, query="?on=2026-11-10")
    assert "As it was at the end of Tuesday 10 November 2026" in then
    assert "As it was at the end of" not in now
    assert "Nothing to hand over" in then and "Nothing to hand over" not in now
    assert page(clinic, course, query="?on=nonsense") and page(
        clinic, course, query="?on=2199-01-01"
    )


def test_a_pharmacist_sees_the_gate_and_not_the_log(clinic: Clinic) -> None:
    course, _ = team.ready_to_hand_over(clinic)
    text = page(clinic, course, "pharmacist")
    assert "Hand over" in text and "Go to hand over" in text
    assert "questionnaire" not in text and "The log" not in text and "Prescribe<" not in text


def test_an_auditor_sees_the_log_and_decides_nothing(clinic: Clinic) -> None:
    course, _ = team.ready_to_hand_over(clinic)
    text = page(clinic, course, "auditor")
    assert (
        "The log" in text and "Allowed" not in text and "Take back" not in text.split("</thead>")[1]
    )


def test_capsules_are_handed_over_on_the_page_once(clinic: Clinic) -> None:
    course, supply = team.ready_to_hand_over(clinic)
    browser = signed_in(team.member(clinic, "pharmacist"))
    address = f"/courses/{course.code}/hand-over/"
    with clock.standing_at(NOW):
        text = browser.get(address).content.decode()
        assert "20 mg × 60" in text and "Monday 30 November 2026, 23:59" in text
        said = {"prescription": supply.prescription_id}
        assert browser.post(address, {"prescription": "rx-old"}).status_code == 302
        before = Entry.objects.count()
        assert (
            "Handed over and recorded." in browser.post(address, said, follow=True).content.decode()
        )
        assert "Not handed over" in browser.post(address, said, follow=True).content.decode()
    assert Entry.objects.count() == before + 2


def test_a_shut_gate_has_no_button_and_refuses_the_post(clinic: Clinic) -> None:
    course, supply = team.ready_to_hand_over(clinic)
    browser = signed_in(team.member(clinic, "pharmacist"))
    address = f"/courses/{course.code}/hand-over/"
    with clock.standing_at(NOW + timedelta(days=12)):
        assert "Do not hand over." in browser.get(address).content.decode()
        answer = browser.post(address, {"prescription": supply.prescription_id})
        assert answer.status_code == 409 and "the gate is shut" in answer.content.decode()


def test_an_entry_is_taken_back_with_a_reason(clinic: Clinic) -> None:
    course = team.opened(clinic)
    record(course, team.writer(clinic), [team.WEIGHT])
    browser = signed_in(team.member(clinic, "nurse"))
    address = f"/courses/{course.code}/retract/e3/"
    assert "weight" in browser.get(address).content.decode()
    assert browser.post(address, {"reason": " "}).status_code == 200
    assert browser.post(address, {"reason": "another patient's"}).status_code == 302
    assert read(course).events[-1]["kind"] == "retract"
    assert browser.get(f"/courses/{course.code}/retract/e4/").status_code == 404


def test_a_new_patient_is_opened(clinic: Clinic) -> None:
    browser = signed_in(team.member(clinic, "nurse"))
    said = {"name": "Åsa Lind", "birth_date": "2003-02-01", "sex": "female"}
    answer = browser.post("/courses/new/", said, follow=True)
    assert "Åsa Lind" in answer.content.decode() and Course.objects.count() == 1
    assert browser.post("/courses/new/", {**said, "birth_date": "2999-01-01"}).status_code == 200
    assert Course.objects.count() == 1
