"""HL7's own examples, whole and broken, go through: each is a course, or refused in sentences."""

import copy
import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.events.courses import fewer
from tests.exchange.fhir.bundles import PATIENT, bundle, packed

from isocourse.exchange.fhir import BadBundle, Read, read_bundle


def _about_ours(example: Any) -> Any:
    """The same about the patient of these tests; what is about somebody else is not read."""
    ours = {"reference": f"Patient/{PATIENT['id']}"}
    return example | {key: ours for key in ("subject", "patient") if key in example}


EXAMPLES = [_about_ours(each) for each in packed("examples.json.gz")]
KINDS = sorted({each["resourceType"] for each in EXAMPLES} - {"Bundle", "Patient"})


def _read(held: Any) -> Read | None:
    """What is read; None when it was refused with its reasons."""
    try:
        return read_bundle(json.dumps(held), place="us")
    except BadBundle as refused:
        assert refused.problems and "pydantic" not in str(refused)
        return None


def test_there_are_examples_of_everything_that_is_read() -> None:
    assert Counter(e["resourceType"] for e in EXAMPLES)["Observation"] > 40
    assert len(KINDS) >= 12


@pytest.mark.parametrize("kind", KINDS)
def test_each_example_becomes_events_or_is_told(kind: str) -> None:
    for example in (each for each in EXAMPLES if each["resourceType"] == kind):
        found = _read(bundle(example))
        assert found is not None
        told = [each for each in found.unmapped if example["id"] in each.where]
        referred = kind in ("Medication", "Practitioner", "PractitionerRole", "Specimen")
        assert referred or told or found.course.events, example["id"]


def test_whole_bundles_and_patients_go_through() -> None:
    for example in EXAMPLES:
        if example["resourceType"] == "Bundle":
            _read(example)
        if example["resourceType"] == "Patient":
            _read(bundle(patient=example))


def test_all_at_once() -> None:
    found = _read(bundle(*(e for e in EXAMPLES if e["resourceType"] not in ("Bundle", "Patient"))))
    assert found is not None and len(found.course.events) > 60
    assert {e.kind for e in found.course.events} >= {"medicine", "condition", "allergy", "weight"}


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", " ", "banana", "2026-02-30", "\u0000", "x" * 300, "#", "Patient/p1"]),
    st.sampled_from([[], {}, [[]], [None], {"value": "1"}, {"coding": "x"}, {"reference": "#"}]),
)


def _spots(held: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = (
        held.items()
        if isinstance(held, dict)
        else enumerate(held)
        if isinstance(held, list)
        else ()
    )
    return [spot for key, each in steps for spot in ((*path, key), *_spots(each, (*path, key)))]


@given(st.data())
def test_a_broken_resource_crashes_nothing(data: st.DataObject) -> None:
    example = copy.deepcopy(data.draw(st.sampled_from(EXAMPLES)))
    for _ in range(data.draw(st.integers(1, 3))):
        spots = _spots(example)
        if spots:
            *above, last = data.draw(st.sampled_from(spots))
            held = example
            for step in above:
                held = held[step]
            held[last] = data.draw(JUNK)
    whole = example if example.get("resourceType") == "Bundle" else bundle(example)
    _read(whole)


@fewer
@given(st.recursive(JUNK, lambda inside: st.lists(inside) | st.dictionaries(
    st.sampled_from(["resourceType", "entry", "resource", "status", "code"]), inside)))  # fmt: skip
def test_any_json_is_read_or_refused(held: Any) -> None:
    _read(held)
    _read({"resourceType": "Bundle", "entry": held})
    _read(bundle(patient=PATIENT, entry=[{"resource": PATIENT}, {"resource": held}]))


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '{"resourceType": "Bundle"}'])
def test_what_is_no_bundle_is_refused(text: str) -> None:
    with pytest.raises(BadBundle):
        read_bundle(text)
