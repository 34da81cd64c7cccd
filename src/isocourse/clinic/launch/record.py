"""The record of a patient of an EHR, read to be looked at before anything of it is kept."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from isocourse.clinic.hooks.fetching import Server
from isocourse.clinic.launch.handshake import NotLaunched
from isocourse.clinic.log import clock
from isocourse.clinic.people.models import Clinic
from isocourse.events import BadCourse, write_course
from isocourse.exchange.fhir.looking import Json, parts, text, texts
from isocourse.exchange.fhir.reading import Read, read_resources
from isocourse.exchange.hooks.gathering import held_in
from isocourse.exchange.hooks.queries import facts_needed, queries


@dataclass(frozen=True, slots=True)
class Found:
    """A patient as an EHR tells them: the name, the birthday, and the course that can be made."""

    name: str
    born: str
    read: Read | None
    wrong: str
    digest: str
    """Of the course, so that what is kept is what was looked at."""

    @property
    def file(self) -> bytes:
        """The course as a course file."""
        assert self.read is not None  # noqa: S101  (asked only where there is one)
        return write_course(self.read.course).encode()


def looked_up(clinic: Clinic, server: str, patient: str, token: str) -> Found:
    """What the EHR holds of a patient. Raises NotLaunched when it cannot be read."""
    reads = Server(server, token).read
    day = clock.now().astimezone(clinic.zone).date()
    held: list[Json] = []
    try:
        for query in queries(facts_needed([clinic.place], day)):
            held += held_in(reads(query.of(patient)))
    except OSError:
        raise NotLaunched("The record cannot be read from the EHR.") from None
    who = next((e for e in held if _is(e, patient)), None)
    if who is None:
        raise NotLaunched("The EHR did not give the patient that it opened.")
    return _found(clinic, who, held)


def _is(resource: Json, patient: str) -> bool:
    return text(resource, "resourceType") == "Patient" and text(resource, "id") == patient


def _found(clinic: Clinic, who: Json, held: list[Json]) -> Found:
    name, born = _named(who), text(who, "birthDate") or ""
    try:
        read = read_resources(held, "the record", clinic.place)
    except BadCourse as bad:
        return Found(name, born, None, str(bad), "")
    said: Any = json.loads(write_course(read.course))
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return Found(name, born, read, "", digest)


def _named(who: Json) -> str:
    """The official name, else the first."""
    names = parts(who, "name")
    official = [each for each in names if text(each, "use") == "official"]
    for each in official + names:
        said = " ".join([*texts(each, "given"), text(each, "family") or ""]).strip()
        return (text(each, "text") or said)[:200]
    return ""
