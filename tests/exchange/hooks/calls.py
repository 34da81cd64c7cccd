"""Calls as EHRs and their mock-ups make them, and what the services answer."""

import json
from datetime import UTC, datetime
from typing import Any

from tests.exchange.fhir.bundles import LOINC, PATIENT, RXNORM, code, dose, observation

from isocourse.exchange.hooks import SERVICES, Asked, answer
from isocourse.exchange.hooks.queries import Query, facts_needed, queries
from isocourse.exchange.hooks.requests import read_request
from isocourse.words.tokens import PLACES

Json = dict[str, Any]
NOW = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
TWICE = {"frequency": 2, "period": 1, "periodUnit": "d"}
KEYS = {each.key: each for each in queries(facts_needed(PLACES, NOW.date()))}
WEIGHT = observation(
    code(LOINC, "29463-7"), id="w1", valueQuantity={"value": 61, "unit": "kg", "code": "kg"}
)


def order(*dosage: Json, **more: Any) -> Json:
    """A draft of isotretinoin under the code of the ingredient, as mock-ups send it."""
    drug = code(RXNORM, "6064", "Isotretinoin 20 MG Oral Capsule")
    ndc = {"system": "http://hl7.org/fhir/sid/ndc", "code": "0245-0571-01"}
    drug["coding"].append(ndc)
    return {
        "resourceType": "MedicationRequest",
        "id": "draft1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": drug,
        "dosageInstruction": list(dosage or [dose(20, **TWICE)]),
        "dispenseRequest": {
            "expectedSupplyDuration": {"value": 30, "code": "d"},
            "quantity": {"value": 60},
            "numberOfRepeatsAllowed": 0,
        },
    } | more


def _answers(resource: Json, query: Query) -> bool:
    """Whether a server would give this resource for a query."""
    codes = [e["code"] for e in resource.get("code", {}).get("coding", [])]
    wanted = "code=" not in query.template or any(f"|{c}" in query.template for c in codes)
    return bool(resource["resourceType"] == query.resource and wanted)


def prefetch(*record: Json, without: tuple[str, ...] = ()) -> Json:
    """What the EHR sends along: a searchset of each kind, null where there is nothing."""
    sent: Json = {}
    for key, query in KEYS.items():
        fitting = [{"resource": r} for r in record if _answers(r, query)]
        found = {"resourceType": "Bundle", "type": "searchset", "entry": fitting}
        sent[key] = found if fitting else None
    sent["patient"] = PATIENT
    return {key: value for key, value in sent.items() if key not in without}


def call(*orders: Json, hook: str = "order-sign", sent: Json | None = None, **more: Any) -> Json:
    """The body of a call. The Bundle of drafts has no type, as that of the mock-ups has none."""
    context: Json = {"userId": "Practitioner/pra1", "patientId": "p1"}
    if hook in ("order-sign", "order-select"):
        entries = [{"resource": each} for each in orders]
        context["draftOrders"] = {"resourceType": "Bundle", "entry": entries}
    if hook == "order-select":
        context["selections"] = [f"MedicationRequest/{each['id']}" for each in orders]
    return {
        "hook": hook,
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": context | more.pop("context", {}),
        "prefetch": prefetch(WEIGHT) if sent is None else sent,
        "extension": {"davinci-crd.configuration": {"alt-drug": True}},
    } | more


def asked(body: Json | str, hook: str | None = None, **more: Any) -> Asked:
    """A call as the service reads it."""
    name = hook or (body.get("hook", "order-sign") if isinstance(body, dict) else "order-sign")
    service = next(each for each in SERVICES.values() if each.hook == name)
    text = body if isinstance(body, str) else json.dumps(body)
    return Asked(read_request(text, service), NOW, **more)


def cards(body: Json, **more: Any) -> list[Json]:
    """The cards that answer a call; each is checked against the form of a card."""
    found: list[Json] = answer(asked(body, **more))["cards"]
    for each in found:
        check(each)
    return found


def check(card: Json) -> None:
    """A card in the form of CDS Hooks 2.0."""
    assert 0 < len(card["summary"]) < 140
    assert card["indicator"] in ("info", "warning", "critical")
    assert card["source"]["label"] and card["uuid"]
    for link in card["links"]:
        assert link["type"] in ("absolute", "smart") and link["url"].startswith("https://")
    assert ("suggestions" in card) == ("selectionBehavior" in card)
    for suggestion in card.get("suggestions", []):
        assert suggestion["label"] and suggestion["uuid"] and suggestion["actions"]
        for action in suggestion["actions"]:
            assert action["type"] in ("create", "update", "delete") and action["description"]
            assert ("resourceId" in action) == (action["type"] == "delete")


def said(found: list[Json], indicator: str | None = None) -> str:
    """What the cards say, in one text."""
    wanted = [e for e in found if indicator in (None, e["indicator"])]
    return "\n".join(f"{e['summary']}\n{e['detail']}" for e in wanted)
