"""A prescription is proposed in capsules, checked, refused in words, written once, printed."""

import re
from typing import Any

import pytest
from tests.clinic import team
from tests.clinic.team import NOW
from tests.clinic.visits.filled import Desk
from tests.clinic.visits.test_work_up import worked_up

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Entry, Form
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.worklist.standing import assessed

RX = {
    "rx-dose": "40",
    "rx-doses_per_day": "2",
    "rx-rhythm": "daily",
    "rx-days": "30",
    "rx-formulation": "conventional",
}


@pytest.fixture
def clinic(database: str) -> Clinic:
    return team.clinic()


@pytest.fixture
def doctor(clinic: Clinic) -> Desk:
    """A prescriber, and a patient for whom the gate is open."""
    course = team.opened(clinic, "Adam Berg", "male")
    worked_up(Desk(clinic, course))
    return Desk(clinic, course, "prescriber")


def confirmed(doctor: Desk, said: dict[str, Any]) -> Any:
    """Sent, looked at again, and every question answered."""
    text = doctor.text("prescribe", said)
    keys = re.findall(r'name="confirmed" value="(\w+)"', text)
    assert keys and not doctor.new
    return doctor.send("prescribe", {**said, "confirmed": keys})


def test_doses_are_proposed_by_weight_in_capsules(doctor: Desk) -> None:
    text = doctor.ask("prescribe")
    with clock.standing_at(NOW):
        usual = assessed(read(doctor.course)).dose.json()["recommended"]
    assert usual["low_mg_per_day"] == 40
    assert "40 mg, 0.53 mg/kg: 20 mg x 2 (lower end of the usual range" in text
    assert f'value="{usual["high_mg_per_day"]}"' in text and 'value="50"' in text
    most = usual["maximum_mg_per_day"]
    assert f"is {most} mg a day" in text and f'value="{most}"' not in text, "said, not proposed"


def test_it_is_confirmed_written_once_and_printed(doctor: Desk) -> None:
    count = Entry.objects.count()
    answer = confirmed(doctor, RX)
    assert Entry.objects.count() == count + 2
    (written,) = doctor.new
    assert written.pop("at").startswith("2026-11-25T11:00")
    assert written == {
        "kind": "prescription",
        "prescription_id": "rx-2026-11-25",
        "daily_dose": 40,
        "unit": "mg/day",
        "doses_per_day": 2,
        "days": 30,
        "formulation": "conventional",
        "role": "dermatologist",
        "capsules": [{"mg": 20, "quantity": 60}],
    }
    lines = [each for each in read(doctor.course).lines if each.form == Form.DECISION]
    assert lines[-1].said["action"] == "prescribe"
    assert lines[-1].said["answer"]["verdict"] == "allowed"
    text = answer.content.decode()
    assert "Prescription summary" in text and "20 mg × 60" in text and "Adam Berg" in text
    assert "Before capsules may be handed over" in text and "authoris" in text
    assert "Nothing was recorded twice" in doctor.text("prescribe", RX)
    assert Entry.objects.count() == count + 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"rx-dose": "other", "rx-other": "300"}, "more than any label allows"),
        ({"rx-days": "60"}, "at most 30 are allowed"),
        ({"rx-dose": "other", "rx-other": "37"}, "the nearest dose is 40 mg"),
        ({"rx-dose": ""}, "Choose a dose."),
        ({"rx-days": "a month"}, "a whole number from 1 to 366"),
        ({"rx-dose": "other", "rx-other": ""}, "Give the dose."),
    ],
)
def test_what_cannot_be_meant_is_refused(sqlite: str, change: Any, told: str) -> None:
    clinic = team.clinic()
    course = team.opened(clinic, "Adam Berg", "male")
    worked_up(Desk(clinic, course))
    doctor = Desk(clinic, course, "prescriber")
    text = doctor.text("prescribe", {**RX, **change})
    keys = re.findall(r'name="confirmed" value="(\w+)"', text)
    text = doctor.text("prescribe", {**RX, **change, "confirmed": keys})
    assert told in text and not doctor.new


