"""A resource says what became of its event: taken back, cancelled, handed over, followed."""

import json
from typing import Any

import pytest
from tests.events.courses import course_with

from isocourse.events import read_course
from isocourse.exchange.fhir import read_bundle
from isocourse.exchange.fhir.turns import turns
from isocourse.exchange.fhir.writing import write_bundle


def _order(name: str, day: str, **more: Any) -> dict[str, Any]:
    said = {"prescription_id": name, "daily_dose": 40, "unit": "mg/day", "days": 30}
    return {"id": f"o-{name}", "kind": "prescription", "at": f"2026-10-{day}", **said, **more}


def _given(name: str, day: str, number: int = 1) -> dict[str, Any]:
    said = {"prescription_id": name, "days": 30}
    return {"id": f"d-{name}-{number}", "kind": "dispense", "at": f"2026-10-{day}", **said}


def _of(kind: str, day: str, **more: Any) -> dict[str, Any]:
    return {"id": f"{kind}-{day}", "kind": kind, "at": f"2026-10-{day}", **more}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([_order("a", "01")], {}),
        ([_order("a", "01"), _given("a", "02")], {"o-a": "completed"}),
        ([_order("a", "01", refills=1), _given("a", "02")], {}),
        (
            [_order("a", "01", refills=1), _given("a", "02"), _given("a", "03", 2)],
            {"o-a": "completed"},
        ),
        (
            [
                _order("a", "01"),
                _given("a", "02"),
                _of("return_to_stock", "03", prescription_id="a"),
            ],
            {"d-a-1": "cancelled"},
        ),
        ([_order("a", "01"), _of("cancel", "02", prescription_id="a")], {"o-a": "cancelled"}),
        ([_order("a", "01"), _order("b", "05")], {"o-a": "stopped"}),
        ([_order("b", "05"), _order("a", "01")], {"o-a": "stopped"}),
        ([_order("a", "01"), _given("a", "02"), _order("b", "05")], {"o-a": "completed"}),
        (
            [_order("a", "01"), _given("a", "02"), _of("retract", "03", event="d-a-1")],
            {"d-a-1": "entered-in-error"},
        ),
        (
            [
                _order("a", "01"),
                _of("cancel", "02", prescription_id="a"),
                _of("retract", "03", event="cancel-02"),
            ],
            {"cancel-02": "entered-in-error"},
        ),
    ],
)
def test_what_became_of_each(events: Any, expected: dict[str, str]) -> None:
    assert {name: turn.status for name, turn in turns(events).items()} == expected
    read_course(json.dumps(course_with(*events)))  # the courses of this test are courses


def test_a_resource_that_says_so_still_reads_back_as_its_event() -> None:
    events = [_order("a", "01"), _given("a", "02"), _order("b", "05")]
    events += [_of("weight", "06", value=60, unit="kg"), _of("retract", "07", event="weight-06")]
    course = read_course(json.dumps(course_with(*events)))
    bundle = write_bundle(course)
    said = [each["resource"].get("status") for each in bundle["entry"]]
    assert {"completed", "active", "entered-in-error"} <= set(said)
    again = read_bundle(json.dumps(bundle))
    assert [each.id for each in again.course.events] == [each.id for each in course.events]
    assert not again.unmapped


def test_a_mark_of_error_by_somebody_else_counts() -> None:
    """Nothing in the log takes the weight back; the EHR did, and then it is not read."""
    course = read_course(json.dumps(course_with(_of("weight", "06", value=60, unit="kg"))))
    bundle = write_bundle(course)
    for each in bundle["entry"]:
        if each["resource"]["resourceType"] == "Observation":
            each["resource"]["status"] = "entered-in-error"
    again = read_bundle(json.dumps(bundle))
    assert not again.course.events and again.unmapped
