"""A new patient is worked up step by step until the engine lets a prescriber write."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import URLPattern
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.team import NOW
from tests.clinic.visits.filled import Desk, phq9

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.project.urls import urlpatterns
from isocourse.clinic.visits import leading
from isocourse.clinic.worklist.standing import assessed
from isocourse.words.tokens import HISTORY_TOPICS

DAY = {"day-day": "2026-11-25"}
STEPS: dict[str, dict[str, Any]] = {
    "acne": {
        "visit-day": "2026-11-25",
        "visit-mode": "in_person",
        "visit-role": "dermatologist",
        "acne-severity": "nodular",
        "acne-scarring": "yes",
        "earlier-oral_antibiotic": "failed",
        "earlier-oral_antibiotic_weeks": "14",
        "skin-nodules": "6",
    },
    "history": {
        **DAY,
        "history-asked": list(HISTORY_TOPICS),
        "history-conditions": ["pcos"],
        "history-other_conditions": "Hay fever\n",
        "history-allergies": ["peanut"],
        "history-medicines": "Ibuprofen, cetirizine",
    },
    "prevention": {**DAY, "category-can": "no", "category-reason": "cisgender_male"},
    "mood": {**DAY, "mind-concern": "none", **phq9(*[0] * 9)},
    "body": {
        **DAY,
        "weight-value": "75",
        "weight-unit": "kg",
        "labs-at": "2026-11-25",
        "labs-alt": "20",
        "labs-alt_unit": "U/L",
        "labs-triglycerides": "90",
        "labs-triglycerides_unit": "mg/dL",
    },
    "papers": {
        **DAY,
        "talks-done": "on",
        "papers-forms_signed": ["general"],
        "papers-enrolled": ["patient", "prescriber", "pharmacy"],
    },
}


def worked_up(desk: Desk, but: str = "") -> None:
    """Every step of the work-up, but for one field."""
    for form, said in STEPS.items():
        told = {name: value for name, value in said.items() if name != but}
        desk.send(f"record/{form}", {**told, "token": form, "guide": "1"})


@pytest.fixture
def desk(sqlite: str) -> Desk:
    clinic = team.clinic()
    return Desk(clinic, team.opened(clinic, "Adam Berg", "male"))


def test_each_step_leads_to_the_next(desk: Desk) -> None:
    answer = desk.send("record/acne", {**STEPS["acne"], "guide": "1"})
    assert answer.redirect_chain == [(desk.address("record/history") + "?guide=1", 302)]
    answer = desk.send("record/papers", {**STEPS["papers"], "guide": "1", "token": "2"})
    assert answer.redirect_chain == [(desk.address("work-up"), 302)]


def test_from_nothing_to_a_gate_that_is_open(desk: Desk) -> None:
    before = desk.ask("work-up")
    assert before.count("Nothing is missing for now.") == 0
    worked_up(desk)
    after = desk.ask("work-up")
    assert after.count("Nothing is missing for now.") == 6 and "Allowed" in after
    said = {e["kind"] for e in desk.new}
    assert {"diagnosis", "prior_treatment", "history_review", "condition", "enrolment"} <= said
    words = {e.get("condition") or e.get("substance") or e.get("name") for e in desk.new}
    assert {"pcos", "hay_fever", "peanut", "ibuprofen", "cetirizine"} <= words
    with clock.standing_at(NOW):
        assert assessed(read(desk.course)).actions["prescribe"].verdict == "allowed"


def test_a_woman_is_led_to_all_that_a_programme_asks(sqlite: str) -> None:
    clinic = team.clinic()
    desk = Desk(clinic, team.opened(clinic))
    said = {
        **DAY,
        "category-can": "yes",
        "reports-regular": "no",
        "contraception-method_1": "combined_pill",
        "contraception-since_1": "2026-09-01",
        "contraception-method_2": "male_condom",
        "contraception-since_2": "2026-09-02",
        "test-result": "negative",
        "test-specimen": "serum",
        "test-setting": "laboratory",
        "test-at": "2026-11-24",
    }
    desk.send("record/prevention", said)
    (contraception,) = [each for each in desk.new if each["kind"] == "contraception"]
    assert contraception["methods"] == [
        {"method": "combined_pill", "since": "2026-09-01"},
        {"method": "male_condom", "since": "2026-09-02"},
    ]
    text = desk.ask("record/visit")
    assert "Recorded: Combined pill since 2026-09-01" in text
    assert re.search(r'value="male_condom"[^>]*checked', text), "the registry's questions know it"


def test_only_a_prescriber_gives_a_prescribers_word(desk: Desk) -> None:
    assert "I agree" not in desk.ask("record/papers")
    doctor = Desk(desk.course.clinic, desk.course, "prescriber")
    doctor.send("record/papers", {**DAY, "agreement-agreed": "on"})
    assert doctor.new[0]["prescriber"] == f"p{doctor.user.pk}"
    desk.send("record/papers", {**DAY, "agreement-agreed": "on", "token": "2"})
    assert doctor.kinds() == ["prescriber_agreement"]


def test_what_is_missing_leads_to_its_place(desk: Desk) -> None:
    with clock.standing_at(NOW):
        text = desk.browser.get(f"/courses/{desk.course.code}/").content.decode()
    links = set(re.findall(rf'href="(/courses/{desk.course.code}/record/[\w#/-]+)"', text))
    assert len(links) > 8
    for link in links:
        page, _, part = link.partition("#")
        with clock.standing_at(NOW):
            form = desk.browser.get(page).content.decode()
        assert not part or f'id="{part}"' in form, link


def test_every_place_that_a_link_names_is_there(desk: Desk) -> None:
    pages = {each.name: each.callback for each in urlpatterns if isinstance(each, URLPattern)}
    for page, act in leading.NEEDS.items():
        assert pages[page].needs == act
    doctor = Desk(desk.course.clinic, team.opened(desk.course.clinic), "prescriber")
    for place in {*leading._TASKS.values(), *leading._TOPICS.values()}:
        form, _, part = place.partition("#")
        assert f'id="{part}"' in doctor.ask(f"record/{form}"), place


def test_a_new_patient_is_opened_once(sqlite: str) -> None:
    clinic = team.clinic()
    browser = signed_in(team.member(clinic, "nurse"))
    said = {"name": "Ada", "birth_date": "2002-04-17", "sex": "female", "token": "once"}
    for _ in range(2):
        answer = browser.post("/courses/new/", said)
        assert answer["Location"].endswith("/work-up/")
    assert Course.objects.count() == 1 and Entry.objects.count() == 2


def test_a_mistake_is_taken_back_once_and_recorded_again(desk: Desk) -> None:
    with clock.standing_at(NOW - timedelta(days=1)):
        (entry,) = record(desk.course, team.writer(desk.course.clinic), [team.WEIGHT])
    page = f"retract/e{entry.number}"
    answer = desk.send(page, {"reason": "another patient's", "again": "1"})
    assert answer.redirect_chain[0][0] == desk.address("record/body")
    assert "Nothing was recorded again" in desk.text(page, {"reason": "again"})
    assert desk.kinds() == ["weight", "retract"]
    with clock.standing_at(NOW):
        text = desk.browser.get(f"/courses/{desk.course.code}/").content.decode()
    assert 'class="voided"' in text and "taken back" in text
    assert "Last: 61 kg" not in desk.ask("record/body"), "what was taken back is not shown as last"
