"""Calls in the wrong form, calls without a record, the other hooks, discovery and feedback."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from tests.exchange.fhir.bundles import PATIENT, RXNORM, code, dose, request
from tests.exchange.fhir.test_examples import JUNK
from tests.exchange.hooks.calls import (
    KEYS,
    NOW,
    TWICE,
    WEIGHT,
    asked,
    call,
    cards,
    order,
    prefetch,
    said,
)

from isocourse.exchange.hooks import (
    SERVICES,
    BadRequest,
    DataNeeded,
    answer,
    discovery,
    read_feedback,
)
from isocourse.exchange.hooks.queries import by_hand, facts_needed, queries
from isocourse.words.tokens import PLACES


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"hook": "patient-view"}, "expected order-sign"),
        ({"hook": None}, "hook"),
        ({"hookInstance": None}, "hookInstance"),
        ({"hookInstance": 7}, "hookInstance"),
        ({"context": None}, "context"),
        ({"prefetch": []}, "prefetch"),
    ],
)
def test_a_call_in_the_wrong_form_says_what(change: Any, told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        asked(call(order()) | change, hook="order-sign")


@pytest.mark.parametrize("patient", [None, "", "../secret", "p1?x=1", 7, "x" * 65])
def test_the_id_of_a_patient_is_one(patient: Any) -> None:
    with pytest.raises(BadRequest, match="patientId"):
        asked(call(order(), context={"patientId": patient}))


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "7", "[" * 10_000])
def test_what_is_no_object_is_refused(body: str) -> None:
    with pytest.raises(BadRequest):
        asked(body)


def test_drafts_have_to_be_there() -> None:
    with pytest.raises(BadRequest, match="draftOrders"):
        asked(call(order(), context={"draftOrders": None}))


def test_a_missing_prefetch_is_named_when_no_server_can_be_read() -> None:
    with pytest.raises(DataNeeded, match="weights"):
        cards(call(order(), sent=prefetch(WEIGHT, without=("weights",))))
    failed = prefetch() | {"weights": {"resourceType": "OperationOutcome"}}
    with pytest.raises(DataNeeded, match="weights"):
        cards(call(order(), sent=failed))
    more = {"resourceType": "Bundle", "link": [{"relation": "next", "url": "https://x"}]}
    with pytest.raises(DataNeeded, match="weights"):
        cards(call(order(), sent=prefetch() | {"weights": more}))
    with pytest.raises(DataNeeded, match="patient"):
        cards(call(order(), sent=prefetch() | {"patient": None}))


def test_the_record_of_another_patient_is_refused() -> None:
    other = prefetch(WEIGHT) | {"patient": PATIENT | {"id": "p2"}}
    with pytest.raises(BadRequest, match="Patient/p2"):
        cards(call(order(), sent=other))


def test_what_was_not_sent_is_read_from_the_server() -> None:
    read = []

    def reads(address: str) -> Any:
        read.append(address)
        weight = {"resourceType": "Bundle", "entry": [{"resource": WEIGHT}]}
        return PATIENT if address == "Patient/p1" else weight if "29463" in address else {
            "resourceType": "Bundle"
        }  # fmt: skip

    whole = cards(call(order(), sent={}), reads=reads)
    assert said(whole) == said(cards(call(order())))
    assert len(read) == len(KEYS) and all("p1" in each for each in read)


def test_a_server_that_fails_is_no_record() -> None:
    def reads(address: str) -> Any:
        raise OSError("down")

    with pytest.raises(DataNeeded):
        cards(call(order(), sent={}), reads=reads)


def test_a_medicine_that_was_not_sent_is_looked_up() -> None:
    drug = {"resourceType": "Medication", "id": "m9", "code": code(RXNORM, "197844", "x")}
    draft = order(medicationReference={"reference": "Medication/m9"})
    del draft["medicationCodeableConcept"]
    found = cards(call(draft), reads=lambda _: drug)
    assert "cannot be cleared" in said(found)
    assert "names no medicine" in said(cards(call(draft)))


def test_an_order_that_goes_to_a_pharmacy() -> None:
    written = request(dose(20, **TWICE), authoredOn="2026-11-25")
    body = call(hook="order-dispatch", sent=prefetch(WEIGHT, written))
    body["context"] |= {"order": "MedicationRequest/rx1", "performer": "Organization/1"}
    assert "cannot be cleared" in said(cards(body))
    body["context"] |= {"order": None, "dispatchedOrders": ["MedicationRequest/rx1"]}
    assert "cannot be cleared" in said(cards(body))


def test_another_order_that_goes_out_gives_no_cards() -> None:
    body = call(hook="order-dispatch", sent={}, context={"order": "ServiceRequest/1"})
    assert cards(body) == []
    other = request(dose(1), medicationCodeableConcept={"text": "paracetamol"})
    body = call(hook="order-dispatch", sent=prefetch(other))
    body["context"]["order"] = "MedicationRequest/rx1"
    assert cards(body) == []


def test_an_order_that_nobody_has_is_named() -> None:
    body = call(hook="order-dispatch", context={"order": "MedicationRequest/none"})
    with pytest.raises(DataNeeded, match="none"):
        cards(body)
    with pytest.raises(BadRequest, match=r"context\.order"):
        asked(call(hook="order-dispatch"))


def test_a_patient_without_isotretinoin_gives_no_cards() -> None:
    assert cards(call(hook="patient-view")) == []


def test_a_patient_on_isotretinoin_is_told_of() -> None:
    written = request(dose(20, **TWICE), authoredOn="2026-09-01")
    given_over = {
        "resourceType": "MedicationDispense",
        "id": "d1",
        "status": "completed",
        "medicationCodeableConcept": code(RXNORM, "197844"),
        "authorizingPrescription": [{"reference": "MedicationRequest/rx1"}],
        "whenHandedOver": "2026-09-02",
        "quantity": {"value": 60},
    }
    found = cards(call(hook="patient-view", sent=prefetch(WEIGHT, written, given_over)))
    assert "Overdue" in said(found)


def test_discovery_asks_for_what_the_rules_read() -> None:
    told = discovery(("us",), date(2026, 12, 1))["services"]
    assert {each["hook"] for each in told} == {e.hook for e in SERVICES.values()}
    for each in told:
        assert each["prefetch"]["patient"] == "Patient/{{context.patientId}}"
        assert "29463-7" in each["prefetch"]["weights"]
        assert all("{{context.patientId}}" in one for one in each["prefetch"].values())


def test_every_fact_that_a_rule_reads_is_asked_for_or_recorded_by_hand() -> None:
    needed = facts_needed(PLACES, NOW.date())
    served = {fact for fact in needed if len(queries([fact])) > 1}
    derived = {"age_years"}  # from the patient, who is always read
    left = {fact for fact in needed - served - derived if not by_hand(fact)}
    assert not left


def test_a_query_that_no_rule_needs_is_not_asked() -> None:
    assert [each.key for each in queries(["weight"])] == ["patient", "weights"]


def test_feedback_is_read_and_comments_are_left_out() -> None:
    entry = {
        "card": "4e0a3a1e",
        "outcome": "overridden",
        "overrideReason": {"reason": {"code": "corrected"}, "userComment": "Ada Berg"},
        "outcomeTimestamp": "2026-11-26T15:00:00Z",
    }
    (found,) = read_feedback(json.dumps({"feedback": [entry]}))
    assert (found.outcome, found.reason) == ("overridden", "corrected")
    assert "Ada" not in repr(found)


@pytest.mark.parametrize(
    "body",
    ["", "{}", '{"feedback": []}', '{"feedback": [{"card": "x"}]}', '{"feedback": [7]}',
     '{"feedback": [{"card": "x", "outcome": "liked"}]}'],
)  # fmt: skip
def test_feedback_in_the_wrong_form_is_refused(body: str) -> None:
    with pytest.raises(BadRequest):
        read_feedback(body)


@given(JUNK, JUNK, JUNK)
def test_junk_in_a_call_is_answered_or_refused(one: Any, two: Any, three: Any) -> None:
    bodies = [
        call(order()) | {"context": one, "prefetch": two},
        call(order(), context={"draftOrders": {"entry": [one, {"resource": two}]}}),
        call(order(dosageInstruction=one, dispenseRequest=two, subject=three)),
        call(order(), sent=prefetch() | {"weights": one, "conditions": two, "patient": three}),
    ]
    for body in bodies:
        try:
            assert "cards" in answer(asked(body, hook="order-sign"))
        except (BadRequest, DataNeeded) as refused:
            assert str(refused)
