"""All that the server gives holds against HL7's definitions, judged by a validator of others."""

from typing import Any

import pytest
from django.test import Client
from tests.clinic import team
from tests.clinic.fhir.system import Reader, registered
from tests.exchange.fhir.validating import validator

from isocourse.clinic.log.recording import retract
from isocourse.exchange.endpoint.parameters import SERVED

pytestmark = pytest.mark.filterwarnings("ignore")  # of the validator, not of ours


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return validator(tmp_path_factory.mktemp("definitions"))


def test_every_answer_is_valid(errors: Any, sqlite: str) -> None:
    clinic = team.clinic()
    course, _ = team.ready_to_hand_over(clinic)
    for number in course.entries.filter(form="event").values_list("number", flat=True)[:8]:
        retract(course, team.writer(clinic), f"e{number}", "wrong patient")
    reader = Reader(registered(clinic))
    assert errors(reader.get("Patient?x=1").json()) == []
    statuses = set()
    for kind in SERVED:
        bundle = reader.get(f"{kind}?_count=100").json()
        if kind in ("Patient", "Task"):
            assert errors(_shape(bundle)) == [], kind
        for each in _unlike(bundle):
            statuses.add(each.get("status"))
            assert errors(each) == [], each
    assert {"entered-in-error", "active", "completed"} <= statuses


def test_the_capability_statement_is_valid(errors: Any, sqlite: str) -> None:
    """The validator knows no list of media types (there is none), and takes what stands once in
    each of several parts for standing several times; so it is shown one part at a time, and the
    whole goes to another validator."""
    from fhir.resources.R4B.capabilitystatement import CapabilityStatement

    whole = Client().get("/fhir/metadata", secure=True).json()
    CapabilityStatement.model_validate(whole)
    (rest,) = whole["rest"]
    for each in rest["resource"]:
        longest = max(len(held) for held in each.values() if isinstance(held, list))
        for turn in range(longest if each["type"] == "Patient" else 0):
            part = {k: [v[turn % len(v)]] if isinstance(v, list) else v for k, v in each.items()}
            found = errors(whole | {"rest": [rest | {"resource": [part]}]})
            assert [e for e in found if "valueset/mimetypes" not in e.lower()] == []


def _unlike(bundle: Any) -> Any:
    """The fullest resource of each status: the validator is slow, and many differ in numbers."""
    held = [each["resource"] for each in bundle.get("entry", [])]
    return {each.get("status"): each for each in sorted(held, key=len)}.values()


def _shape(bundle: Any) -> Any:
    """The Bundle with one entry."""
    return bundle | ({"entry": bundle["entry"][:1]} if "entry" in bundle else {})
