"""Monitoring that is overdue raises an alert, and advises where one prescribes or hands over."""

from tests.course.asking import answer, asked

MONTHS = "+ dispense on 2026-03-03: prescription_id=rx-2026-03-02, days=56"


def test_overdue_blood_tests_advise_on_the_next_prescription_and_stop_nothing() -> None:
    said = asked("uk-man", "2026-05-20", MONTHS)
    assert "labs.liver_overdue" in [each.rule for each in said.alerts]
    reasons = {each.rule: each for each in answer(said, "prescribe").reasons}
    assert reasons["labs.liver_overdue"].effect == "advises"
    assert not reasons["labs.liver_overdue"].stops


def test_before_it_is_overdue_nothing_is_said() -> None:
    said = asked("uk-man", "2026-03-20", MONTHS)
    assert "labs.liver_overdue" not in [each.rule for each in said.alerts]
    assert "labs.liver_overdue" not in [e.rule for e in answer(said, "prescribe").reasons]
