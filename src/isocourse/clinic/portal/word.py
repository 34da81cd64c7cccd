"""What a patient's word counts for: it may close a gate and never opens one.

Only the kinds of `KINDS` are recorded as they are said, and only while they take away no reason
that stops and no alert that cannot wait. Everything else a patient says - a test, a period, which
contraception they use - is kept as a report for people, which no rule reads.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.dispatch import Signal

from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.reading import File, Held, Line
from isocourse.clinic.log.recording import (
    Pen,
    Refused,
    Writer,
    check,
    once_only,
    put,
    writing,
)
from isocourse.clinic.visits.saving import LONGEST_TOKEN, AlreadyRecorded
from isocourse.course import Assessment, assess
from isocourse.events import read_course
from isocourse.events.problems import BadCourse

Said = Mapping[str, Any]
KINDS = ("symptom", "questionnaire", "patient_report", "document")
"""What a patient may record; each of these closes or tells, and none is a requirement fulfilled."""
TOLD = "x-told"
"""What was said, in a report that no rule reads."""

urgent = Signal()
"""Sent in the transaction in which a patient's word raised an alert that cannot wait. Who hears it
and fails is logged: the word is kept all the same."""


MOST_A_DAY = 100
"""Entries of a patient in 24 hours: far above what anybody tells, and no flood of the log."""


class TooMuch(Exception):
    """More was sent within a day than anybody has to tell."""


class NotTheirs(Exception):
    """A kind of event that a patient does not record."""


def send(course: Course, writer: Writer, events: Sequence[Said], token: str) -> Assessment:
    """Record what a patient says, once; how the course stands then.

    Raises AlreadyRecorded for the same words by a form that was sent before, Refused for what
    cannot be read back, TooMuch for a flood; what raises an alert that cannot wait is no flood.
    """
    once = _once(course, token, events)
    try:
        with transaction.atomic(), writing(course, writer) as pen:
            if once and Entry.objects.filter(once=once).exists():
                raise AlreadyRecorded
            room = _room(pen)
            before = _assessed(pen.held, pen.at)
            for place, each in enumerate(counted(pen.held, pen.at, events)):
                put(pen, each, None if place else once)
            check(pen.held, pen.at)
            after = _assessed(pen.held, pen.at)
            if pressing(after) - pressing(before):
                urgent.send_robust(Course, course=course)
            elif not room:
                raise TooMuch
    except IntegrityError as error:
        raise AlreadyRecorded from error
    except BadCourse as bad:
        raise Refused(bad.problems) from None
    return after


def _once(course: Course, token: str, events: Sequence[Said]) -> str | None:
    """The act of saying these words by a form: who goes back and changes them says something else.

    The day and the number of a photograph are left out: sent again they may have changed.
    """
    if not token:
        return None
    said = [{name: each[name] for name in sorted(each.keys() - {"at", "ref"})} for each in events]
    return once_only(course, "form", token[:LONGEST_TOKEN], said)


def _room(pen: Pen) -> bool:
    since = pen.at - timedelta(days=1)
    mine = [each for each in pen.held.lines if _patients(each) and each.recorded_at > since]
    return len(mine) < MOST_A_DAY


def _patients(line: Line) -> bool:
    by = line.said.get("by")
    return isinstance(by, dict) and by.get("role") == "patient"


def counted(held: Held, at: datetime, events: Sequence[Said]) -> Iterator[File]:
    """The events as they may be recorded: what would loosen anything becomes a report."""
    file = held.file
    before = _assessed(held, at)
    for each in events:
        if each["kind"] not in KINDS:
            raise NotTheirs(each["kind"])
        event = dict(each)
        after = _with(file, event, held, at)
        if loosens(before, after):
            event = report(event)
            after = _with(file, event, held, at)
        file, before = _grown(file, event), after
        yield event


def report(event: Said) -> File:
    """The same as words for the team."""
    said = {name: value for name, value in event.items() if name not in ("at", "note")}
    note = {"note": event["note"]} if event.get("note") else {}
    return {"kind": "patient_report", "at": event["at"], "what": "other", TOLD: said, **note}


def loosens(before: Assessment, after: Assessment) -> bool:
    """Whether a reason that stopped no longer does, or an alert that cannot wait is gone."""
    return bool(stopping(before) - stopping(after) or pressing(before) - pressing(after))


def stopping(found: Assessment) -> set[tuple[str, str]]:
    """Every reason that keeps an action shut."""
    return {
        (action, each.rule)
        for action, answer in found.actions.items()
        for each in answer.reasons
        if each.stops
    }


def pressing(found: Assessment) -> set[str]:
    """Every alert that cannot wait."""
    return {each.rule for each in found.alerts if each.urgency == "now"}


def _assessed(held: Held, at: datetime) -> Assessment:
    return assess(held.as_read, at.astimezone(held.zone), settings=held.course.clinic.rules)


def _grown(file: File, event: Said) -> File:
    name = f"p{len(file['events'])}"
    return {**file, "events": [*file["events"], {"id": name, **event}]}


def _with(file: File, event: Said, held: Held, at: datetime) -> Assessment:
    recorded_at = at.astimezone(held.zone)
    said = {**event, "recorded_at": recorded_at.isoformat(), "by": {"role": "patient"}}
    course = read_course(json.dumps(_grown(file, said)), held.course.code)
    return assess(course, recorded_at, settings=held.course.clinic.rules)
