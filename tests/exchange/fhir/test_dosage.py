"""Every shape of a Dosage as mg a day; what cannot be told says why."""

from fractions import Fraction
from typing import Any

import pytest
from tests.exchange.fhir.bundles import dose

from isocourse.exchange.fhir.dosage import dosing

DAILY = {"frequency": 1, "period": 1, "periodUnit": "d"}
TWICE = {"frequency": 2, "period": 1, "periodUnit": "d"}
STRENGTH = Fraction(20)


def _rate(**held: Any) -> dict[str, Any]:
    return {"doseAndRate": [held]}


def _timed(code: str) -> dict[str, Any]:
    return {"code": {"coding": [{"code": code}]}}


@pytest.mark.parametrize(
    ("instruction", "daily", "times"),
    [
        (dose(40, **DAILY), 40, 1),
        (dose(20, **TWICE), 40, 2),
        (dose(200, **TWICE), 400, 2),
        (dose(1, "{capsule}", **TWICE), 40, 2),
        (dose(2, "capsule", **DAILY), 40, 1),
        (dose(0.04, "g", **DAILY), 40, 1),
        (dose(20, frequency=1, period=12, periodUnit="h"), 40, 2),
        (dose(20, frequency=1, frequencyMax=3, period=1, periodUnit="d"), 60, 3),
        (dose(20, timeOfDay=["08:00:00", "20:00:00"]), 40, 2),
        (dose(20, when=["MORN", "EVE"], period=1, periodUnit="d"), 40, 2),
        (dose(20) | {"timing": _timed("BID")}, 40, 2),
        (dose(20) | {"timing": {"code": {"text": "b.i.d."}}}, 40, 2),
        (dose(10) | {"timing": _timed("Q6H")}, 40, 4),
        (_rate(doseRange={"low": {"value": 20}, "high": {"value": 40, "code": "mg"}})
         | {"timing": {"repeat": DAILY}}, 40, 1),
        (_rate(rateRatio={"numerator": {"value": 40, "code": "mg"},
                          "denominator": {"value": 1, "code": "d"}}), 40, None),
        (_rate(rateQuantity={"value": 40, "code": "mg/d"}), 40, None),
        (_rate(rateRange={"low": {"value": 1, "code": "mg/d"},
                          "high": {"value": 40, "code": "mg/d"}}), 40, None),
    ],
)  # fmt: skip
def test_a_daily_dose(instruction: Any, daily: int, times: int | None) -> None:
    found = dosing([instruction], STRENGTH)
    assert (found.daily, found.times, found.cycle) == (daily, times, 1), found


@pytest.mark.parametrize(
    ("instruction", "on", "cycle"),
    [
        (dose(40, frequency=1, period=2, periodUnit="d"), 1, 2),
        (dose(40) | {"timing": _timed("QOD")}, 1, 2),
        (dose(40, frequency=3, period=1, periodUnit="wk"), 3, 7),
        (dose(40, dayOfWeek=["mon", "thu"], frequency=1, period=1, periodUnit="d"), 2, 7),
    ],
)
def test_days_without_a_dose(instruction: Any, on: int, cycle: int) -> None:
    found = dosing([instruction], STRENGTH)
    assert (found.daily, found.days_on, found.cycle) == (40, on, cycle)


def test_doses_that_hold_at_once_add_up() -> None:
    found = dosing([dose(20, **DAILY), dose(40, **DAILY)], STRENGTH)
    assert (found.daily, found.times) == (60, 2)


def test_of_doses_in_turn_the_highest_is_read_and_said() -> None:
    weeks = {"boundsDuration": {"value": 2, "code": "wk"}}
    steps = [
        dose(20, **DAILY, **weeks) | {"sequence": 1},
        dose(40, **DAILY, **weeks) | {"sequence": 2},
    ]
    found = dosing(steps, STRENGTH)
    assert (found.daily, found.days) == (40, 28) and found.read_high


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        ({"boundsDuration": {"value": 30, "code": "d"}}, 30),
        ({"boundsDuration": {"value": 1, "code": "mo"}}, None),  # no number of days
        ({"boundsRange": {"low": {"value": 20}, "high": {"value": 4, "code": "wk"}}}, 28),
        ({"boundsPeriod": {"start": "2026-11-01", "end": "2026-11-30"}}, 30),
        ({"boundsPeriod": {"start": "2026-11", "end": "2026-11-30"}}, None),
        ({"count": 60}, 60),
    ],
)
def test_for_how_long(bounds: Any, days: int | None) -> None:
    assert dosing([dose(40, **DAILY, **bounds)], STRENGTH).days == days


@pytest.mark.parametrize(
    ("instruction", "why"),
    [
        ({"text": "one capsule twice a day"}, "only words"),
        ({}, "no dose"),
        (dose(40), "how often"),
        (dose(40, period=1), "how often"),
        (dose(40, frequency=1, period=1, periodUnit="mo"), "how often"),
        (dose(40) | {"timing": {"event": ["2026-11-20"]}}, "single dates"),
        (dose(40, **DAILY) | {"asNeededBoolean": True}, "as needed"),
        (dose(40, **DAILY) | {"asNeededCodeableConcept": {"text": "acne"}}, "as needed"),
        (dose(0.5, "mg/kg", **DAILY), "mg/kg"),
        (_rate(doseQuantity={"value": "40", "code": "mg"}) | {"timing": {"repeat": DAILY}},
         "no number"),
        (_rate(doseQuantity={"value": 40, "comparator": "<", "code": "mg"}), "no number"),
        (_rate(rateQuantity={"value": 40, "code": "mL/h"}), "rate"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_says_why(instruction: Any, why: str) -> None:
    found = dosing([instruction], STRENGTH)
    assert found.daily is None and why in found.why


def test_capsules_of_an_unknown_strength_are_no_milligrams() -> None:
    assert dosing([dose(2, "capsule", **DAILY)], None).daily is None
    assert dosing([], STRENGTH).why == "there is no dosage"


def test_one_unknown_instruction_makes_the_whole_unknown() -> None:
    assert dosing([dose(40, **DAILY), {"text": "and one more"}], STRENGTH).daily is None
