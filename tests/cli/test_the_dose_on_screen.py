"""The dose on the page of an assessment."""

import json

from tests.cli.running import answered, call

WEIGHT = {"kind": "weight", "value": 60, "unit": "kg"}
DOSE = {"daily_dose": 40, "unit": "mg/day", "days": 90, "prescription_id": "a"}
FULL = [
    WEIGHT,
    {"kind": "prescription", **DOSE},
    {"kind": "dispense", "prescription_id": "a", "days": 90},
]


def page(tmp_path, events, at="2026-04-01"):
    """The words of the page of a man in the UK, all of whose events are of New Year's day."""
    course = {
        "format": "isocourse.course/1",
        "course_id": "dose",
        "place": "uk",
        "patient": {"birth_date": "1999-05-05", "sex": "male"},
        "events": [{"id": f"e{n}", "at": "2026-01-01", **each} for n, each in enumerate(events)],
    }
    file = tmp_path / "dose.course.json"
    file.write_text(json.dumps(course), encoding="utf-8")
    return " ".join(answered(call("assess", str(file), "--at", at)).split())


def test_all_that_was_taken_and_when_the_aim_is_reached(tmp_path):
    said = page(tmp_path, FULL)

    assert "Today: no capsules are to be taken." in said
    assert (
        "Usual here: 30 mg to 60 mg a day (20 mg x 1, 10 mg x 1 to start with), with a meal."
        in said
    )
    assert "So far: 3600 mg prescribed, 3600 mg dispensed, 3600 mg taken." in said
    assert "60 mg/kg for the weight of each day" in said
    assert "120 to 150 mg/kg, at this dose between 29 Jun 2026 and 13 Aug 2026" in said


def test_the_dose_of_today_for_each_kilogram(tmp_path):
    assert "Today: 40 mg, 0.67 mg/kg." in page(tmp_path, FULL, "2026-03-31")


def test_what_is_not_known_is_said_so(tmp_path):
    said = page(tmp_path, FULL[1:])

    assert "Usual here: not known without a weight; with a meal." in said
    assert "Taken: not known for the weight at the start" in said
    assert "Usual aim: 120 to 150 mg/kg." in said


def test_a_supply_without_its_prescription(tmp_path):
    said = page(tmp_path, [WEIGHT, FULL[2]], "2026-02-01")

    assert "Today: the dose of the capsules in use is not known." in said
    assert "dispensed not known, taken not known" in said


def test_missed_doses_are_shown_and_not_taken_off(tmp_path):
    report = {"kind": "patient_report", "what": "missed_doses", "count": 3}
    said = page(tmp_path, [*FULL, report])

    assert "Reported as missed: 3 doses, not taken off until recorded so." in said
    assert "3600 mg taken" in said


def test_before_anything_is_prescribed_there_is_nothing_to_add_up(tmp_path):
    said = page(tmp_path, [WEIGHT])

    assert "Usual here: 30 mg to 60 mg a day" in said
    assert "So far" not in said
    assert "Taken:" not in said
