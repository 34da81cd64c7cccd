"""The resources of one course as a server gives them: named for good, dated, and linked.

A Patient is named by the code of the course; every other resource by the code and what it is, so
that its course is found by its name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.course import Assessment
from isocourse.events import Course
from isocourse.exchange.endpoint.parameters import OF_TODAY
from isocourse.exchange.fhir.looking import Json
from isocourse.exchange.fhir.spelling import identity
from isocourse.exchange.fhir.writing import write_bundle

CODE = "urn:isocourse:course"
_CODE_LENGTH = len("ABCD-EFGH")
_FIRST = "1"
_OF_THE_MOMENT = ("identifiedDateTime", "occurrenceDateTime", "meta")


@dataclass(frozen=True, slots=True)
class Record:
    """One course as it is kept: what it says, whose it is, and when each event was taken in."""

    code: str
    course: Course
    events: tuple[Json, ...]
    name: str
    zone: ZoneInfo
    opened: datetime
    named: datetime
    taken_in: Mapping[str, datetime]
    assess: Callable[[], Assessment]


def code_of(name: str) -> str:
    """The code of the course to which the name of a resource belongs."""
    return name[:_CODE_LENGTH]


def resources(record: Record, kinds: frozenset[str]) -> list[Json]:
    """The resources of some types, in the order of the log; those of an assessment come last."""
    found = record.assess() if kinds & OF_TODAY else None
    bundle = write_bundle(record.course, found)
    made = [(e["fullUrl"], e["resource"]) for e in bundle["entry"]]
    names = _names(record, made)
    dated = _dated(record)
    at = found.at if found is not None else None
    kept = (pair for pair in made if pair[1]["resourceType"] in kinds)
    first = (_FIRST, record.opened)
    return [_served(each, names[url], names, dated.get(url, first), at) for url, each in kept]


def _names(record: Record, made: list[tuple[str, Json]]) -> dict[str, str]:
    """By address in the Bundle, the reference under which the server gives the resource."""
    names: dict[str, str] = {}
    seen: dict[str, int] = {}
    for url, each in made:
        kind = each["resourceType"]
        if kind == "Patient":
            names[url] = f"Patient/{record.code}"
            continue
        said = url
        if kind in OF_TODAY:  # their own names change with the moment
            of = each.get("moduleUri") or each["code"]["coding"][0]["code"]
            said = f"{kind} {of}"
            seen[said] = seen.get(said, 0) + 1
            said += f" {seen[said]}"
        unlike = identity(record.code, said).replace("-", "")
        names[url] = f"{kind}/{record.code}-{unlike}"
    return names


def _dated(record: Record) -> dict[str, tuple[str, datetime]]:
    """By address, which version it is and since when it is so."""
    found = {
        f"urn:uuid:{identity(record.code, 'patient')}": (_FIRST, record.named),
    }
    bearing = _bearing(record.events)
    for each in record.events:
        names = {each["id"], *bearing.get(each["id"], ())}
        url = f"urn:uuid:{identity(record.code, 0, each['id'])}"
        found[url] = (str(len(names)), max(record.taken_in[name] for name in names))
    return found


def _bearing(events: Sequence[Json]) -> Mapping[str, set[str]]:
    """By event, all others that may have changed what became of it: so its version only grows.

    For the entries of supply that is every other one, and what takes one of them back: more than
    need be, so that a system reads again and never keeps a status that has turned back.
    """
    found: dict[str, set[str]] = {}
    for each in events:
        if each["kind"] == "retract":
            found.setdefault(each["event"], set()).add(each["id"])
    supply = [each["id"] for each in events if "prescription_id" in each]
    all_of = set(supply).union(*(found.get(name, set()) for name in supply))
    return found | {name: all_of for name in supply}


def _served(
    resource: Json,
    reference: str,
    names: Mapping[str, str],
    dated: tuple[str, datetime],
    at: Any,
) -> Json:
    kind, _, name = reference.partition("/")
    made: Json = {"resourceType": kind, "id": name, "meta": {}}
    made |= {k: _linked(v, names) for k, v in resource.items() if k not in made}
    tags = resource.get("meta") or {}
    if kind in OF_TODAY:
        says = {k: v for k, v in made.items() if k not in _OF_THE_MOMENT}
        dated = (sha256(repr(says).encode()).hexdigest()[:12], at)
    made["meta"] = {"versionId": dated[0], "lastUpdated": instant(dated[1])} | tags
    return made


def _linked(held: Any, names: Mapping[str, str]) -> Any:
    """The same with references to what the server gives."""
    if isinstance(held, dict):
        return {
            k: names.get(v, v) if k == "reference" and isinstance(v, str) else _linked(v, names)
            for k, v in held.items()
        }
    return [_linked(each, names) for each in held] if isinstance(held, list) else held


def instant(moment: datetime) -> str:
    """A moment as FHIR writes an instant."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def named_patient(resource: Json, record: Record) -> Json:
    """A Patient with what the course alone does not say: the name, and the code to know it by."""
    words = record.name.split()
    name = {"text": record.name, "family": words[-1], "given": words[:-1]} if words else {}
    said = {k: v for k, v in name.items() if v}
    identifier = [{"system": CODE, "value": record.code}]
    return resource | {"identifier": identifier} | ({"name": [said]} if said else {})


def every(record: Record, kinds: frozenset[str]) -> Iterator[Json]:
    """The resources of some types, the Patient with its name."""
    for each in resources(record, kinds):
        yield named_patient(each, record) if each["resourceType"] == "Patient" else each
