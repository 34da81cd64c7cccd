"""Where in the course the patient is."""

import pytest
from tests.course.asking import asked

HANDED_OVER = "+ dispense on 2026-12-02: prescription_id=rx-2026-12-01, days=30"
STOPPED = "; + stop on 2026-12-20: reason="


@pytest.mark.parametrize(
    ("name", "at", "changes", "stage"),
    [
        ("us-woman-first", "2026-11-19", "", "screening"),
        ("us-woman-first", "2026-11-20", "", "screening"),
        ("us-woman-first", "2026-12-11", "", "ready"),
        ("us-woman-first", "2026-12-18", "", "screening"),
        ("us-woman-third", "2026-10-02", "", "on_treatment"),
        ("us-woman-third", "2026-12-01", "- dispense on 2026-11-01", "paused"),
        ("us-woman-third", "2026-12-31", HANDED_OVER, "on_treatment"),
        ("us-woman-third", "2027-01-01", HANDED_OVER, "paused"),
        ("us-woman-third", "2026-12-20", f"{HANDED_OVER}{STOPPED}completed", "finished"),
        ("us-woman-third", "2026-12-20", f"{HANDED_OVER}{STOPPED}clear", "finished"),
        ("us-woman-third", "2027-01-19", f"{HANDED_OVER}{STOPPED}clear", "finished"),
        ("us-woman-third", "2027-01-20", f"{HANDED_OVER}{STOPPED}clear", "follow_up"),
        ("us-woman-third", "2027-06-20", f"{HANDED_OVER}{STOPPED}side_effect", "stopped_early"),
        ("us-woman-third", "2026-12-20", f"{HANDED_OVER}{STOPPED}patient_choice", "stopped_early"),
        ("us-woman-third", "2026-12-19", f"{HANDED_OVER}{STOPPED}clear", "on_treatment"),
        ("us-woman-third", "2026-12-20", f"{HANDED_OVER}{STOPPED}pregnancy", "pregnant"),
        (
            "us-woman-third",
            "2026-12-25",
            f"{HANDED_OVER}{STOPPED}clear; + restart on 2026-12-24",
            "on_treatment",
        ),
        (
            "us-woman-third",
            "2027-06-01",
            f"{HANDED_OVER}{STOPPED}clear; + relapse on 2027-05-30: definition=clinician",
            "relapsed",
        ),
        (
            "us-woman-third",
            "2026-12-05",
            "+ pregnancy_test on 2026-12-04: result=positive, specimen=urine, setting=home",
            "pregnant",
        ),
        (
            "us-woman-third",
            "2026-12-20",
            "+ pregnancy on 2026-12-04; "
            "+ condition on 2026-12-20: condition=pregnancy, status=resolved, by=dermatologist",
            "screening",
        ),
        ("in-man", "2026-03-02", "", "ready"),
    ],
)
def test_the_stage(name: str, at: str, changes: str, stage: str) -> None:
    assert asked(name, at, changes).stage == stage


def test_the_tail_is_six_months_in_india() -> None:
    """184 days in which precautions go on, where elsewhere there are 30."""
    over = "+ dispense on 2026-03-03: prescription_id=rx-2026-03-02, days=30; "
    stop = "+ stop on 2026-04-01: reason=completed"
    assert asked("in-woman-first", "2026-10-02", over + stop).stage == "finished"
    assert asked("in-woman-first", "2026-10-03", over + stop).stage == "follow_up"
