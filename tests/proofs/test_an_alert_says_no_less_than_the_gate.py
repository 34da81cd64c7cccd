"""Wherever a side effect closes the gate, an alert says so, and no comfort is given beside it."""

import pytest
import z3
from tests.proofs.formula import any_patient, yes_and_no
from tests.proofs.patients import editions
from tests.proofs.proving import found

from isocourse.course.edition import InForce
from isocourse.rules.reading import Reading

OF = any_patient()
EDITIONS = dict(enumerate(editions()))
COMFORT = "side_effects.for_an_early_flare"


def closing(edition: InForce) -> list[Reading]:
    """The gates of side effects in an edition."""
    held = edition.readings["dispense"]
    return [each for each in held if each.rule.chapter == "side_effects"]


def told(reading: Reading) -> z3.BoolRef:
    """When a rule is shown to hold."""
    yes: z3.BoolRef = yes_and_no(reading.expression, OF)[0]
    return yes


def raised(edition: InForce, *urgencies: str) -> z3.BoolRef:
    """When an alert of side effects is raised with one of the urgencies."""
    alerts = [
        told(each)
        for each in edition.beside["alerts"]
        if each.rule.chapter == "side_effects" and each.rule.urgency in urgencies
    ]
    return z3.Or(alerts)


@pytest.mark.parametrize("number", EDITIONS)
def test_whatever_closes_the_gate_is_told_as_urgent(number: int) -> None:
    edition = EDITIONS[number]
    assert closing(edition)
    for gate in closing(edition):
        silent = [told(gate), z3.Not(raised(edition, "now", "soon"))]
        assert found(silent, OF) is None, gate.rule.name


@pytest.mark.parametrize("number", EDITIONS)
def test_what_closes_the_gate_and_is_new_is_told_as_an_emergency(number: int) -> None:
    """New: every symptom of the patient was reported today."""
    edition = EDITIONS[number]
    today = [
        z3.And(OF.known[name], OF.value[name] == 0)
        for name in OF.value
        if name.startswith("days_since_symptom_")
    ]
    for gate in closing(edition):
        silent = [*today, told(gate), z3.Not(raised(edition, "now"))]
        assert found(silent, OF) is None, gate.rule.name


@pytest.mark.parametrize("number", EDITIONS)
def test_nobody_with_an_emergency_is_told_that_a_flare_is_common(number: int) -> None:
    edition = EDITIONS[number]
    tips = {each.rule.name: told(each) for each in edition.beside["tips"]}
    emergency = [tips["side_effects.stop_and_call"], tips["side_effects.call_about_the_flare"]]
    assert found([tips[COMFORT]], OF) is not None
    assert found([tips[COMFORT], z3.Or(emergency)], OF) is None
