"""Takes from HL7's own packages (CC0) what the tests need offline: definitions and examples.

    python tests/exchange/fhir/vendor.py EXAMPLES.tgz EXPANSIONS.tgz

The packages are hl7.fhir.r4.examples 4.0.1 and hl7.fhir.r4.expansions 4.0.1 of npm (`npm pack`).
Written: definitions.json.gz (structures of the types we emit, with the value sets that they
require) and examples.json.gz (one of each kind of example that the importer reads).
"""

import gzip
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EMITTED = [
    "Bundle",
    "Patient",
    "EpisodeOfCare",
    "Observation",
    "Condition",
    "AllergyIntolerance",
    "Encounter",
    "Consent",
    "DocumentReference",
    "MedicationRequest",
    "MedicationDispense",
    "MedicationStatement",
    "Basic",
    "GuidanceResponse",
    "DetectedIssue",
    "Task",
    "OperationOutcome",
    "CapabilityStatement",
]
READ = [
    "Bundle",
    "Patient",
    "Condition",
    "Observation",
    "MedicationRequest",
    "MedicationDispense",
    "MedicationStatement",
    "AllergyIntolerance",
    "QuestionnaireResponse",
    "Consent",
    "Procedure",
    "Encounter",
    "Medication",
    "Practitioner",
    "PractitionerRole",
    "Specimen",
]
_DROPPED = ("text", "differential", "mapping", "contact", "extension", "useContext")
_OF_AN_ELEMENT = [
    "id",
    "path",
    "min",
    "max",
    "type",
    "binding",
    "constraint",
    "contentReference",
    "sliceName",
    "fixedUri",
    "fixedCode",
    "base",
]


def _resources(package: str, *kinds: str) -> Iterator[dict[str, Any]]:
    with tarfile.open(package, "r:gz") as held:
        for member in held:
            name = Path(member.name).name
            if member.isfile() and name.endswith(".json") and name.split("-")[0] in kinds:
                file = held.extractfile(member)
                assert file is not None
                yield json.loads(file.read())


_LEFT_OUT = ("dom-6", "ele-1", "ext-1")
"""Advice, and what a broken structure shows anyway; asked of every element they take most time."""


def _element(held: dict[str, Any]) -> dict[str, Any]:
    slim = {k: v for k, v in held.items() if k in _OF_AN_ELEMENT or k.startswith(("fixed", "max"))}
    rules = [each for each in slim.pop("constraint", []) if each.get("key") not in _LEFT_OUT]
    return slim | ({"constraint": rules} if rules else {})


def _structure(held: dict[str, Any]) -> dict[str, Any]:
    slim = {k: v for k, v in held.items() if k not in _DROPPED}
    elements = held.get("snapshot", {}).get("element", [])
    slim["snapshot"] = {"element": [_element(each) for each in elements]}
    return slim


def _required(structures: list[dict[str, Any]]) -> set[str]:
    return {
        element["binding"]["valueSet"].partition("|")[0]
        for each in structures
        for element in each["snapshot"]["element"]
        if element.get("binding", {}).get("strength") == "required"
    }


def _with_expansion(held: dict[str, Any]) -> dict[str, Any]:
    codes = [
        {"system": e["system"], "code": e["code"]}
        for e in held.get("expansion", {}).get("contains", [])
        if "system" in e and "code" in e
    ]
    systems = {e["system"] for e in codes}
    include = [
        {"system": s, "concept": [{"code": e["code"]} for e in codes if e["system"] == s]}
        for s in sorted(systems)
    ]
    head = {k: held[k] for k in ("resourceType", "id", "url", "version", "name", "status")}
    return head | {"compose": {"include": include}, "expansion": {"contains": codes}}


def _write(name: str, held: list[dict[str, Any]]) -> None:
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (HERE / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def main(examples: str, expansions: str) -> None:
    """Write both files."""
    base = "http://hl7.org/fhir/StructureDefinition/"
    structures = [
        _structure(each)
        for each in _resources(examples, "StructureDefinition")
        if each.get("url", "").startswith(base)
        and each.get("derivation") != "constraint"
        and (each["kind"] != "resource" or each["type"] in (*EMITTED, "Resource", "DomainResource"))
        and each["kind"] != "logical"
    ]
    wanted = _required(structures)
    sets = [
        _with_expansion(each)
        for each in _resources(expansions, "ValueSet")
        if each.get("url") in wanted
    ]
    _write("definitions.json.gz", sorted(structures + sets, key=lambda e: e["url"]))
    found = [{k: v for k, v in e.items() if k != "text"} for e in _resources(examples, *READ)]
    small = [each for each in found if len(json.dumps(each)) < 60_000]
    _write("examples.json.gz", sorted(small, key=lambda e: (e["resourceType"], e["id"])))


if __name__ == "__main__":
    main(*sys.argv[1:])
