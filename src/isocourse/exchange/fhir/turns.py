"""What became of an event later in its log: taken back, cancelled, handed over, sent back.

The resource of an event says so in its status, because who reads one resource sees no other.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from isocourse.exchange.fhir.looking import Json

IN_ERROR = "entered-in-error"
_VERIFIED = {
    "Condition": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
    "AllergyIntolerance": "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
}


class Turn(NamedTuple):
    """The status that an event has now, and the event that gave it."""

    status: str
    by: str


def turns(events: Iterable[Json]) -> dict[str, Turn]:
    """By event, what became of it; an event that stands as it was written is not among them."""
    held = list(events)
    found = {each["event"]: Turn(IN_ERROR, each["id"]) for each in held if _is(each, "retract")}
    standing = [each for each in held if each["id"] not in found]
    supply = sorted((e for e in standing if "prescription_id" in e), key=lambda e: e["at"][:10])
    return dict(_returned(supply)) | dict(_prescribed(supply)) | found


def _is(event: Json, kind: str) -> bool:
    return bool(event.get("kind") == kind)


def _returned(supply: list[Json]) -> Iterator[tuple[str, Turn]]:
    """A hand-over whose capsules came back: the latest of its prescription."""
    out: dict[str, list[str]] = {}
    for each in supply:
        of = out.setdefault(each["prescription_id"], [])
        if _is(each, "dispense"):
            of.append(each["id"])
        elif _is(each, "return_to_stock") and of:
            yield of.pop(), Turn("cancelled", each["id"])


def _prescribed(supply: list[Json]) -> Iterator[tuple[str, Turn]]:
    """A prescription that is cancelled, handed over in full, or followed by a newer one."""
    written = [each for each in supply if _is(each, "prescription")]
    back = {name for name, _ in _returned(supply)}
    for number, each in enumerate(written):
        after = [e for e in supply if e["prescription_id"] == each["prescription_id"]]
        cancels = [e["id"] for e in after if _is(e, "cancel")]
        given = [e["id"] for e in after if _is(e, "dispense") and e["id"] not in back]
        wanted = 1 + (each.get("refills") or 0)
        if len(given) >= wanted:
            yield each["id"], Turn("completed", given[wanted - 1])
        elif cancels:
            yield each["id"], Turn("cancelled", cancels[0])
        elif number + 1 < len(written):
            yield each["id"], Turn("stopped", written[number + 1]["id"])


def stated(resource: Json, turn: Turn | None) -> Json:
    """A resource with the status that its event has now."""
    if turn is None:
        return resource
    kind = resource["resourceType"]
    if kind in _VERIFIED and turn.status == IN_ERROR:
        kept = {name: value for name, value in resource.items() if name != "clinicalStatus"}
        coded = {"coding": [{"system": _VERIFIED[kind], "code": IN_ERROR}]}
        return kept | {"verificationStatus": coded}
    return resource | {"status": turn.status} if "status" in resource else resource
