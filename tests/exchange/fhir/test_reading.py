"""What each resource becomes; what becomes nothing is told; what could close is kept in view."""

import json
from datetime import date
from typing import Any

import pytest
from tests.exchange.fhir.bundles import (
    LOINC,
    NEGATIVE,
    PATIENT,
    POSITIVE,
    SNOMED,
    bundle,
    code,
    dose,
    events,
    observation,
    pregnancy_test,
    read,
    request,
)

from isocourse.exchange.fhir import BadBundle, read_bundle
from isocourse.exchange.fhir.codes import table

TWICE = {"frequency": 2, "period": 1, "periodUnit": "d"}


def _told(*resources: Any, **more: Any) -> str:
    return "\n".join(str(each.problem()) for each in read(*resources, **more).unmapped)


def _closing(*resources: Any) -> list[str | None]:
    return [each.closes for each in read(*resources).unmapped if each.closes]


def test_weight_and_blood_by_their_ucum_unit() -> None:
    weight = observation(code(LOINC, "29463-7"), valueQuantity={"value": 61, "code": "kg"})
    pounds = weight | {"valueQuantity": {"value": 134, "code": "[lb_av]"}}
    assert [e["unit"] for e in events(weight, pounds)] == ["kg", "lb"]
    high = [{"high": {"value": 150, "code": "mg/dL"}}]
    fat = observation(
        code(LOINC, "2571-8"), valueQuantity={"value": 120, "code": "mg/dL"}, referenceRange=high
    )
    assert events(fat)[0].items() >= {"test": "triglycerides", "upper_limit": 150}.items()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"valueQuantity": {"value": 155, "unit": "mg"}}, "a unit of kg"),
        ({"valueQuantity": {"value": 900, "code": "kg"}}, "15 to 300 kg"),
        ({"valueQuantity": {"value": 61, "comparator": ">", "code": "kg"}}, "no bound"),
        ({"valueQuantity": {"value": None}}, "no bound"),
        ({"status": "preliminary"}, "final"),
        ({"effectiveDateTime": "2026"}, "a day"),
        ({"effectiveDateTime": "2001-01-01"}, "day of birth"),
        ({"code": code(LOINC, "8302-2", "Body height")}, "Body height"),
    ],
)
def test_an_observation_that_cannot_be_used_is_told(change: dict[str, Any], told: str) -> None:
    weight = observation(code(LOINC, "29463-7"), valueQuantity={"value": 61, "code": "kg"})
    assert not events(weight | change) and told in _told(weight | change)


def test_a_weight_that_was_only_issued_counts_from_then() -> None:
    weight = observation(code(LOINC, "29463-7"), valueQuantity={"value": 61, "code": "kg"})
    issued = weight | {"effectiveDateTime": None, "issued": "2026-11-20T10:00:00Z"}
    assert events(issued)[0]["at"] == "2026-11-20T10:00:00+00:00"


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (NEGATIVE, "negative"),
        (POSITIVE, "positive"),
        ({"valueBoolean": True}, "positive"),
        ({"valueString": "Not detected"}, "negative"),
        ({"valueString": "indeterminate"}, "invalid"),
        ({"interpretation": [code("", "POS")]} | NEGATIVE, "positive"),  # what closes wins
    ],
)
def test_a_pregnancy_test_in_every_spelling(said: Any, result: str) -> None:
    (event,) = events(pregnancy_test(said))
    assert (event["result"], event["specimen"], event["setting"]) == (result, "urine", "laboratory")


def test_a_negative_test_needs_its_day_and_its_setting() -> None:
    undated = pregnancy_test(NEGATIVE) | {
        "effectiveDateTime": None,
        "issued": "2026-11-20T10:00:00Z",
    }
    assert not events(undated)
    assert not events(pregnancy_test(NEGATIVE) | {"category": []})
    assert events(pregnancy_test(POSITIVE) | {"category": [], "effectiveDateTime": None})


def test_a_specimen_says_when_it_was_taken() -> None:
    taken = {
        "resourceType": "Specimen",
        "id": "s",
        "collection": {"collectedDateTime": "2026-11-18"},
    }
    test = pregnancy_test(NEGATIVE, specimen={"reference": "Specimen/s"})
    assert events(taken, test)[0]["at"] == "2026-11-18"


