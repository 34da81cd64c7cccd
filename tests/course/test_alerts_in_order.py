"""The order of the alerts: the most urgent first, and of one urgency what does harm."""

import pytest
from tests.course.asking import asked

# The window of the prescription of 1 December closes on the 7th.
CLOSING = "2026-12-07"


@pytest.mark.parametrize(
    ("happened", "first"),
    (
        ("+ questionnaire on 2026-12-07: instrument=phq-9, score=12, item_9=1", "mental_health"),
        ("+ symptom on 2026-12-07: symptom=visual_disturbance, grade=3", "side_effect"),
        ("+ patient_report on 2026-12-07: what=unprotected_contact", "pregnancy_test"),
    ),
)
def test_a_harm_stands_above_a_window_that_closes(happened: str, first: str) -> None:
    raised = [each for each in asked("us-woman-third", CLOSING, happened).alerts]
    now = [each.topic for each in raised if each.urgency == "now"]
    assert now[0] == first and [each.urgency for each in raised[: len(now)]] == ["now"] * len(now)


def test_a_closing_window_is_told_first_where_nothing_worse_is() -> None:
    raised = asked("us-woman-third", CLOSING).alerts
    assert raised[0].rule == "supply.window_closes_today"


@pytest.mark.parametrize(
    "happened",
    (
        "+ pregnancy_test on 2026-12-06: result=positive, specimen=urine, setting=clinic",
        "+ pregnancy on 2026-12-06",
        "+ questionnaire on 2026-12-07: instrument=phq-9, score=12, item_9=1",
        "+ patient_report on 2026-12-07: what=unprotected_contact",
    ),
)
def test_nobody_is_told_to_hand_over_today_what_may_not_be_handed_over(happened: str) -> None:
    found = asked("us-woman-third", CLOSING, happened)
    assert found.actions["dispense"].verdict != "allowed"
    told = [each.advice for each in found.alerts if each.topic == "window"]
    told += [each.sentence for each in found.due if each.task == "hand_over"]
    assert all("if the gate allows it" in each.lower() for each in told), told
