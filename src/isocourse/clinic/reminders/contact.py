"""Where a patient wants to be reminded: agreed to and ended in the log of the course.

The address is encrypted like the rest of the log. Every mail holds a secret address by which the
reminders end without sign-in; it opens nothing else and tells nothing. One in an old mail goes on
ending the mail to the address it was sent to, and to no other.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from isocourse.clinic.log import clock
from isocourse.clinic.log.ledger import Ledger
from isocourse.clinic.log.models import Course, Form
from isocourse.clinic.log.reading import Held
from isocourse.clinic.log.recording import Pen, Writer, writing
from isocourse.clinic.log.sealing import named
from isocourse.clinic.people.models import User
from isocourse.clinic.portal.desk import ENGLISH, desk, offered
from isocourse.clinic.reminders.models import Door, Purpose

BY_LINK, BY_TEAM = "by the link in a mail", "by the team"
AGAIN = "ended before; carried out again after a restore"
ENDED = Ledger("mail-ended")
PATIENT = Writer(None, "patient")


@dataclass(frozen=True, slots=True)
class Contact:
    """An address with what belongs to it."""

    to: str
    zone: ZoneInfo
    language: str
    leave: str  # the secret of the address by which the reminders end


def contact_of(held: Held) -> Contact | None:
    """Where the patient wants to be reminded now; None when they do not."""
    said = [each.said for each in held.lines if each.form == Form.CONTACT]
    if not said or "ended" in said[-1]:
        return None
    last = said[-1]
    zone = ZoneInfo(last["time_zone"]) if last.get("time_zone") else held.zone
    return Contact(last["to"], zone, _spoken(held, last.get("language") or ENGLISH), last["leave"])


def language_of(held: Held) -> str:
    """The language that was agreed last, also where mail has ended; English without one."""
    said = (each.said.get("language") for each in held.lines if each.form == Form.CONTACT)
    return _spoken(held, [ENGLISH, *filter(None, said)][-1])


def _spoken(held: Held, language: str) -> str:
    """The language that was agreed, while the clinic offers it; English otherwise."""
    return language if language in offered(desk(held.course.clinic)) else ENGLISH


def agree(course: Course, writer: Writer, to: str, time_zone: str = "", language: str = "") -> None:
    """Keep that a patient agreed to be reminded at an address."""
    with writing(course, writer) as pen:
        shut_leaving(course)
        secret = _door(course, Purpose.LEAVE, writer.user)
        said = {"to": to, "time_zone": time_zone, "language": language, "leave": secret}
        pen.write(Form.CONTACT, said)


def end(course: Course, writer: Writer, how: str) -> bool:
    """Keep that a patient no longer wants it; whether they did before."""
    with writing(course, writer) as pen:
        ended = _end(pen, how)
    return _written_down(course, ended)


def _end(pen: Pen, how: str) -> datetime | None:
    if contact_of(pen.held) is None:
        return None
    shut_leaving(pen.held.course)
    return pen.write(Form.CONTACT, {"ended": how}).recorded_at


def _written_down(course: Course, ended: datetime | None) -> bool:
    """Keep outside the database what a restore must not undo; whether there was something."""
    if ended is not None:
        ENDED.write(course.code, ended)
    return ended is not None


def leave(secret: str) -> None:
    """End the reminders to where a link was sent. Nobody is told whether there were any."""
    door = opened(secret, Purpose.LEAVE)
    if door is not None:
        with writing(door.course, PATIENT) as pen:
            ended = _end(pen, BY_LINK) if _sent_there(pen.held, secret) else None
        _written_down(door.course, ended)


def _sent_there(held: Held, secret: str) -> bool:
    """Whether the link was made for the address to which mail goes now."""
    now = contact_of(held)
    said = (each.said for each in held.lines if each.form == Form.CONTACT)
    to = next((each["to"] for each in said if each.get("leave") == secret), None)
    return now is not None and to is not None and now.to.casefold() == to.casefold()


def shut_leaving(course: Course) -> None:
    """Nobody is reminded because of the links there are; each still ends what it is for."""
    held = Door.objects.filter(course=course, purpose=Purpose.LEAVE, shut_at=None)
    held.update(shut_at=clock.now())


def new_feed(course: Course, user: User | None) -> str:
    """A secret address of the course's calendar, shown once; the earlier one is shut."""
    with transaction.atomic():
        shut_feed(course)
        return _door(course, Purpose.FEED, user)


def shut_feed(course: Course) -> int:
    """Let the secret address of the calendar lead nowhere; how many there were."""
    open_ones = Door.objects.filter(course=course, purpose=Purpose.FEED, shut_at=None)
    return open_ones.update(shut_at=clock.now())


def feed_of(course: Course) -> Door | None:
    """The address of the calendar that is open."""
    return Door.objects.filter(course=course, purpose=Purpose.FEED, shut_at=None).first()


def opened(secret: str, purpose: str) -> Door | None:
    """The door that a secret opens, of a course that can be read."""
    doors = Door.objects.filter(digest=_digest(secret), purpose=purpose)
    if purpose == Purpose.FEED:
        doors = doors.filter(shut_at=None)
    held = doors.filter(course__key__isnull=False)
    return held.select_related("course__clinic", "course__key").first()


def _door(course: Course, purpose: str, user: User | None) -> str:
    secret = secrets.token_urlsafe(32)
    Door.objects.create(
        course=course, purpose=purpose, digest=_digest(secret), made_at=clock.now(), by=user
    )
    return secret


def _digest(secret: str) -> str:
    return named("door", secret)