def test_a_dose_that_cannot_be_checked_without_a_weight_is_refused(clinic: Clinic) -> None:
    """What is not known opens nothing: so many milligrams need a weight to be judged by."""
    course = team.opened(clinic, "Adam Berg", "male")
    worked_up(Desk(clinic, course), but="weight-value")
    doctor = Desk(clinic, course, "prescriber")
    with clock.standing_at(NOW):
        assert assessed(read(course)).actions["prescribe"].verdict == "allowed"
    asked = {**RX, "rx-dose": "other", "rx-other": "100"}
    keys = re.findall(r'name="confirmed" value="(\w+)"', doctor.text("prescribe", asked))
    text = doctor.text("prescribe", {**asked, "confirmed": keys})
    assert "Not recorded: the weight." in text
    assert "prescription" not in doctor.kinds()


def test_a_dose_out_of_the_usual_is_confirmed_in_the_engines_words(doctor: Desk) -> None:
    text = doctor.text("prescribe", {**RX, "rx-dose": "other", "rx-other": "10"})
    assert "below the usual range" in text and text.count('name="confirmed"') == 2
    confirmed(doctor, {**RX, "rx-dose": "other", "rx-other": "10", "rx-doses_per_day": "1"})
    assert doctor.new[0]["capsules"] == [{"mg": 10, "quantity": 30}]


def test_every_other_day(doctor: Desk) -> None:
    confirmed(doctor, {**RX, "rx-rhythm": "alternate"})
    (written,) = doctor.new
    assert (written["days_on"], written["cycle_days"]) == (1, 2)
    assert written["capsules"] == [{"mg": 20, "quantity": 30}]


def test_two_doses_in_turn_come_to_the_mean(doctor: Desk) -> None:
    said = {**RX, "rx-dose": "other", "rx-other": "45", "rx-rhythm": "in_turn"}
    assert "packs are not broken" in _told(doctor, said), "15 capsules are no whole packs"
    said["rx-days"] = "20"
    answer = confirmed(doctor, said)
    (written,) = doctor.new
    assert written["daily_dose"] == 45 and "days_on" not in written
    assert sum(each["mg"] * each["quantity"] for each in written["capsules"]) == 45 * 20
    text = answer.content.decode()
    assert "45 mg a day on average" in text and "In turn, begun with the lower" in text


def test_a_low_dose_is_one_capsule_on_some_days(doctor: Desk) -> None:
    low = {**RX, "rx-dose": "other", "rx-other": "13.3", "rx-rhythm": "some_days"}
    assert "A cycle is 3 days" in doctor.text("prescribe", {**low, "rx-days": "29"})
    answer = confirmed(doctor, low)
    (written,) = doctor.new
    mean = written["daily_dose"] * written["days_on"] / written["cycle_days"]
    assert mean == pytest.approx(13.3, abs=0.1) and written["doses_per_day"] == 1
    (pack,) = written["capsules"]
    assert pack["mg"] == written["daily_dose"]
    words = f"On {written['days_on']} of every {written['cycle_days']} days"
    assert words in answer.content.decode()


def test_a_dose_steps_down(doctor: Desk) -> None:
    down = {**RX, "rx-dose": "60", "rx-rhythm": "taper", "rx-last": "20", "rx-steps": "3"}
    down |= {"rx-dose": "other", "rx-other": "60"}
    for wrong in ({"rx-last": ""}, {"rx-last": "70"}, {"rx-steps": "1"}, {"rx-steps": "31"}):
        assert "Give a last dose" in doctor.text("prescribe", {**down, **wrong})
    answer = confirmed(doctor, down)
    (written,) = doctor.new
    assert written["daily_dose"] == 40
    assert sum(each["mg"] * each["quantity"] for each in written["capsules"]) == 1200
    text = answer.content.decode()
    assert "40 mg a day on average" in text and text.count("10 days: ") == 3
    assert "10 days: 10 mg + 10 mg a day." in text


