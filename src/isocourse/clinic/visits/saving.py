"""Saving a form: all its events or none, in one transaction, and never twice.

Each form that is given out carries a token. The first event keeps it as an act that can be done
only once, so a second press of the button, or the same form sent again, records nothing more.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.recording import Pen, Writer, check, once_only, put, writing

Said = Mapping[str, Any]
LONGEST_TOKEN = 64


class AlreadyRecorded(Exception):
    """This very form was recorded before; nothing was recorded again."""


def new_token() -> str:
    """The mark of one form that is given out."""
    return secrets.token_urlsafe(16)


def once_of(course: Course, token: str) -> str:
    """The act of recording one form, which the database keeps unique."""
    return once_only(course, "form", token[:LONGEST_TOKEN])


def used(course: Course, token: str) -> bool:
    """Whether the form with this mark was recorded."""
    return bool(token) and Entry.objects.filter(once=once_of(course, token)).exists()


def save(
    course: Course,
    writer: Writer,
    events: Sequence[Said],
    token: str,
    before: Callable[[Pen], None] = lambda _pen: None,
    after: Callable[[Pen, Sequence[Said]], None] = lambda _pen, _kept: None,
) -> list[Said]:
    """Record a form; the events as they stand in the log.

    `before` may still refuse and `after` write what belongs to it, both in the same transaction
    and under the same lock. Raises AlreadyRecorded for a token that was used, Refused when an event
    cannot be used.
    """
    once = once_of(course, token)
    try:
        with transaction.atomic(), writing(course, writer) as pen:
            if used(course, token):
                raise AlreadyRecorded
            before(pen)
            kept = [put(pen, each, None if place else once) for place, each in enumerate(events)]
            check(pen.held, pen.at)
            after(pen, kept)
    except IntegrityError as error:
        raise AlreadyRecorded from error
    return list(kept)
