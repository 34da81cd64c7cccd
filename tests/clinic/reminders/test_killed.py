"""Killed at every step in turn: a reminder goes out once, or it is said that nobody can tell."""

import os
import signal
import smtplib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, connections
from tests.clinic import team
from tests.clinic.reminders.scene import Box, due_now, moment_of, post_office, reminded

from isocourse.clinic.log import clock
from isocourse.clinic.reminders import sending
from isocourse.clinic.reminders.models import Message, State
from isocourse.clinic.reminders.timing import times

MOST = 400  # steps of one pass, at most


@dataclass
class Fuse:
    """Kills the process at a step: before and after every word to the database or the server."""

    left: int

    def step(self) -> None:
        """One step more."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, act: Any) -> Any:
        """An act with a step before and one after it."""

        def done(*given: Any, **named: Any) -> Any:
            self.step()
            said = act(*given, **named)
            self.step()
            return said

        return done

    def execute(self, execute: Any, *given: Any) -> Any:
        """A word to the database."""
        return self.around(execute)(*given)


@contextmanager
def _a_child() -> Iterator[int]:
    connections.close_all()  # a socket that both hold would be read by both
    yield os.fork()


def killed_at(step: int, moment: Any) -> bool:
    """Whether a pass was killed at a step; if not, it came to its end."""
    with _a_child() as child:
        if child == 0:
            _work_and_die(step, moment)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def _work_and_die(step: int, moment: Any) -> None:
    """In the child: one pass with a fuse. It never returns."""
    status = 1
    try:
        fuse = Fuse(step)
        for name in ("connect", "putcmd", "getreply", "send", "close"):
            setattr(smtplib.SMTP, name, fuse.around(getattr(smtplib.SMTP, name)))
        with clock.standing_at(moment), connection.execute_wrapper(fuse.execute):
            sending.send()
        status = 0
    finally:
        os._exit(status)


def later(moment: Any) -> Any:
    """When the lease of a worker that was killed is over."""
    return moment + times().lease.lasts + timedelta(minutes=1)


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.soak), 5])
def test_each_reminder_goes_out_once_or_is_said_to_be_uncertain(
    database: str, settings: Any, every: int
) -> None:
    """Given a mail that is due; when its sender is killed at any step; then it is never lost.

    At every fifth step, and at each of those between two that end otherwise; at each in a soak.
    """
    _in_memory_of_the_system(database)
    clinic = team.clinic()
    with post_office(settings) as box:
        course = reminded(clinic)
        first = due_now(course)
        ends = _by_step(lambda step: _killed_and_taken_up(first, box, step), every)
    ended = Counter(ends.values())
    assert ended["sent"] >= 40 // every and ended["uncertain, not arrived"] >= 1, ended
    assert 1 <= ended["uncertain, arrived"] <= 8, ended


def _by_step(tried: Callable[[int], tuple[str, bool]], every: int) -> dict[int, str]:
    """How it ended by the step of the kill, up to the end of the pass."""
    ends: dict[int, str] = {}
    for step in range(1, MOST, every):
        ends[step], killed = tried(step)
        if not killed:
            break
    else:
        raise AssertionError("the pass never came to its end")
    for one, other in pairwise(list(ends)):
        if ends[one] != ends[other]:
            ends |= {step: tried(step)[0] for step in range(one + 1, other)}
    return ends


def _killed_and_taken_up(first: Message, box: Box, step: int) -> tuple[str, bool]:
    """How a mail ended whose sender was killed at a step, if it came so far."""
    moment, message = moment_of(first), _another(first, step)
    box.held.clear()
    killed = killed_at(step, moment)
    with clock.standing_at(later(moment)):
        sending.send()  # by whoever comes next
        sending.send()
    return _checked(message, box, killed), killed


def _in_memory_of_the_system(database: str) -> None:
    """A killed process loses nothing that the system has; only a power cut asks for the disk."""
    if database.startswith("sqlite"):
        options = connections.settings["default"]["OPTIONS"]
        options["init_command"] = options["init_command"].replace("=FULL", "=OFF")


def _another(first: Message, step: int) -> Message:
    """The same reminder again, by another key."""
    Message.objects.all().delete()
    first.pk, first.key, first.state = None, f"{step:064d}", State.WAITING
    first.save(force_insert=True)
    return Message.objects.get(key=first.key)


def _checked(message: Message, box: Box, killed: bool) -> str:
    """How it ended; what must never be is refused here."""
    message.refresh_from_db()
    arrived = len(box.held)
    assert arrived <= 1, "sent twice"
    if message.state == State.SENT:
        assert arrived == 1, "said to be sent, and never arrived"
        return "sent"
    assert killed and message.state == State.UNCERTAIN, message.state
    return f"uncertain, {'arrived' if arrived else 'not arrived'}"


@pytest.mark.parametrize("workers", [4])
def test_workers_beside_each_other_send_each_reminder_once(
    database: str, settings: Any, workers: int
) -> None:
    clinic = team.clinic()
    with post_office(settings) as box:
        kept = [due_now(reminded(clinic, f"p{n}@example.org", n % 2 == 0)) for n in range(3)]
        moment = max(map(moment_of, kept))
        children = []
        for _ in range(workers):
            with _a_child() as child:
                if child == 0:
                    _work_and_die(10**9, moment)
                children.append(child)
        for child in children:
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert len(box.held) == len(set(box.names())) == len(kept)
        assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}
