"""Draft orders: each of isotretinoin gets its cards, every other none."""

from typing import Any

import pytest
from tests.exchange.fhir.bundles import (
    LOINC,
    NEGATIVE,
    PATIENT,
    POSITIVE,
    RXNORM,
    code,
    dose,
    observation,
    pregnancy_test,
    request,
)
from tests.exchange.hooks.calls import TWICE, WEIGHT, call, cards, order, prefetch, said

DOXYCYCLINE = code(RXNORM, "1650142", "doxycycline hyclate 100 MG Oral Tablet")


@pytest.mark.parametrize("hook", ["order-sign", "order-select"])
def test_what_is_missing_is_named_on_a_card(hook: str) -> None:
    found = cards(call(order(), hook=hook))
    missing = said(found, "warning")
    assert "cannot be cleared" in missing
    for ask in ("patient's enrolment", "birth defects", "pregnancy category"):
        assert ask in missing


def test_another_drug_gives_no_cards_and_needs_no_record() -> None:
    other = order(medicationCodeableConcept=DOXYCYCLINE)
    assert cards(call(other, sent={})) == []
    assert cards(call(sent={})) == []
    x_ray = {"resourceType": "ServiceRequest", "id": "x", "status": "draft", "intent": "order"}
    assert cards(call(x_ray, sent={})) == []
    skin = order(medicationCodeableConcept={"text": "isotretinoin 0.05 % gel"})
    assert cards(call(skin, sent={})) == []


def test_the_second_draft_is_checked_as_well() -> None:
    other = order(id="first", medicationCodeableConcept=DOXYCYCLINE)
    found = cards(call(other, order(dose(200, **TWICE))))
    assert "400 mg a day" in said(found, "critical")


def test_a_medicine_drafted_beside_it_counts() -> None:
    other = order(id="first", medicationCodeableConcept=DOXYCYCLINE)
    assert "etracycline" in said(cards(call(other, order())), "critical")
    assert "etracycline" not in said(cards(call(order())), "critical")


def test_two_hundred_mg_twice_a_day_is_taken_for_a_slip() -> None:
    found = cards(call(order(dose(200, **TWICE))))
    first = found[0]
    assert first["indicator"] == "critical" and first["summary"].startswith("400 mg a day")
    assert first["suggestions"][0]["actions"][0]["resourceId"] == "MedicationRequest/draft1"
    assert first["source"]["label"] == "Safety bounds of isocourse"


def test_ninety_capsules_with_three_refills() -> None:
    asked = {"quantity": {"value": 90}, "numberOfRepeatsAllowed": 3}
    critical = said(cards(call(order(dispenseRequest=asked))), "critical")
    assert "45 days; at most 30" in critical and "3 refills; none" in critical
    assert "iPLEDGE" in critical


def test_a_slip_of_the_dose_hides_neither_days_nor_refills() -> None:
    asked = {"expectedSupplyDuration": {"value": 45, "code": "d"}, "numberOfRepeatsAllowed": 3}
    critical = said(cards(call(order(dose(200, **TWICE), dispenseRequest=asked))), "critical")
    assert all(each in critical for each in ("400 mg a day", "45 days", "3 refills"))


def test_an_unusable_weight_is_said_and_silences_nothing() -> None:
    weight = {"valueQuantity": {"value": 155, "unit": "mg"}, "effectiveDateTime": None}
    record = prefetch(WEIGHT | weight | {"issued": "2026-11-20T10:00:00Z"})
    asked = {"quantity": {"value": 90}, "numberOfRepeatsAllowed": 3}
    found = cards(call(order(dose(40, **TWICE), dispenseRequest=asked), sent=record))
    assert "155" in said(found, "warning") and "A weight on record cannot be used" in said(found)
    assert "3 refills" in said(found, "critical")


def test_a_high_dose_without_a_weight_is_refused() -> None:
    found = said(cards(call(order(dose(60, **TWICE)), sent=prefetch())))
    assert "the weight has to be known" in found and "weight_needed" not in found


def test_a_dose_for_the_weight_is_quiet() -> None:
    dosed = said(cards(call(order(dose(20, **TWICE)))))
    assert "more than any label" not in dosed and "mg/kg" not in dosed
    assert "more than any label" in said(cards(call(order(dose(100, **TWICE)))), "critical")


def test_a_dose_in_words_only_is_said() -> None:
    found = cards(call(order({"text": "one capsule twice a day"})))
    assert "only words tell the dose" in said(found, "warning")
    assert "cannot be cleared" in said(found)


def test_a_positive_test_is_critical_and_a_negative_one_is_not() -> None:
    positive = cards(call(order(), sent=prefetch(WEIGHT, pregnancy_test(POSITIVE))))
    assert "positive" in said(positive, "critical").lower()
    negative = cards(call(order(), sent=prefetch(WEIGHT, pregnancy_test(NEGATIVE))))
    assert "positive" not in said(negative, "critical").lower()


def test_a_test_that_cannot_be_read_opens_nothing_and_is_named() -> None:
    odd = pregnancy_test({"valueString": "see report"})
    assert "could not be read" in said(cards(call(order(), sent=prefetch(odd))), "warning") or (
        "cannot be cleared" in said(cards(call(order(), sent=prefetch(odd))))
    )


def test_a_missing_test_can_be_ordered_from_the_card() -> None:
    found = cards(call(order()))
    actions = [a for e in found for s in e.get("suggestions", []) for a in s["actions"]]
    created = [a["resource"] for a in actions if a["type"] == "create"]
    assert created and created[0]["subject"] == {"reference": "Patient/p1"}


def test_cards_that_are_not_for_information_can_be_overridden_with_a_reason() -> None:
    for each in cards(call(order())):
        assert ("overrideReasons" in each) == (each["indicator"] != "info")


def test_a_patient_without_a_place_is_said_not_refused() -> None:
    nowhere = prefetch(WEIGHT) | {"patient": PATIENT | {"address": []}}
    assert "cannot be checked" in said(cards(call(order(), sent=nowhere)))
    assert "cannot be cleared" in said(cards(call(order(), sent=nowhere), place="uk"))


def test_a_draft_that_changes_an_order_is_not_counted_twice() -> None:
    before = request(dose(20, **TWICE), id="draft1", authoredOn="2026-11-01")
    found = cards(call(order(), sent=prefetch(WEIGHT, before)))
    assert all("draft1" not in each["summary"] for each in found)


def test_names_of_cards_are_stable_within_a_call_and_differ_between_calls() -> None:
    body = call(order())
    first, again = cards(body), cards(body)
    other = cards(body | {"hookInstance": "another"})
    assert [e["uuid"] for e in first] == [e["uuid"] for e in again]
    assert not {e["uuid"] for e in first} & {e["uuid"] for e in other}
    assert len({e["uuid"] for e in first}) == len(first)


@pytest.mark.parametrize("junk", [None, {}, [], "x", {"coding": "x"}, {"coding": [None]}])
def test_a_draft_with_a_broken_medicine_crashes_nothing(junk: Any) -> None:
    found = cards(call(order(medicationCodeableConcept=junk)))
    assert "names no medicine" in said(found, "warning")


def test_height_is_no_weight() -> None:
    height = observation(code(LOINC, "8302-2"), valueQuantity={"value": 1, "unit": "m"})
    assert "A weight on record" not in said(cards(call(order(), sent=prefetch(height))))


def test_an_order_for_another_patient_is_said() -> None:
    other = order(subject={"reference": "Patient/p2"})
    assert "names another patient" in said(cards(call(other)), "warning")
    assert "names another patient" not in said(cards(call(order())))