def test_no_day_of_a_descent_is_above_what_a_label_allows(doctor: Desk) -> None:
    """The mean of 300 and 20 would pass; the first day would not."""
    down = {**RX, "rx-dose": "other", "rx-other": "300", "rx-rhythm": "taper"}
    down |= {"rx-last": "20", "rx-steps": "2"}
    assert "more than any label allows" in _told(doctor, down) and not doctor.new


def _told(doctor: Desk, said: dict[str, Any]) -> str:
    """The answer after every question was confirmed."""
    keys = re.findall(r'name="confirmed" value="(\w+)"', doctor.text("prescribe", said))
    return doctor.text("prescribe", {**said, "confirmed": keys})


def test_a_shut_gate_is_refused_with_reasons_rules_and_sources(clinic: Clinic) -> None:
    doctor = Desk(clinic, team.opened(clinic), "prescriber")
    for answer in (doctor.ask("prescribe"), doctor.text("prescribe", RX)):
        assert "Do not prescribe yet" in answer and "rx-dose" not in answer
        assert "iPLEDGE REMS as modified" in answer and "pregnancy.category_not_recorded" in answer
        assert f"/courses/{doctor.course.code}/record/prevention/#test" in answer
    assert doctor.send("prescribe", RX).status_code == 409 and not doctor.new


def test_a_gate_that_shuts_meanwhile_stops_the_writing(doctor: Desk) -> None:
    text = doctor.text("prescribe", RX)
    keys = re.findall(r'name="confirmed" value="(\w+)"', text)
    with clock.standing_at(NOW):
        found = {"kind": "mental_health", "at": "2026-11-25", "assessed": True}
        by = team.writer(doctor.course.clinic, "nurse")
        record(doctor.course, by, [{**found, "concern": "psychosis"}])
    answer = doctor.send("prescribe", {**RX, "confirmed": keys})
    assert answer.status_code == 409 and "grave concern" in answer.content.decode()
    assert "prescription" not in doctor.kinds()


def test_a_prescription_is_cancelled_with_a_reason(doctor: Desk) -> None:
    confirmed(doctor, RX)
    said = {"cancel-prescription_id": "rx-2026-11-25", "token": "2"}
    assert "Write why." in doctor.text("cancel", said)
    doctor.send("cancel", {**said, "cancel-note": "wrong strength"})
    assert doctor.kinds() == ["prescription", "cancel"]
    assert "Cancelled: void." in doctor.ask("prescriptions/rx-2026-11-25")
    with clock.standing_at(NOW):
        found = assessed(read(doctor.course))
    assert found.actions["dispense"].verdict == "not_applicable"
    assert "rx-2026-11-25" not in doctor.ask("cancel"), "nothing is left to cancel"


def test_there_is_no_page_of_a_prescription_that_is_not(doctor: Desk) -> None:
    assert doctor.send("prescriptions/rx-1", {}).status_code == 405
    with clock.standing_at(NOW):
        answer = doctor.browser.get(doctor.address("prescriptions/rx-1"))
    assert answer.status_code == 404


def test_the_note_to_the_pharmacy_tells_only_what_is_of_the_supply(doctor: Desk) -> None:
    confirmed(doctor, RX)
    with clock.standing_at(NOW):
        found = {"kind": "mental_health", "at": "2026-11-25", "assessed": True}
        by = team.writer(doctor.course.clinic, "nurse")
        record(doctor.course, by, [{**found, "concern": "psychosis"}])
    text = doctor.ask("prescriptions/rx-2026-11-25")
    assert "Another matter stops the hand-over. Ask the prescriber." in text
    assert "psychosis" not in text and "grave" not in text
