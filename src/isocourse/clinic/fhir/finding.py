"""Courses as resources: which a system may see, read with the log, each look noted."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from isocourse.clinic.access.models import Opening
from isocourse.clinic.access.unusual import watch
from isocourse.clinic.fhir.answering import Refused
from isocourse.clinic.fhir.models import System
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Form
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.worklist.standing import assessed
from isocourse.exchange.endpoint.records import Record


def courses(clinic: Clinic) -> QuerySet[Course]:
    """The courses of a clinic that can still be read, in the order in which they were opened."""
    held = clinic.courses.filter(key__isnull=False).select_related("clinic", "key")
    return held.order_by("pk")


def course_named(clinic: Clinic, code: str) -> Course:
    """A course of this clinic. One of another is not found; one that was forgotten is gone."""
    found = clinic.courses.filter(code=code).select_related("clinic", "key").first()
    if found is None:
        raise Refused(404, "not-found", "There is no such resource.")
    if getattr(found, "key", None) is None:
        raise Refused(410, "deleted", "What was held of this person was erased.")
    return found


def record_of(course: Course, at: datetime | None = None) -> Record | None:
    """A course as it stands, or as its log stood at a moment; None when it was not opened then."""
    held = read(course)
    moment = at or clock.now()
    lines = tuple(each for each in held.lines if each.recorded_at <= moment)
    if at is not None and len(lines) < len(held.lines):
        held = Held(course, lines, held.head)
    return _record(held, moment) if lines else None


def _record(held: Held, moment: datetime) -> Record:
    events = (Form.EVENT, Form.IMPORTED)
    opened = held.lines[0].recorded_at
    named = [e.recorded_at for e in held.lines if e.form == Form.IDENTITY]
    return Record(
        code=held.course.code,
        course=held.as_read,
        events=tuple(held.events),
        name=str(held.identity.get("name", "")),
        zone=held.zone,
        opened=opened,
        named=named[-1] if named else opened,
        taken_in={e.said["id"]: e.recorded_at for e in held.lines if e.form in events},
        assess=lambda: assessed(held, moment),
    )


def note(system: System, seen: Iterable[Course], page: str) -> None:
    """Note that a system saw courses, as it is noted of a person."""
    now = clock.now()
    made = Opening.objects.bulk_create(
        Opening(user=system.user, clinic=system.clinic, course=each, at=now, page=page[:60])
        for each in seen
    )
    if made:
        watch(system.user, system.clinic)
