"""What is filled in becomes events of the course file, whole, once, by whoever is signed in."""

import re
from typing import Any

import pytest
from django.utils.html import escape
from tests.clinic import team
from tests.clinic.team import NOW
from tests.clinic.visits.filled import VISIT, Desk, phq9

from isocourse.clinic.log.models import Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.visits.shapes import FORMS
from isocourse.clinic.visits.tables import table
from isocourse.evidence import source
from isocourse.words.tokens import LAB_TESTS, PLACES


@pytest.fixture
def clinic(sqlite: str) -> Clinic:
    return team.clinic()


@pytest.fixture
def desk(clinic: Clinic) -> Desk:
    return Desk(clinic, team.ready_to_hand_over(clinic)[0])


MONTH = {
    **VISIT,
    "visit-note": "All well.",
    "weight-value": "60,9",
    "weight-unit": "kg",
    "test-result": "negative",
    "test-specimen": "urine",
    "test-setting": "clinic",
    "test-at": "2026-11-24",
    "symptoms-cheilitis": "2",
    "symptoms-headache": "",
    "mind-concern": "none",
    "mind-sexual": "none",
    "labs-at": "2026-11-23",
    "labs-alt": "21",
    "labs-alt_unit": "U/L",
    "labs-alt_limit": "40",
    "labs-fasting": "yes",
    "reports-missed": "2",
    "comprehension-passed": "yes",
    "comprehension-entered": ["combined_pill", "male_condom"],
    "talks-done": "on",
}


def test_a_month_is_recorded_whole(desk: Desk) -> None:
    answer = desk.send("record/visit", MONTH)
    assert "Recorded: 10 entries." in answer.content.decode()
    day = "2026-11-25"
    assert desk.new == [
        {
            "kind": "visit",
            "at": day,
            "mode": "in_person",
            "role": "specialist_nurse",
            "note": "All well.",
        },
        {"kind": "weight", "at": day, "value": 60.9, "unit": "kg"},
        {
            "kind": "pregnancy_test",
            "at": "2026-11-24",
            "result": "negative",
            "specimen": "urine",
            "setting": "clinic",
        },
        {
            "kind": "comprehension",
            "at": day,
            "passed": True,
            "contraception": ["combined_pill", "male_condom"],
        },
        {"kind": "patient_report", "at": day, "what": "missed_doses", "count": 2},
        {"kind": "symptom", "at": day, "symptom": "cheilitis", "grade": 2},
        {"kind": "sexual_function", "at": day, "assessed": True, "concern": False},
        {"kind": "mental_health", "at": day, "assessed": True, "concern": "none"},
        {
            "kind": "lab",
            "at": "2026-11-23",
            "test": "alt",
            "value": 21,
            "unit": "U/L",
            "upper_limit": 40,
            "fasting": True,
        },
        {"kind": "counselling", "at": day},
    ]
    assert read(desk.course).events[-1]["by"] == {
        "role": "specialist_nurse",
        "name": str(desk.user),
    }


def test_a_form_that_is_sent_twice_is_recorded_once(desk: Desk) -> None:
    desk.send("record/visit", MONTH)
    count = Entry.objects.count()
    assert "Nothing was recorded twice" in desk.text("record/visit", MONTH)
    changed = {**MONTH, "weight-value": "70"}
    assert "Nothing was recorded twice" in desk.text("record/visit", changed)
    assert Entry.objects.count() == count
    desk.send("record/visit", {**MONTH, "token": "another"})
    assert Entry.objects.count() == 2 * count - desk.before - 3


