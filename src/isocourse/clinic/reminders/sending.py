"""The worker: sends what is due, each message once, whoever else sends and whatever is killed.

A message goes waiting, leased, handing, sent. Until handing it has certainly not left: when its
lease is over it waits again. While handing it may have left: when its lease is over it becomes
uncertain, which the team is told and decides. It is never sent again by itself, and never dropped.
"""

import logging
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections

from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import Erased, read
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.project.environment import MAIL, NotSetUp
from isocourse.clinic.reminders import digests, handing
from isocourse.clinic.reminders.contact import contact_of
from isocourse.clinic.reminders.holding import holds
from isocourse.clinic.reminders.models import Message, State
from isocourse.clinic.reminders.planning import plan_again
from isocourse.clinic.reminders.timing import next_try, not_at_night, times
from isocourse.clinic.reminders.wording import Mail, to_a_patient

_log = logging.getLogger(__name__)
_AT_ONCE, _EVERY = 200, 60  # messages looked up, seconds between passes
_LONGEST = 60  # signs of what went wrong that are kept


@dataclass
class Tally:
    """What one pass did, by the state in which each message was left."""

    ended: dict[str, int] = field(default_factory=dict)

    def note(self, state: str, many: int = 1) -> None:
        """So many messages more."""
        if many:
            self.ended[state] = self.ended.get(state, 0) + many

    def __str__(self) -> str:
        told = [f"{many} {state}" for state, many in sorted(self.ended.items())]
        return ", ".join(told) or "nothing was due"


def passes(watch: bool) -> Iterator[Tally]:
    """One pass; or one a minute until stopped."""
    yield send()
    while watch:
        connections.close_all()
        time.sleep(_EVERY)
        yield send()


class _Taken(Exception):
    """Somebody else has the message in hand, or it was withdrawn meanwhile."""


def send() -> Tally:
    """One pass: what others left behind, then everything that is due.

    Raises NotSetUp where nobody said where mail goes.
    """
    if not settings.MAIL_IS_SET:
        raise NotSetUp(f"{MAIL} names no mail server; set it, and nothing was sent meanwhile.")
    tally = Tally()
    look_again(tally)
    plan_again(_AT_ONCE)
    digests.plan()
    while held := _due(clock.now()):
        for pk in held:
            tally.note(_one(pk))
    return tally


def _broken(hand: "_Hand", error: Exception) -> str:
    """What nobody foresaw ends one mail and not the pass; what may have left is uncertain."""
    _log.exception("a mail could not be sent")
    trouble = type(error).__name__[:_LONGEST]
    handed = _to(hand.mine(State.HANDING), State.UNCERTAIN, trouble=trouble)
    return State.UNCERTAIN if handed else hand.leave(State.FAILED, trouble=trouble)


def look_again(tally: Tally) -> None:
    """What a worker had in hand when it ended: not handed over waits again, handed is uncertain."""
    now = clock.now()
    over = Message.objects.filter(lease_until__lt=now)
    unknown = over.filter(state=State.HANDING)
    tally.note(State.UNCERTAIN, _to(unknown, State.UNCERTAIN, trouble="no answer is known"))
    _to(over.filter(state=State.LEASED), State.WAITING)


def _due(now: datetime) -> list[int]:
    waiting = Message.objects.filter(state=State.WAITING, due__lte=now)
    return list(waiting.order_by("due", "pk").values_list("pk", flat=True)[:_AT_ONCE])


def _to(rows: Any, state: str, **change: Any) -> int:
    """Bring messages into a state; how many there were."""
    done: int = rows.update(state=state, changed_at=clock.now(), **change)
    return done


def _one(pk: int) -> str:
    """Send one message; the state in which it is left."""
    lease = secrets.token_hex(16)
    waiting = Message.objects.filter(pk=pk, state=State.WAITING)
    until = clock.now() + times().lease.lasts
    if not _to(waiting, State.LEASED, lease=lease, lease_until=until):
        return "taken by another"
    message = Message.objects.select_related("course__key", "course__clinic").get(pk=pk)
    hand = _Hand(message, lease)
    try:
        return hand.work()
    except DatabaseError:  # the next pass finds it where it was left
        raise
    except Exception as error:
        return _broken(hand, error)


class _Hand:
    """One message in the hand of one worker."""

    def __init__(self, message: Message, lease: str) -> None:
        self.message, self.lease, self.now = message, lease, clock.now()

    def work(self) -> str:
        """Send it; the state in which it is left."""
        if self.message.until <= self.now:
            return self.leave(State.LATE)
        try:
            mail = self._mail()
        except (Broken, Erased, Course.key.RelatedObjectDoesNotExist):
            return self.leave(State.FAILED, trouble="the course cannot be read")
        if mail is None:
            return self.leave(State.WITHDRAWN)
        return mail if isinstance(mail, str) else self._send(mail)

    def _mail(self) -> Mail | str | None:
        """The mail; or the state in which it is left when this is not the hour, or nobody asks."""
        course = self.message.course
        if course is None:
            return digests.mail(self.message)
        held = read(course)
        contact = contact_of(held)
        if contact is None:
            return None
        better = not_at_night(self.now, contact.zone)
        if better > self.now:
            return self.leave(State.WAITING, due=better)
        if not holds(held, self.message):
            return None
        said = Cipher(course.key).opened(self.message.body)
        return to_a_patient(self.message.key, said, contact)

    def _send(self, mail: Mail) -> str:
        try:
            handing.hand(mail, self._mark, self._taken)
        except _Taken:
            return "taken by another"
        except handing.NotNow as error:
            return self._again(str(error))
        except handing.Refused as error:
            tries = self.message.attempts + 1
            return self.leave(State.FAILED, attempts=tries, trouble=str(error)[:_LONGEST])
        except handing.Uncertain as error:
            return self.leave(State.UNCERTAIN, trouble=str(error)[:_LONGEST])
        return str(State.SENT)

    def _taken(self) -> None:
        self.leave(State.SENT, trouble="")

    def _mark(self) -> None:
        """The text goes now. Whoever withdrew the message, or took it over, was first."""
        tries = self.message.attempts + 1
        if not _to(self.mine(State.LEASED), State.HANDING, attempts=tries):
            raise _Taken

    def _again(self, trouble: str) -> str:
        tries = self.message.attempts + 1
        due = next_try(tries, self.now)
        state = State.FAILED if due is None else State.WAITING
        change = {"due": due} if due else {}
        return self.leave(state, attempts=tries, trouble=trouble[:_LONGEST], **change)

    def mine(self, *states: str) -> Any:
        """The message, while it is in this hand and in one of these states."""
        return Message.objects.filter(pk=self.message.pk, lease=self.lease, state__in=states)

    def leave(self, state: str, **change: Any) -> str:
        """Leave it in a state, unless it is no longer in this hand."""
        held = self.mine(State.LEASED, State.HANDING, State.UNCERTAIN)
        return str(state) if _to(held, state, **change) else "taken by another"
