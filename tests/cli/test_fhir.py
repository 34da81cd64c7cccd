"""A Bundle at the command line: assessed, checked, turned into a course file and back."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.running import DAY_7, MARCH, answered, call, refused
from tests.exchange.fhir.bundles import (
    NEGATIVE,
    PATIENT,
    bundle,
    dose,
    observation,
    pregnancy_test,
    request,
)

from isocourse.course.schema import assessment_schema

ONCE = {"frequency": 1, "period": 1, "periodUnit": "d"}
AT = ("--at", "2026-11-22")
UNCLEAR = pregnancy_test({"valueString": "see report"}) | {"id": "odd"}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Write a Bundle of these resources; its name."""

    def written(*resources: Any, **more: Any) -> str:
        file = tmp_path / "bundle.json"
        file.write_text(json.dumps(bundle(*resources, **more)), encoding="utf-8")
        return str(file)

    return written


def _json(*words: str) -> Any:
    found = json.loads(answered(call(*words, "--json")))
    assert not list(Draft202012Validator(assessment_schema()).iter_errors(found))
    return found


def test_a_bundle_is_assessed_like_a_course_file(write: Any) -> None:
    asked = {"quantity": {"value": 90}, "numberOfRepeatsAllowed": 3}
    name = write(request(dose(40, **ONCE), dispenseRequest=asked))
    found = _json("assess", name, *AT)
    rules = {each["rule"] for each in found["actions"]["dispense"]["reasons"]}
    assert {"supply.too_many_days", "supply.refills"} <= rules and "unmapped" not in found


def test_what_is_not_mapped_stands_in_the_answer_and_on_the_page(write: Any) -> None:
    name = write(observation({"text": "Body height"}))
    assert _json("assess", name, *AT)["unmapped"][0]["where"] == "Observation/o1.code"
    assert "Not mapped from FHIR" in answered(call("assess", name, *AT))


def test_a_test_that_cannot_be_read_holds_back(write: Any) -> None:
    found = _json("assess", write(UNCLEAR), *AT)
    for action in ("start", "prescribe"):
        assert found["actions"][action]["verdict"] == "unknown"
    assert found["unmapped"][0]["closes"] == "pregnancy_test"


def _ready(*more: Any) -> Any:
    """The example whose gate is open on 7 March, as a Bundle with some more resources."""
    held = json.loads(answered(call("fhir", MARCH, "--at", DAY_7, "--bare")))
    whose = next(e for e in held["entry"] if e["resource"]["resourceType"] == "Patient")
    subject = {"subject": {"reference": whose["fullUrl"]}}
    held["entry"] += [{"resource": each | subject} for each in more]
    return held


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ((), "allowed"),
        ((UNCLEAR | {"effectiveDateTime": "2026-03-05"},), "unknown"),
        ((UNCLEAR | {"effectiveDateTime": "2026-03-01"},), "unknown"),
        ((UNCLEAR | {"effectiveDateTime": "2026-03-20"},), "allowed"),  # after the day asked
        ((UNCLEAR | {"effectiveDateTime": "2025-01-01"},), "allowed"),  # later ones were read
        ((request({"text": "as directed"}, authoredOn="2026-03-02"),), "unknown"),
        ((observation({"text": "Body height"}),), "allowed"),
    ],
)
def test_only_what_bears_on_it_holds_an_open_gate_back(
    tmp_path: Path, more: Any, verdict: str
) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(_ready(*more)), encoding="utf-8")
    found = _json("assess", str(file), "--at", DAY_7)
    assert found["actions"]["dispense"]["verdict"] == verdict
    reasons = found["actions"]["dispense"]["reasons"]
    assert any(each["rule"] == "record.unread" for each in reasons) == (verdict == "unknown")
    if verdict == "unknown":
        assert "could not be read" in answered(call("assess", str(file), "--at", DAY_7))


def test_a_plan_is_refused_while_something_that_closes_cannot_be_read(write: Any) -> None:
    assert "Observation/odd" in refused(call("plan", write(UNCLEAR), *AT))
    answered(call("plan", write(pregnancy_test(NEGATIVE)), *AT))


def test_check_tells_what_is_not_mapped_and_what_no_course_can_be_made_of(write: Any) -> None:
    name = write(pregnancy_test(NEGATIVE) | {"category": []})
    assert "where it was done" in answered(call("check", name))
    nowhere = write(patient=PATIENT | {"address": []})
    told = call("check", nowhere)
    assert told.exit_code == 2 and "--place" in told.output
    answered(call("check", nowhere, "--place", "uk"))


def test_a_place_is_named_or_refused(write: Any) -> None:
    nowhere = write(patient=PATIENT | {"address": []})
    assert "--place" in refused(call("assess", nowhere, *AT))
    assert _json("assess", nowhere, *AT, "--place", "de")["place"] == "de"
    assert "'mars'" in refused(call("assess", nowhere, *AT, "--place", "mars"))


def test_there_and_back(tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(answered(call("fhir", MARCH, "--at", DAY_7)), encoding="utf-8")
    again = json.loads(answered(call("fhir", str(file))))
    assert again == json.loads(Path(MARCH).read_text(encoding="utf-8"))
    kinds = {e["resource"]["resourceType"] for e in json.loads(file.read_text())["entry"]}
    assert {"GuidanceResponse", "Task", "MedicationRequest"} <= kinds


def test_what_is_not_mapped_is_told_on_standard_error(write: Any) -> None:
    done = call("fhir", write(observation({"text": "Body height"})))
    assert done.exit_code == 0 and "Observation/o1.code" in done.stderr
    assert json.loads(done.stdout)["events"] == []


@pytest.mark.parametrize("text", ['{"resourceType": "Patient"}', '{"resourceType": "Bundle"}'])
def test_what_is_no_bundle_of_a_patient_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    for command in ("assess", "fhir"):
        refused(call(command, str(file)))