def test_one_wrong_value_and_nothing_is_recorded(desk: Desk) -> None:
    text = desk.text("record/visit", {**MONTH, "weight-value": "609"})
    assert not desk.new
    words = "expected 15 to 300 kg; correct the weight or its unit."
    assert text.count(words) == 2, "in the list of faults and beside the field"
    assert 'href="#id_weight-value"' in text and 'id="id_weight-value_error"' in text
    assert "Mend:" in text and 'aria-invalid="true"' in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"weight-value": "heavy", "weight-unit": "kg"}, "a number above 0"),
        ({"visit-day": "2026-11-26"}, "expected 2026-11-25 or earlier"),
        ({"labs-hdl": "900", "labs-hdl_unit": "mmol/L"}, "hdl below 20 mmol/L"),
        ({"labs-alt_limit": "40"}, "Give the value to which the upper limit belongs."),
        ({"contraception-method_1": "implant"}, "Give the day since when"),
        ({"symptoms-other": "Dizzy ", "symptoms-other_grade": "2"}, "a lower-case word"),
        ({"totals-asex": "3"}, "from 5 to 30"),
        ({"grades-iga": "2.5"}, "a whole number"),
        (phq9(1, 1), "7 of 9 answers are missing."),
        ({"visit-mode": "by letter"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    desk: Desk, said: dict[str, Any], told: str
) -> None:
    text = desk.text("record/visit", {**VISIT, **said})
    assert escape(told) in text and not desk.new
    (link,) = set(re.findall(r'<li><a href="#([\w-]+)">', text))
    assert f'id="{link}"' in text, "the fault leads to its field"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"weight-value": "133", "weight-unit": "kg"}, "as pounds do from kilograms"),
        ({"weight-value": "80", "weight-unit": "kg"}, "a fifth or more"),
        ({"labs-triglycerides": "1.1", "labs-triglycerides_unit": "mg/dL"}, "rarely seen"),
        ({"labs-triglycerides": "900", "labs-triglycerides_unit": "mg/dL"}, "riglycerides"),
    ],
)
def test_what_is_odd_is_asked_about_once(desk: Desk, said: dict[str, Any], told: str) -> None:
    text = desk.text("record/visit", {**VISIT, **said})
    assert "Please look again" in text and told in text and not desk.new
    assert text.count('name="confirmed"') <= 2, "only what is odd"
    keys = re.findall(r'name="confirmed" value="(\w+)"', text)
    other = {**said, next(iter(said)): "0.9"} if "labs" in next(iter(said)) else None
    if other:
        again = desk.text("record/visit", {**VISIT, **other, "confirmed": keys})
        assert "Please look again" in again, "a tick is for the value it was given for"
    desk.send("record/visit", {**VISIT, **said, "confirmed": keys})
    assert desk.kinds()[0] == "visit" and len(desk.new) == 2


def test_what_is_usual_is_not_asked_about(desk: Desk) -> None:
    values = {"alt": "25", "triglycerides": "110", "hdl": "50", "glucose": "90"}
    labs = {f"labs-{test}": value for test, value in values.items()}
    units = {f"labs-{test}_unit": "mg/dL" for test in values} | {"labs-alt_unit": "U/L"}
    desk.send("record/body", {"day-day": "2026-11-25", **labs, **units, "labs-at": "2026-11-25"})
    assert desk.kinds() == ["lab"] * 4


def test_a_blank_form_records_nothing(desk: Desk) -> None:
    for form in FORMS:
        if form not in ("visit", "acne"):
            text = desk.text(f"record/{form}", {"day-day": "2026-11-25", "token": form})
            assert "Nothing is filled in yet." in text, form
    assert not desk.new


def test_bounds_of_plausible_values_have_a_source() -> None:
    assert table("plausible").keys() == set(LAB_TESTS)
    for row in table("plausible").values():
        name, _, passage = row["source"].partition("#")
        assert passage in source(name).passages and row["low"] < row["high"]


def test_no_such_form_is_not_found(desk: Desk) -> None:
    assert desk.send("record/nonsense", {}).status_code == 404
    assert NOW.year == 2026


def test_a_man_is_not_asked_about_pregnancy(clinic: Clinic) -> None:
    desk = Desk(clinic, team.ready_to_hand_over(clinic, woman=False)[0])
    text = desk.ask("record/visit")
    assert "Contraception" not in text and "Pregnancy test" not in text
    assert "Missed doses" in text and "First day of the last period" not in text


@pytest.mark.parametrize("place", PLACES)
def test_every_form_opens_and_takes_a_weight_at_every_place(sqlite: str, place: str) -> None:
    clinic = team.clinic(place=place)
    desk = Desk(clinic, team.opened(clinic), "prescriber")
    for form in FORMS:
        text = desk.ask(f"record/{form}")
        assert escape(str(FORMS[form].title)) in text, form
        assert ("Questions of the registry" in text) == (
            place == "us" and form in ("visit", "prevention")
        ), form
    desk.send("record/body", {"day-day": "2026-11-25", "weight-value": "134", "weight-unit": "lb"})
    assert desk.new == [{"kind": "weight", "at": "2026-11-25", "value": 134, "unit": "lb"}]
