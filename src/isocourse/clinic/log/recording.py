"""Recording: what happened is added to the log, in one transaction, under a lock on the course.

The moment of recording is the server's. What cannot be read back as a course file is refused
whole, so that nothing unusable ever enters a log.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import head_of, link, root
from isocourse.clinic.log.models import Course, Entry, Form, Head, Identity, Term
from isocourse.clinic.log.reading import File, Held, Line, read_at
from isocourse.clinic.log.sealing import Cipher, named, new_key, term, words_of
from isocourse.clinic.people.models import Clinic, User
from isocourse.events import check_course
from isocourse.events.problems import Problem

recorded = Signal()
"""Sent in the transaction that wrote: what follows from a log can be made anew with it."""

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_TICK = timedelta(microseconds=1)


class Refused(Exception):
    """What was to be recorded cannot be read as part of a course; holds every problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(each) for each in self.problems))


@dataclass(frozen=True, slots=True)
class Writer:
    """Who records, and what they are."""

    user: User | None
    role: str = "other"

    def by(self) -> dict[str, str]:
        """The same as a course file says it."""
        return {"role": self.role, **({"name": str(self.user)} if self.user else {})}


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new course begins with."""

    patient: Mapping[str, Any]
    identity: Mapping[str, Any]
    place: str
    time_zone: str = ""
    earlier: tuple[File, ...] = ()
    once: str = ""
    """The mark of the form by which it is opened, so that it opens one course only."""


@dataclass
class Pen:
    """A course that is locked for writing. What was written is known to `held` at once."""

    held: Held
    cipher: Cipher
    writer: Writer
    at: datetime
    added: list[Entry] = field(default_factory=list)

    def event_id(self) -> str:
        """A name that no event of this course has."""
        taken, number = self.held.ids, self._last()[0] + 1
        while f"e{number}" in taken:
            number += 1
        return f"e{number}"

    def _last(self) -> tuple[int, str]:
        end = self.added[-1] if self.added else self.held.head
        return end.number, end.mac

    def write(self, form: str, said: Mapping[str, Any], once: str | None = None) -> Entry:
        """Add one entry at the end of the log."""
        number, mac = self._last()
        entry = Entry(
            course=self.held.course,
            number=number + 1,
            recorded_at=self.at,
            by=self.writer.user,
            form=form,
            body=self.cipher.closed(said),
            once=once,
        )
        entry.mac = link(mac, entry)
        self.added.append(entry)
        self.held.grow(Line(entry.number, self.at, str(self.writer.user or ""), form, said))
        return entry


@contextmanager
def writing(course: Course, writer: Writer) -> Iterator[Pen]:
    """A course to write to: locked, checked and read. What was written is kept at the end."""
    with transaction.atomic():
        head = Head.objects.select_for_update().filter(course=course).first()
        held = read_at(course, head)
        pen = Pen(held, Cipher(course.key), writer, _moment(held))
        yield pen
        _keep(course, pen)


def _moment(held: Held) -> datetime:
    """Now by the server's clock, and never before what is already written."""
    return max(clock.now(), held.lines[-1].recorded_at + _TICK)


def _keep(course: Course, pen: Pen) -> None:
    if pen.added:
        Entry.objects.bulk_create(pen.added)
        head_of(course, pen.added[-1].number, pen.added[-1].mac).save(force_update=True)
        recorded.send(Course, course=course)


def open_course(clinic: Clinic, writer: Writer, opening: Opening) -> Course:
    """A new course with its first two entries: what it is, and who the patient is."""
    with transaction.atomic():
        at = clock.now()
        course = Course.objects.create(
            code=_new_code(),
            clinic=clinic,
            place=opening.place,
            time_zone=opening.time_zone,
            opened_at=at,
        )
        key = new_key(course)
        key.save(force_insert=True)
        course.key = key
        head_of(course, 0, root(course)).save(force_insert=True)
        pen = Pen(Held(course, (), course.head), Cipher(key), writer, at)
        earlier = {"earlier_courses": list(opening.earlier)} if opening.earlier else {}
        once = named("open", clinic.pk, opening.once) if opening.once else None
        pen.write(Form.OPENED, {"patient": dict(opening.patient), **earlier}, once)
        pen.write(Form.IDENTITY, opening.identity)
        check(pen.held, at)
        _keep(course, pen)
        know(course, opening.identity, opening.patient)
    return course


def opened_by(clinic: Clinic, once: str) -> Course | None:
    """The course that a form has opened already."""
    entry = Entry.objects.filter(once=named("open", clinic.pk, once)).first() if once else None
    return entry.course if entry else None


def _new_code() -> str:
    signs = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def know(course: Course, identity: Mapping[str, Any], patient: Mapping[str, Any]) -> None:
    """Make what lists and searches need of a patient: the name, and the words to find them by."""
    Identity.objects.update_or_create(
        course=course, defaults={"body": Cipher(course.key).closed(identity)}
    )
    words = set(words_of(str(identity.get("name", "")), str(patient["birth_date"])))
    digests = {term(course.clinic_id, word) for word in words}
    Term.objects.filter(course=course).delete()
    Term.objects.bulk_create(
        Term(course=course, clinic_id=course.clinic_id, digest=each) for each in sorted(digests)
    )


def record(course: Course, writer: Writer, events: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Add events to a course. Raises Refused, and adds none, when one cannot be used."""
    with writing(course, writer) as pen:
        add(pen, events)
    return pen.added


def add(pen: Pen, events: Iterable[Mapping[str, Any]], once: str | None = None) -> list[File]:
    """The same on a course that is already locked; returns the events as they stand."""
    new = [put(pen, each, once) for each in events]
    check(pen.held, pen.at)
    return new


def put(pen: Pen, given: Mapping[str, Any], once: str | None = None) -> File:
    """One event as it stands in the log, not yet checked; who calls must `check` in the end."""
    event = {
        "id": pen.event_id(),
        **given,
        "recorded_at": pen.at.astimezone(pen.held.zone).isoformat(),
        "by": pen.writer.by(),
    }
    pen.write(Form.EVENT, event, once)
    return event


def check(held: Held, at: datetime) -> None:
    """Raises Refused unless the whole reads as a course of today."""
    problems = check_course(json.dumps(held.file), at.astimezone(held.zone).date())
    wrong = [each for each in problems if each.severity == "error"]
    if wrong:
        raise Refused(wrong)


def retract(course: Course, writer: Writer, event_id: str, reason: str) -> list[Entry]:
    """Take an event back, with a reason. The event stays in the log and no longer counts."""
    at = clock.now().isoformat()
    event = {"kind": "retract", "at": at, "event": event_id, "note": reason.strip()}
    if not reason.strip():
        raise Refused([Problem("reason", "nothing", "why the event is taken back", "write it")])
    return record(course, writer, [event])


def once_only(course: Course, *act: object) -> str:
    """The name of an act that can be done only once on a course."""
    return named("once", course.code, *act)