def test_a_pregnancy_test_without_a_readable_result_closes() -> None:
    assert _closing(pregnancy_test({"valueString": "see report"})) == ["pregnancy_test"]
    assert _closing(pregnancy_test(POSITIVE) | {"status": "preliminary"}) == ["pregnancy_test"]
    assert not _closing(pregnancy_test(NEGATIVE))


def test_conditions_by_code_by_words_and_by_their_own_word() -> None:
    def found(**concept: Any) -> list[Any]:
        said = {
            "resourceType": "Condition",
            "id": "c",
            "code": concept,
            "onsetDateTime": "2026-01-01",
        }
        return [e["condition"] for e in events(said)]

    assert found(**code(SNOMED, "34000006")) == ["inflammatory_bowel_disease"]
    assert found(**code("http://hl7.org/fhir/sid/icd-10-cm", "K50.90")) == [
        "inflammatory_bowel_disease"
    ]
    assert found(text="Severe depression") == ["depression"]
    assert found(text="Family history of depression") == ["family history of depression"]
    assert found(text="Asthma (mild)") == ["asthma (mild)"]
    assert found() == []


def test_a_condition_without_a_day_counts_from_birth_and_a_refuted_one_not_at_all() -> None:
    pregnant = {"resourceType": "Condition", "id": "c", "code": code(SNOMED, "77386006")}
    assert events(pregnant)[0]["at"] == "2002-04-17" and "from birth" in _told(pregnant)
    assert not events(pregnant | {"verificationStatus": code("", "refuted")})
    over = pregnant | {"onsetDateTime": "2025-01-01", "abatementDateTime": "2025-09-01"}
    assert [e["status"] for e in events(over)] == ["active", "resolved"]


def test_acne_is_a_diagnosis_with_its_severity() -> None:
    acne = {
        "resourceType": "Condition",
        "id": "c",
        "code": code(SNOMED, "88616000", "Acne vulgaris"),
    }
    severe = acne | {"severity": code(SNOMED, "24484000"), "recordedDate": "2026-11-01"}
    assert events(severe) == [{"at": "2026-11-01", "kind": "diagnosis", "severity": "severe"}]
    assert not events(acne) and "mild, moderate or severe" in _told(acne)


def test_allergies_known_unknown_and_none() -> None:
    def found(**more: Any) -> list[Any]:
        return events({"resourceType": "AllergyIntolerance", "id": "a"} | more)

    assert found(code={"text": "Peanuts"})[0]["substance"] == "peanut"
    assert found(code={"text": "Bee venom"})[0]["substance"] == "bee venom"
    none = found(code=code(SNOMED, "716186003"), recordedDate="2026-11-01")
    assert none[0].items() >= {"kind": "history_review", "topics": ["allergies"]}.items()


def test_phq_9_with_its_ninth_item() -> None:
    item = {"code": code(LOINC, "44260-8"), "valueCodeableConcept": code(LOINC, "LA6569-3")}
    score = observation(code(LOINC, "44261-6"), valueQuantity={"value": 12}, component=[item])
    (event,) = events(score)
    assert (event["score"], event["item_9"]) == (12, 1)
    alone = observation(code(LOINC, "44260-8"), valueInteger=2)
    assert events(alone)[0]["concern"] == "suicidal_thoughts"


def test_a_filled_in_phq_9_adds_up() -> None:
    answer = [{"valueCoding": {"code": "LA6569-3"}}]
    items = [{"linkId": f"/{e}", "answer": answer} for e in table()["phq_9"]["questions"]]
    form = {"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed"}
    form |= {"authored": "2026-11-20", "item": items}
    assert events(form)[0].items() >= {"score": 9, "item_9": 1}.items()
    assert events(form | {"item": items[-1:]})[0]["concern"] == "suicidal_thoughts"


def test_a_visit_is_one_to_somebody_whose_role_is_known() -> None:
    visit = {
        "resourceType": "Encounter",
        "id": "e",
        "status": "finished",
        "class": {"code": "AMB"},
        "period": {"start": "2026-11-20"},
        "serviceType": code(SNOMED, "394582007"),
    }
    assert events(visit)[0].items() >= {"mode": "in_person", "role": "dermatologist"}.items()
    assert not events(visit | {"serviceType": code(SNOMED, "1")})


