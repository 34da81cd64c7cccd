"""Bundles to read: a patient, and the resources of a test."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from isocourse.exchange.fhir import Read, read_bundle

Json = dict[str, Any]
HERE = Path(__file__).parent
LOINC, SNOMED, RXNORM = (
    "http://loinc.org",
    "http://snomed.info/sct",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
)
PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p1",
    "gender": "female",
    "birthDate": "2002-04-17",
    "address": [{"country": "US"}],
}


def code(system: str, code: str, display: str = "") -> Json:
    """A concept with one code."""
    coded = {"system": system, "code": code} | ({"display": display} if display else {})
    return {"coding": [coded]}


def bundle(*resources: Json, patient: Json = PATIENT, **more: Any) -> Json:
    """A Bundle of a patient with these resources."""
    entries = [{"resource": each} for each in (patient, *resources)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries} | more


def read(*resources: Json, **more: Any) -> Read:
    """What is read of these resources."""
    return read_bundle(json.dumps(bundle(*resources, **more)))


def events(*resources: Json, **more: Any) -> list[Json]:
    """The events of these resources, as plain data without where they come from."""
    from isocourse.events import write_course

    held = json.loads(write_course(read(*resources, **more).course))["events"]
    return [{k: v for k, v in each.items() if k not in ("x-fhir", "id")} for each in held]


def request(*dosage: Json, **more: Any) -> Json:
    """An order of isotretinoin, 20 mg capsules."""
    drug = code(RXNORM, "197844", "isotretinoin 20 MG Oral Capsule")
    return {
        "resourceType": "MedicationRequest",
        "id": "rx1",
        "status": "active",
        "intent": "order",
        "authoredOn": "2026-11-20",
        "medicationCodeableConcept": drug,
        "dosageInstruction": list(dosage),
        "dispenseRequest": {"expectedSupplyDuration": {"value": 30, "code": "d"}},
    } | more


def dose(value: float, unit: str = "mg", **repeat: Any) -> Json:
    """One dose at a time, so often."""
    rate = {"doseQuantity": {"value": value, "code": unit}}
    held: Json = {"doseAndRate": [rate]}
    return held | ({"timing": {"repeat": repeat}} if repeat else {})


def observation(concept: Json, **more: Any) -> Json:
    """A final observation of a day."""
    held = {"resourceType": "Observation", "id": "o1", "status": "final", "code": concept}
    return held | {"effectiveDateTime": "2026-11-20"} | more


def pregnancy_test(result: Json, **more: Any) -> Json:
    """A urine test of a laboratory."""
    category = [{"coding": [{"code": "laboratory"}]}]
    return observation(code(LOINC, "2106-3"), category=category, **(result | more))


NEGATIVE: Json = {"valueCodeableConcept": code(SNOMED, "260385009")}
POSITIVE: Json = {"valueCodeableConcept": code(SNOMED, "10828004")}


@cache
def packed(name: str) -> list[Json]:
    """What HL7 published and `vendor` took over."""
    held: list[Json] = json.loads(gzip.decompress((HERE / name).read_bytes()))
    return held
