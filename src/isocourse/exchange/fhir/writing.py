"""A course as a Bundle of FHIR R4: one resource for each event, and what the assessment says.

Written again, the same course gives the same Bundle. Each resource carries its event whole, so
that reading the Bundle gives the course back, whatever FHIR has no place for.
"""

import json
from typing import Any

from isocourse.course import Assessment
from isocourse.events import KINDS, Course, write_course
from isocourse.exchange.fhir import own, written, written_supply
from isocourse.exchange.fhir.answered import answered
from isocourse.exchange.fhir.looking import Json
from isocourse.exchange.fhir.spelling import identity
from isocourse.exchange.fhir.turns import Turn, stated, turns
from isocourse.exchange.fhir.written import Write

_WRITERS: dict[str, Write] = {
    "weight": written.weight,
    "lab": written.lab,
    "pregnancy_test": written.pregnancy_test,
    "questionnaire": written.questionnaire,
    "menses": written.menses,
    "condition": written.condition,
    "pregnancy": written.pregnancy,
    "diagnosis": written.diagnosis,
    "allergy": written.allergy,
    "visit": written.visit,
    "consent": written.consent,
    "document": written.document,
    "medicine": written_supply.medicine,
    "prescription": written_supply.prescription,
    "dispense": written_supply.dispense,
    "taken": written_supply.taken,
    **dict.fromkeys(
        [
            "enrolment",
            "authorisation",
            "authorisation_reversed",
            "cancel",
            "return_to_stock",
            "retract",
            "stop",
            "restart",
            "relapse",
            "prescriber_agreement",
        ],
        written.act,
    ),
}
"""By kind, the function that writes it; every other kind is a finding."""


def resource_of(event: Json, subject: Json) -> Json:
    """The resource of an event, without a name of its own."""
    if event["kind"] not in KINDS:
        raise KeyError(event["kind"])
    made = _WRITERS.get(event["kind"], written.finding)(event, subject)
    return {key: value for key, value in made.items() if value is not None}


def write_bundle(course: Course, assessment: Assessment | None = None) -> Json:
    """The Bundle of a course, with what its assessment says where one is given."""
    held: Json = json.loads(write_course(course))
    patient = _patient(held)
    url = f"urn:uuid:{patient['id']}"
    made, urls = [(url, patient)], {}
    for number, log in enumerate([held, *held.get("earlier_courses", [])]):
        made.append(_course(log, number, held["course_id"], url))
        became = turns(log["events"])
        for event in log["events"]:
            turn = became.get(event["id"])
            full, resource = _event(event, number, held["course_id"], url, turn)
            urls[event["id"]] = full
            made.append((full, resource))
    if assessment is not None:
        made += answered(assessment, held["course_id"], url, urls)
    entries = [{"fullUrl": full, "resource": resource} for full, resource in made]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def write_text(course: Course, assessment: Assessment | None = None) -> str:
    """The Bundle as text."""
    bundle = write_bundle(course, assessment)
    return json.dumps(bundle, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


Named = tuple[str, Json]


def _patient(held: Json) -> Json:
    who: Json = held["patient"]
    more = {k: v for k, v in who.items() if k.startswith("x-")}
    extension = {"extension": [own.mark(own.COURSE, more)]} if more else {}
    name = identity(held["course_id"], "patient")
    said = {"gender": who["sex"], "birthDate": who["birth_date"]}
    return {"resourceType": "Patient", "id": name, **extension, **said}


def _course(log: Json, number: int, course_id: str, patient: str) -> Named:
    """The course itself: an episode of care, with everything but the events in our mark."""
    head = {k: v for k, v in log.items() if k not in ("patient", "events", "earlier_courses")}
    if number == 0:
        head.pop("format", None)
    name = identity(course_id, "course", number)
    identifier = {"system": "urn:isocourse:course", "value": log["course_id"]}
    return f"urn:uuid:{name}", {
        "resourceType": "EpisodeOfCare",
        "id": name,
        "extension": [own.mark(own.COURSE, head)],
        "identifier": [identifier],
        "status": "active" if number == 0 else "finished",
        "patient": {"reference": patient},
    }


def _event(event: Json, number: int, course_id: str, patient: str, turn: Turn | None) -> Named:
    name = identity(course_id, number, event["id"])
    made: dict[str, Any] = stated(resource_of(event, {"reference": patient}), turn)
    kept = own.mark(own.EVENT, {"course": number, "event": event})
    kind = {"resourceType": made.pop("resourceType"), "id": name}
    return f"urn:uuid:{name}", kind | {"extension": [kept]} | made
