"""Hands at a desk: they send forms as fast as they are answered, and note what was acknowledged."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Lock
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests.clinic.browsing import BACKEND

from isocourse.clinic.people import sessions
from isocourse.clinic.people.models import User

_TOKEN = "tokenOfTheTestsWith32Characters0"
COOKIE = "__Host-session"
RECORDED, LOST, OTHER = "recorded", "lost", "other"
NONE, FOUND, INTERRUPTED, FORBIDDEN, FAILED = 0, 302, 400, 403, 500


def session_of(user: User) -> str:
    """A session in which somebody has signed in, with a second factor."""
    now = int(time.time())
    held = SessionStore()
    held.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "_csrftoken": _TOKEN,
            sessions._SECOND: True,
            "seen": now,
            "begun": now,
        }
    )
    held.save()
    return str(held.session_key)


@dataclass
class Tally:
    """What was sent, and what became of it as far as the one who sent it can know."""

    acknowledged: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    first: Event = field(default_factory=Event)
    strange: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, mark: str, became: str) -> None:
        """One form, and what became of it."""
        with self.lock:
            if became == RECORDED:
                self.acknowledged.add(mark)
                self.first.set()
            elif became == LOST:
                self.unanswered.add(mark)
            else:
                self.strange.append(became)


class Hand:
    """One connection of one person, over and over."""

    def __init__(self, port: int, session: str) -> None:
        self.host = f"localhost:{port}"
        self.headers = {
            "Host": self.host,
            "Cookie": f"{COOKIE}={session}",
            "Origin": f"https://{self.host}",
            "X-Forwarded-Proto": "https",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.line = HTTPConnection("127.0.0.1", port, timeout=30)

    def send(self, address: str, said: dict[str, str]) -> str:
        """Send a form: recorded, lost on the way, or the status of another answer."""
        status = self.ask(address, said)
        if status == FOUND:
            return RECORDED
        lost = status in (NONE, INTERRUPTED) or status >= FAILED
        return LOST if lost else f"{OTHER}: {status} {address}"

    def ask(self, address: str, said: dict[str, str] | None = None) -> int:
        """The status of a page, or of a form that is sent; NONE when no answer came."""
        body = urlencode({"csrfmiddlewaretoken": _TOKEN, **said}) if said else None
        try:
            self.line.request("POST" if said else "GET", address, body, self.headers)
            answer = self.line.getresponse()
            answer.read()
        except (OSError, HTTPException):
            self.line.close()
            return NONE
        away = "/login" in (answer.getheader("Location") or "")
        return FORBIDDEN if away else answer.status


def visit(mark: str, day: str) -> dict[str, str]:
    """A visit of three entries, known again by its note."""
    return {
        "do": "save",
        "token": secrets.token_urlsafe(12),
        "visit-day": day,
        "visit-mode": "in_person",
        "visit-role": "specialist_nurse",
        "visit-note": mark,
        "weight-value": "61",
        "weight-unit": "kg",
        "symptoms-cheilitis": "1",
    }


def write_visits(hand: Hand, code: str, day: str, tally: Tally, stop: Event) -> None:
    """Record visits on one course until told to stop; after a failure, the next one."""
    number = 0
    while not stop.is_set():
        number += 1
        mark = f"{code}/{number}"
        became = hand.send(f"/courses/{code}/record/visit/", visit(mark, day))
        tally.note(mark, became)
        if became != RECORDED:
            stop.wait(0.1)
    hand.line.close()


def hand_over(hand: Hand, given: Sequence[tuple[str, str]], tally: Tally, stop: Event) -> None:
    """Hand over what may be handed over, one prescription after the other."""
    for code, prescription in given:
        became = hand.send(f"/courses/{code}/hand-over/", {"prescription": prescription})
        tally.note(code, became)
        if stop.wait(0.05):
            break
    hand.line.close()
