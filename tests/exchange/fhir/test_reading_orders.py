"""Prescriptions, hand-overs and other medicines: what each becomes, and what closes."""

from typing import Any

import pytest
from tests.exchange.fhir.bundles import (
    RXNORM,
    SNOMED,
    code,
    dose,
    events,
    read,
    request,
)

TWICE = {"frequency": 2, "period": 1, "periodUnit": "d"}


def _told(*resources: Any, **more: Any) -> str:
    return "\n".join(str(each.problem()) for each in read(*resources, **more).unmapped)


def _closing(*resources: Any) -> list[str | None]:
    return [each.closes for each in read(*resources).unmapped if each.closes]


def test_a_prescription_with_its_capsules() -> None:
    asked = {"quantity": {"value": 90}, "numberOfRepeatsAllowed": 3}
    (event,) = events(request(dose(20, **TWICE), dispenseRequest=asked))
    wanted = {"daily_dose": 40, "doses_per_day": 2, "days": 45, "refills": 3}
    assert event.items() >= (wanted | {"capsule_mg": 20, "quantity": 90}).items()


def test_an_event_names_the_resource_it_comes_from() -> None:
    (event,) = read(request(dose(40, frequency=1, period=1, periodUnit="d"))).course.events
    assert event.__pydantic_extra__["x-fhir"] == {"resource": "MedicationRequest/rx1"}


@pytest.mark.parametrize(
    "concept",
    [
        code(RXNORM, "6064"),
        code(RXNORM, "1547567"),
        code(SNOMED, "387208003"),
        code("http://www.whocc.no/atc", "D10BA01"),
        {"text": "Roaccutane 20 mg capsules"},
        code("urn:local", "x", "ISOtretinoin 20 MG Oral Capsule"),
    ],
)
def test_isotretinoin_by_code_by_brand_and_by_name(concept: Any) -> None:
    order = request(
        dose(40, frequency=1, period=1, periodUnit="d"), medicationCodeableConcept=concept
    )
    assert [e["kind"] for e in events(order)] == ["prescription"]


@pytest.mark.parametrize(
    "concept",
    [
        {"text": "isotretinoin 0.05 % gel"},
        code("http://www.whocc.no/atc", "D10AD04", "isotretinoin"),
        {"text": "Doxycycline hyclate 100 MG Oral Tablet"},
    ],
)
def test_another_medicine_is_a_medicine_beside_it(concept: Any) -> None:
    (event,) = events(request(dose(1), medicationCodeableConcept=concept))
    assert (event["kind"], event["status"]) == ("medicine", "started")


def test_a_referred_medication_is_followed_in_the_bundle_and_inside() -> None:
    drug = {"resourceType": "Medication", "id": "m1", "code": code(RXNORM, "197843")}
    order = request(dose(1, "capsule", **TWICE), medicationReference={"reference": "Medication/m1"})
    del order["medicationCodeableConcept"]
    assert events(drug, order)[0]["daily_dose"] == 20
    inside = order | {"contained": [drug], "medicationReference": {"reference": "#m1"}}
    assert events(inside)[0]["daily_dose"] == 20


def test_a_void_order_is_cancelled_and_a_plan_is_none() -> None:
    once = dose(40, frequency=1, period=1, periodUnit="d")
    assert [e["kind"] for e in events(request(once, status="cancelled"))] == [
        "prescription",
        "cancel",
    ]
    for change in ({"intent": "plan"}, {"status": "draft"}, {"status": "entered-in-error"}):
        assert not events(request(once, **change)) and "rx1" in _told(request(once, **change))
    assert not events(request(once, doNotPerform=True))
    turned = {"modifierExtension": [{"url": "urn:x", "valueBoolean": True}]}
    assert "modifierExtension" in _told(request(once, **turned))


@pytest.mark.parametrize(
    "change",
    [
        {"dosageInstruction": [{"text": "as directed"}]},
        {"dosageInstruction": None},
        {"dispenseRequest": {}},
        {"authoredOn": "2026-11"},
        {"dosageInstruction": [dose(200, **TWICE)]},  # more than a course file holds
        {"dispenseRequest": {"quantity": {"value": 60}, "numberOfRepeatsAllowed": "three"}},
    ],
)
def test_an_unreadable_order_of_isotretinoin_closes(change: dict[str, Any]) -> None:
    assert _closing(request(dose(20, **TWICE), **change)) == ["supply"]


def test_a_hand_over_names_its_prescription() -> None:
    given = {
        "resourceType": "MedicationDispense",
        "id": "d1",
        "status": "completed",
        "medicationCodeableConcept": code(RXNORM, "197844"),
        "whenHandedOver": "2026-11-21T10:00:00Z",
        "authorizingPrescription": [{"reference": "MedicationRequest/rx1"}],
        "quantity": {"value": 60},
    }
    order = request(dose(20, **TWICE))
    found = [e for e in events(given, order) if e["kind"] == "dispense"]
    assert found[0]["prescription_id"] == "rx1" and found[0]["days"] == 30
    assert _closing(given) == ["supply"]  # no prescription, no days
    assert not _closing(order, given | {"status": "in-progress"})


def test_an_order_that_is_done_cannot_be_handed_over_again() -> None:
    done = request(dose(40, frequency=1, period=1, periodUnit="d"), status="completed")
    assert [e["kind"] for e in events(done)] == ["prescription", "cancel"]
    given = {
        "resourceType": "MedicationDispense",
        "id": "d1",
        "status": "completed",
        "medicationCodeableConcept": code(RXNORM, "197844"),
        "whenHandedOver": "2026-11-21",
        "authorizingPrescription": [{"reference": "MedicationRequest/rx1"}],
        "daysSupply": {"value": 30, "code": "d"},
    }
    assert [e["kind"] for e in events(done, given)] == ["prescription", "dispense"]
