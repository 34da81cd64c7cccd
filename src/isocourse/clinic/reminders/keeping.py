"""What follows from where a course stands: its deadlines, and the messages that hang on them.

Both are kept in the transaction that wrote what moved them, so that no reminder is of a day that
has moved, and none is forgotten. What has left already stays as it is.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Head
from isocourse.clinic.log.reading import Held
from isocourse.clinic.log.recording import recorded
from isocourse.clinic.log.sealing import Cipher, named
from isocourse.clinic.reminders.contact import Contact, contact_of
from isocourse.clinic.reminders.deadlines import (
    GOING_ON,
    PLANNED,
    QUIET,
    Day,
    Notice,
    deadlines,
    notices,
    read,
    settled,
    uid_of,
)
from isocourse.clinic.reminders.models import OPEN, Deadline, Door, Message, Planned, State
from isocourse.clinic.reminders.restoring import Unknown
from isocourse.clinic.reminders.timing import at_hour, end_of, not_at_night
from isocourse.clinic.worklist.standing import stood
from isocourse.course import Assessment


@receiver(stood, dispatch_uid="remind")
def after_standing(held: Held, found: Assessment, **_: Any) -> None:
    """A course that somebody is reminded of, or has in a calendar, is brought up to date."""
    if watched(held.course):
        keep(held, found)


@receiver(recorded, dispatch_uid="forget reminders")
def after_an_erasure(course: Course, **_: Any) -> None:
    """Where the key is gone, nothing of the course waits to be sent."""
    if getattr(course, "key", None) is None:
        for model in (Message, Deadline, Door, Planned):
            model._default_manager.filter(course=course).delete()


def watched(course: Course) -> bool:
    """Whether anybody is told of the days of a course."""
    doors = Door.objects.filter(course=course, shut_at=None)
    return doors.exists() or Deadline.objects.filter(course=course).exists()


def keep(held: Held, found: Assessment, planned: Mapping[str, Day] | None = None) -> list[Deadline]:
    """Bring deadlines and messages up to date; the deadlines that stand.

    Without a plan, the deadlines of the last one stay in the calendar, and the mail of one that is
    of the last entry stays as well. Whoever read the log before somebody else wrote to it leaves
    the rows to them.
    """
    with transaction.atomic():
        head = Head.objects.select_for_update().get(course=held.course)
        if head.number != held.head.number:
            return list(Deadline.objects.filter(course=held.course, cancelled=False))
        now = clock.now().astimezone(held.zone)
        wanted = deadlines(found, held.zone, now.date())
        rows = _Rows(held, now, planned is not None)
        wanted |= planned or {}
        standing = rows.brought_to(wanted)
        told = rows.planned() if planned is None and planned_to(held) else []
        if found.stage not in (QUIET, *GOING_ON):
            told += rows.over(standing)
        _messages(held, rows.days(standing + told), now)
    return standing


def planned_to(held: Held) -> bool:
    """Whether the last plan knew of everything in the log."""
    return Planned.objects.filter(course=held.course, number=held.head.number).exists()


class _Rows:
    """The deadlines of a course, while they are brought up to date."""

    def __init__(self, held: Held, now: datetime, planned: bool) -> None:
        self.course, self.now, self.today = held.course, now, now.date()
        self.cipher = Cipher(held.course.key)
        every = Deadline.objects.filter(course=held.course).order_by("rule", "number")
        self.latest = {row.rule: row for row in every}
        self.of_plans = {named("rule", self.course.code, each) for each in PLANNED}
        self.kept = set() if planned else self.of_plans

    def day(self, row: Deadline) -> Day:
        """What a row says."""
        return read(self.cipher.opened(row.body))

    def days(self, rows: Iterable[Deadline]) -> dict[str, Day]:
        """What rows say, by their uid."""
        return {row.uid: self.day(row) for row in rows}

    def planned(self) -> list[Deadline]:
        """The rows of the last plan."""
        held = (row for digest, row in self.latest.items() if digest in self.of_plans)
        return [row for row in held if not row.cancelled]

    def over(self, standing: Iterable[Deadline]) -> list[Deadline]:
        """The rows of what held up to its last day: that it is over may still be told."""
        again = {row.rule for row in standing} | self.of_plans
        held = (row for row in self.latest.values() if row.rule not in again)
        return [row for row in held if not row.cancelled and not self._ahead(self.day(row))]

    def brought_to(self, wanted: Mapping[str, Day]) -> list[Deadline]:
        """The rows of what is wanted, moved or made; the others are cancelled."""
        by_digest = {named("rule", self.course.code, rule): day for rule, day in wanted.items()}
        for digest, row in self.latest.items():
            gone = digest not in by_digest and digest not in self.kept and not row.cancelled
            if gone and self._ahead(self.day(row)):
                self._change(row, cancelled=True)
        return [self._row(digest, day) for digest, day in by_digest.items()]

    def _ahead(self, day: Day) -> bool:
        """Whether it is not yet over: then it moves, or is cancelled; else it stays as it was."""
        return day.at_once or day.last >= self.today

    def _row(self, digest: str, day: Day) -> Deadline:
        row = self.latest.get(digest)
        if row is None:
            return self._made(digest, day, 1)
        was = self.day(row)
        returned = row.cancelled and was.at_once and was.last < self.today
        if returned or not self._ahead(was):
            return self._made(digest, day, row.number + 1)
        day = settled(was, day, self.today)
        if row.cancelled or row.same != self._same(day):
            row.body, row.same = self.cipher.closed(day.said()), self._same(day)
            self._change(row, cancelled=False)
        return row

    def _same(self, day: Day) -> str:
        return named("says", self.course.code, *sorted(day.said().items()))

    def _made(self, digest: str, day: Day, number: int) -> Deadline:
        return Deadline.objects.create(
            course=self.course,
            uid=uid_of(self.course.code, day.rule, number),
            rule=digest,
            number=number,
            body=self.cipher.closed(day.said()),
            same=self._same(day),
            changed_at=self.now,
        )

    def _change(self, row: Deadline, cancelled: bool) -> None:
        row.sequence, row.cancelled, row.changed_at = row.sequence + 1, cancelled, self.now
        row.save(force_update=True)


def _messages(held: Held, days: Mapping[str, Day], now: datetime) -> None:
    """The messages of the deadlines that stand; others that have not left are withdrawn."""
    contact = contact_of(held)
    wanted = dict(_wanted(held, contact, days, now)) if contact else {}
    mine = Message.objects.filter(course=held.course)
    there = dict(mine.values_list("key", "state"))
    gone = [key for key, state in there.items() if state in OPEN and key not in wanted]
    mine.filter(key__in=gone, state__in=OPEN, until__gt=now).update(
        state=State.WITHDRAWN, changed_at=now
    )
    for key in (each for each in wanted if there.get(each) == State.WITHDRAWN):
        again, row = mine.filter(key=key, state=State.WITHDRAWN, by=None), wanted[key]
        again.update(state=row.state, trouble=row.trouble, due=row.due, changed_at=now)
    Message.objects.bulk_create(row for key, row in wanted.items() if key not in there)


def _wanted(
    held: Held, contact: Contact, days: Mapping[str, Day], now: datetime
) -> Iterable[tuple[str, Message]]:
    cipher, unknown = Cipher(held.course.key), Unknown()
    for uid, day in days.items():
        for notice in notices(day):
            span = span_of(notice, contact, now)
            if span is not None:
                key = named("message", uid, notice.which, notice.on, notice.last)
                nominal = at_hour(notice.on, contact.zone)
                yield (
                    key,
                    Message(
                        key=key,
                        clinic_id=held.course.clinic_id,
                        course=held.course,
                        deadline=uid,
                        body=cipher.closed(notice.said()),
                        due=span[0],
                        until=span[1],
                        changed_at=now,
                        **unknown.first_state(nominal, span[1]),
                    ),
                )


def span_of(notice: Notice, contact: Contact, now: datetime) -> tuple[datetime, datetime] | None:
    """From when until when a message may be sent; None where that is over."""
    due, until = at_hour(notice.on, contact.zone), end_of(notice.useful, contact.zone)
    if notice.which == "opens" and due.date() < now.astimezone(contact.zone).date():
        return None
    due = not_at_night(max(due, now), contact.zone)
    return (due, until) if due < until else None
