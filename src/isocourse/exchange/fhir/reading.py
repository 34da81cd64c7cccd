"""A Bundle as a course: its events, each with where it came from, and all that is not mapped.

The Bundle may be broken in any way. What is not a patient with a day of birth, or names no place,
is refused in sentences; everything else is either an event or told.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from isocourse.events import BadCourse, Course, Problem, read_course
from isocourse.events.moments import usable
from isocourse.events.problems import shown
from isocourse.events.text import NotData, data_of
from isocourse.exchange.fhir import forms, history, observations, orders, own
from isocourse.exchange.fhir.codes import place_of
from isocourse.exchange.fhir.looking import Json, part, parts, text
from isocourse.exchange.fhir.making import Made, name_of
from isocourse.exchange.fhir.our_own import Ours, ours_in
from isocourse.exchange.fhir.telling import Unmapped, unmapped
from isocourse.words import tokens

MOST_RESOURCES = 20_000
_DEEPEST = 8


class BadBundle(BadCourse):
    """A Bundle that no course can be made of."""


@dataclass(frozen=True, slots=True)
class Read:
    """The course that a Bundle tells, and what of the Bundle is not in it."""

    course: Course
    unmapped: tuple[Unmapped, ...]


def is_fhir(data: bytes) -> bool:
    """Whether a file is a FHIR resource rather than a course file."""
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(held, dict) and isinstance(held.get("resourceType"), str)


def read_bundle(data: bytes | str, where: str = "Bundle", place: str | None = None) -> Read:
    """The course of a Bundle in JSON. Raises BadBundle with everything that keeps it from one."""
    try:
        held = data_of(data)
    except NotData as refused:
        raise BadBundle(where, [refused.problem]) from None
    return course_of(held, where, place)


def course_of(bundle: Any, where: str = "Bundle", place: str | None = None) -> Read:
    """The same of a Bundle as plain data."""
    if text(bundle, "resourceType") != "Bundle":
        found = shown(bundle.get("resourceType") if isinstance(bundle, dict) else bundle)
        problem = Problem("resourceType", found, "Bundle", "put the resources into a Bundle")
        raise BadBundle(where, [problem])
    return read_resources(list(resources(bundle)), where, place, index(bundle))


def read_resources(
    held: list[Json], where: str, place: str | None, known: dict[str, Json] | None = None
) -> Read:
    """The course that some resources of one patient tell."""
    held = _once(held)
    if len(held) > MOST_RESOURCES:
        found, expected = f"{len(held)} resources", f"at most {MOST_RESOURCES}"
        raise BadBundle(where, [Problem("entry", found, expected, "leave out what is older")])
    made = Made(known if known is not None else _indexed(held))
    patient = _patient(held, where)
    made.patient = name_of(patient)
    head = _head(held, patient, where, place)
    made.born = usable(head["patient"]["birth_date"])
    ours = ours_in(held)
    _make(made, held, ours)
    course = _course(head, made, ours, where)
    return Read(course, tuple([*ours.told, *made.told]))


_COMPARED = 20  # resources under one name that are compared


def _once(held: list[Json]) -> list[Json]:
    """Each resource once, however often it was sent; what differs under one name stays."""
    kept: dict[str, list[Json]] = {}
    for each in held:
        same = kept.setdefault(name_of(each), [])
        if "id" not in each or each not in same[-_COMPARED:]:
            same.append(each)
    return [each for same in kept.values() for each in same]


def _course(head: Json, made: Made, ours: Ours, where: str) -> Course:
    """The course; events that were checked as they were made are not checked again."""
    if not ours.events and not ours.earlier:
        return Course.model_validate(head | {"events": tuple(made.checked)})
    file = head | {"events": [*ours.events, *made.events]}
    if ours.earlier:
        file["earlier_courses"] = ours.earlier
    try:
        return read_course(json.dumps(file), where)
    except BadCourse as bad:
        raise BadBundle(where, bad.problems) from None


def resources(bundle: Any, depth: int = _DEEPEST) -> Iterator[Json]:
    """Every resource of a Bundle, those of Bundles inside it too."""
    for entry in parts(bundle, "entry"):
        inside = part(entry, "resource")
        if text(inside, "resourceType") == "Bundle" and depth > 0:
            yield from resources(inside, depth - 1)
        elif inside:
            yield inside


def index(bundle: Any, depth: int = _DEEPEST) -> dict[str, Json]:
    """The resources of a Bundle by everything that a reference may call them."""
    found = _indexed(list(resources(bundle)))
    for entry in parts(bundle, "entry"):
        inside, full = part(entry, "resource"), text(entry, "fullUrl")
        if full:
            found.setdefault(full, inside)
        if text(inside, "resourceType") == "Bundle" and depth > 0:
            found |= index(inside, depth - 1)
    return found


def _indexed(held: list[Json]) -> dict[str, Json]:
    return {name_of(each): each for each in held}


def _patient(held: list[Json], where: str) -> Json:
    found = [each for each in held if text(each, "resourceType") == "Patient"]
    distinct = {name_of(each): each for each in found}
    if len(distinct) == 1:
        return found[0]
    do = "give the Bundle of one patient"
    raise BadBundle(where, [Problem("Patient", f"{len(distinct)} patients", "one Patient", do)])


def _head(held: list[Json], patient: Json, where: str, place: str | None) -> Json:
    """The course without its events, or everything that lacks."""
    wrong = []
    born = text(patient, "birthDate")
    if born is None or len(born) != 10 or usable(born) is None:
        do = "give the day of birth"
        wrong.append(Problem("Patient.birthDate", shown(born), "a whole date", do))
    own_head = next((head for each in held if (head := own.marked(each, own.COURSE))), {})
    named = place or own_head.get("place") or _country(patient)
    if named not in tokens.PLACES:
        country = next((text(e, "country") for e in parts(patient, "address")), None)
        expected = f"a country with rules, or a place of {', '.join(tokens.PLACES)}"
        do = "say whose rules hold: --place"
        wrong.append(Problem("Patient.address.country", shown(country), expected, do))
    if wrong:
        raise BadBundle(where, wrong)
    kept = {k: v for k, v in own_head.items() if k.startswith("x-") or k == "time_zone"}
    who = own.marked(patient, own.COURSE) or {}
    gender = text(patient, "gender")
    sex = gender if gender in tokens.SEXES else "unknown"
    return {
        "format": tokens.COURSE_FORMAT,
        "course_id": own_head.get("course_id") or (text(patient, "id") or "patient")[:200],
        "place": named,
        **kept,
        "patient": {k: v for k, v in who.items() if k.startswith("x-")}
        | {"birth_date": born, "sex": sex},
    }


def _country(patient: Json) -> str | None:
    found = (text(each, "country") for each in parts(patient, "address"))
    return next((p for country in found if country and (p := place_of(country))), None)


Reader = Callable[[Made, Json], None]

_READERS: dict[str, Reader] = {
    "MedicationRequest": orders.request,
    "MedicationDispense": orders.hand_over,
    "MedicationStatement": orders.statement,
    "Observation": observations.observation,
    "Condition": history.condition,
    "AllergyIntolerance": history.allergy,
    "Procedure": history.procedure,
    "Encounter": history.encounter,
    "QuestionnaireResponse": forms.response,
    "Consent": forms.consent,
}
"""By type, the function that reads it; orders come first, because hand-overs name them."""

_ONLY_REFERRED_TO = frozenset(
    [
        "Patient",
        "Practitioner",
        "PractitionerRole",
        "Organization",
        "Location",
        "Medication",
        "Specimen",
        "EpisodeOfCare",
        "RelatedPerson",
    ]
)
"""Types that are read where another resource refers to them."""


def _of_the_patient(made: Made, resource: Json) -> bool:
    """Whether a resource is about the patient; one about somebody else is told and not read."""
    named = text(resource, "subject", "reference") or text(resource, "patient", "reference")
    if named is None or text(resource, "resourceType") in _ONLY_REFERRED_TO:
        return True
    whom = made.follow(resource, {"reference": named})
    ours = name_of(whom) == made.patient if whom else named.endswith(made.patient)
    if not ours:
        key = "subject" if "subject" in resource else "patient"
        made.tell(resource, key, f"{made.patient}, whose record this is", "look whose it is")
    return ours


def _make(made: Made, held: list[Json], ours: Ours) -> None:
    by_kind: dict[str, list[Json]] = {}
    for each in held:
        if id(each) not in ours.taken and _of_the_patient(made, each):
            by_kind.setdefault(text(each, "resourceType") or "no resourceType", []).append(each)
    for kind, reader in _READERS.items():
        for resource in by_kind.pop(kind, []):
            reader(made, resource)
    orders.close_completed(made)
    expected = f"one of {', '.join(_READERS)}"
    for kind, others in by_kind.items():
        if kind not in _ONLY_REFERRED_TO:
            made.told += [unmapped(name_of(e), kind, expected, "look at it there") for e in others]
