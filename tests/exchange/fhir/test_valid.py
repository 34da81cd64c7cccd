"""What is written holds against the definitions of FHIR R4, judged by validators of others.

pyrofile-validator reads HL7's own structures and value sets (4.0.1); fhir.resources has models of
its own (R4B, 4.3.0), which are stricter about types and know no code lists.
"""

import json
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.agree import logs
from tests.cli.running import EXAMPLES
from tests.events.contract import FULL
from tests.events.courses import an_event, course_with
from tests.exchange.fhir.bundles import packed
from tests.exchange.fhir.validating import validator

from isocourse.course import assess
from isocourse.events import KINDS, Course, read_course
from isocourse.exchange.fhir.turns import Turn, stated
from isocourse.exchange.fhir.writing import write_bundle

pytestmark = pytest.mark.filterwarnings("ignore")  # of the validators, not of ours


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the validator holds against a resource."""
    return validator(tmp_path_factory.mktemp("definitions"))


def every_kind() -> Course:
    """A course with one event of each kind, each field filled in."""
    said = [(kind, each) for kind, variants in FULL.items() for each in variants]
    events = [an_event(kind, f"e{n}", **each) for n, (kind, each) in enumerate(said)]
    for number, event in enumerate(each for each in events if each["kind"] == "prescription"):
        event["prescription_id"] = f"rx{number}"
    retract = next(each for each in events if each["kind"] == "retract")
    retract["event"] = events[0]["id"]
    return read_course(json.dumps(course_with(*events)))


def test_a_bundle_with_every_kind_is_valid(errors: Any) -> None:
    course = every_kind()
    assert {each.kind for each in course.events} == set(KINDS)
    assert errors(write_bundle(course)) == []


def test_what_was_taken_back_is_valid_and_says_so(errors: Any) -> None:
    turn = Turn("entered-in-error", "e1")
    for kind in ("Condition", "AllergyIntolerance", "Observation", "Consent", "DocumentReference"):
        resource = stated(_written(kind), turn)
        assert errors(resource) == [], kind
        assert "entered-in-error" in json.dumps(resource) and "clinicalStatus" not in resource


def test_what_the_assessment_says_is_valid(errors: Any) -> None:
    course = read_course((EXAMPLES / "1-us-window-of-march.course.json").read_bytes())
    bundle = write_bundle(course, assess(course, date(2026, 3, 20)))
    derived = [e for e in bundle["entry"] if "meta" in e["resource"]]
    assert {e["resource"]["resourceType"] for e in derived} >= {"GuidanceResponse", "Task"}
    one_of_each = {e["resource"]["resourceType"]: e for e in derived}
    assert errors(bundle | {"entry": [bundle["entry"][0], *one_of_each.values()]}) == []


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("MedicationRequest", {"status": "banana"}),
        ("MedicationRequest", {"intent": None}),
        ("Observation", {"status": "banana"}),
        ("Condition", {"clinicalStatus": {"coding": [{"system": "urn:x", "code": "banana"}]}}),
        ("Encounter", {"bananas": 1}),
        ("Consent", {"scope": None}),
    ],
)
def test_the_validator_would_see_what_is_wrong(errors: Any, kind: str, change: Any) -> None:
    resource = _written(kind)
    assert errors(resource) == []
    changed = {k: v for k, v in (resource | change).items() if v is not None}
    assert errors(changed)


def _written(kind: str) -> Any:
    held = (each["resource"] for each in write_bundle(every_kind())["entry"])
    found = next(each for each in held if each["resourceType"] == kind)
    whose = "patient" if "patient" in found else "subject"
    return found | {whose: {"reference": "Patient/p1"}}


@settings(max_examples=settings.default.max_examples // 10)
@given(logs.asked_courses())
def test_every_resource_is_one_of_the_models(asked: Any) -> None:
    file, at, _ = asked
    course = logs.course_of(file)
    for resource in _resources(course, at):
        module = import_module(f"fhir.resources.R4B.{resource['resourceType'].lower()}")
        getattr(module, resource["resourceType"]).model_validate(resource)


def _resources(course: Course, at: Any) -> Iterator[Any]:
    for entry in write_bundle(course, assess(course, at))["entry"]:
        yield entry["resource"]


def test_references_lead_to_entries_of_the_bundle() -> None:
    course = read_course((EXAMPLES / "1-us-window-of-march.course.json").read_bytes())
    bundle = write_bundle(course, assess(course, date(2026, 3, 20)))
    urls = [e["fullUrl"] for e in bundle["entry"]]
    named = set(_references(bundle))
    assert len(set(urls)) == len(urls) and named and named <= set(urls)


def _references(held: Any) -> Iterator[str]:
    if isinstance(held, dict):
        if isinstance(held.get("reference"), str) and held["reference"].startswith("urn:"):
            yield held["reference"]
        held = list(held.values())
    if isinstance(held, list):
        for each in held:
            yield from _references(each)


def test_the_definitions_are_those_of_hl7() -> None:
    held = packed("definitions.json.gz")
    assert all(
        e["url"].startswith(("http://hl7.org/fhir/", "http://terminology.hl7.org/")) for e in held
    )
    assert Path(__file__).with_name("NOTICE.md").is_file()