def test_a_hysterectomy_is_a_category_and_a_consent_of_others_is_none() -> None:
    operation = {"resourceType": "Procedure", "id": "o", "status": "completed"}
    operation |= {"code": code(SNOMED, "236886002"), "performedDateTime": "2020-01-01"}
    assert events(operation)[0]["reason"] == "hysterectomy"
    assert not events(operation | {"status": "not-done"})
    assert "no common code" in _told({"resourceType": "Consent", "id": "c", "status": "active"})


def test_nothing_of_a_resource_is_left_out_in_silence() -> None:
    weight = observation(code(LOINC, "29463-7"), valueQuantity={"value": 61, "code": "kg"})
    assert "bodySite" in _told(weight | {"bodySite": {"text": "whole"}})
    assert "Immunization/i" in _told({"resourceType": "Immunization", "id": "i"})


@pytest.mark.parametrize(
    ("patient", "told"),
    [
        (PATIENT | {"birthDate": "2002-04"}, "a whole date"),
        (PATIENT | {"address": []}, "--place"),
        (PATIENT | {"address": [{"country": "Atlantis"}]}, "--place"),
        ({"resourceType": "Basic"}, "0 patients"),
    ],
)
def test_what_no_course_can_be_made_of_is_refused(patient: Any, told: str) -> None:
    with pytest.raises(BadBundle, match=told):
        read(patient=patient)


def test_a_place_that_is_named_wins_over_the_country() -> None:
    held = json.dumps(bundle(patient=PATIENT | {"address": []}))
    assert read_bundle(held, place="uk").course.place == "uk"
    german = PATIENT | {"address": [{"country": "DE"}]}
    assert read(patient=german).course.place == "de"


def test_a_bundle_that_is_too_large_is_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isocourse.exchange.fhir.reading.MOST_RESOURCES", 2)
    assert read(pregnancy_test(NEGATIVE)).course.events
    with pytest.raises(BadBundle, match="at most 2"):
        read(pregnancy_test(NEGATIVE), pregnancy_test(POSITIVE))


def test_two_patients_are_not_one_course() -> None:
    with pytest.raises(BadBundle, match="2 patients"):
        read(PATIENT | {"id": "p2"})


def test_day_of_what_closes_is_kept() -> None:
    (found,) = [e for e in read(pregnancy_test({"valueString": "?"})).unmapped if e.closes]
    assert found.day == date(2026, 11, 20)


def test_a_resource_about_somebody_else_is_not_read() -> None:
    baby = pregnancy_test(POSITIVE, subject={"reference": "Patient/baby"})
    assert not events(baby) and "whose record this is" in _told(baby)
    for own in ("Patient/p1", "https://ehr.example/fhir/Patient/p1"):
        assert events(pregnancy_test(POSITIVE, subject={"reference": own}))


def test_a_status_that_is_not_there_counts_for_nothing_and_may_close() -> None:
    once = dose(40, frequency=1, period=1, periodUnit="d")
    assert not events(pregnancy_test(NEGATIVE) | {"status": None})
    assert _closing(pregnancy_test(POSITIVE) | {"status": None}) == ["pregnancy_test"]
    assert _closing(request(once) | {"status": "unknown"}) == ["supply"]
    assert _closing(request(once) | {"status": None}) == ["supply"]
    assert not _closing(request(once) | {"status": "draft"})
    turned = {"modifierExtension": [{"url": "urn:x"}]}
    assert _closing(request(once) | turned) == ["supply"]


def test_a_resource_that_comes_twice_counts_once() -> None:
    test = pregnancy_test(NEGATIVE)
    assert len(events(test, test)) == 1
    assert len(events(test, pregnancy_test(POSITIVE))) == 2


def test_what_people_wrote_beside_a_resource_is_kept_or_told() -> None:
    weight = observation(code(LOINC, "29463-7"), valueQuantity={"value": 61, "code": "kg"})
    noted = weight | {"note": [{"text": "in\x00 shoes"}, {"text": "गर्भ\u200dजाँच"}]}
    assert events(noted)[0]["note"] == "in  shoes\nगर्भ\u200dजाँच"
    assert not _told(noted)
    lost = weight | {"note": [{"text": "x" * 100_001}]}
    assert "note" not in events(lost)[0] and ".note" in _told(lost)
