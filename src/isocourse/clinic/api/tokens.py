"""Tokens: made by the administrator of a clinic and shown once; each use is counted."""

import hashlib
import math
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from isocourse.clinic.administration.changing import note
from isocourse.clinic.administration.models import Kind
from isocourse.clinic.api.limits import A_MINUTE
from isocourse.clinic.api.models import Token
from isocourse.clinic.log import clock
from isocourse.clinic.people.models import User
from isocourse.clinic.people.places import Here

_BEGINS = "isocourse_"
"""So that a token that was left in a file is recognised as one."""
_MINUTE = timedelta(minutes=1)


class TooOften(Exception):
    """A token asked more often than it may; says how many seconds to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} seconds")


def make(here: Here, name: str, role: str, lives: timedelta) -> tuple[Token, str]:
    """A token for an application of this clinic, and its text, which is kept nowhere."""
    text, now = _BEGINS + secrets.token_urlsafe(32), clock.now()
    with transaction.atomic():
        user = User.objects.create_user(
            f"application-{secrets.token_hex(8)}", name=f"{name} (application)", is_active=False
        )
        token = Token.objects.create(
            digest=_digest(text),
            clinic=here.clinic,
            user=user,
            name=name,
            role=role,
            by=here.user,
            made_at=now,
            until=now + lives,
        )
        note(here.clinic, here.user, Kind.TOKEN, name, after=_told(token))
    return token, text


def end(here: Here, pk: int) -> Token | None:
    """End a token of this clinic at once; None when there is none that still opens anything."""
    with transaction.atomic():
        held = Token.objects.select_for_update().filter(pk=pk, clinic=here.clinic, ended=None)
        token = held.first()
        if token is None:
            return None
        token.ended = clock.now()
        token.save(update_fields=["ended"])
        note(here.clinic, here.user, Kind.TOKEN, token.name, before=_told(token))
    return token


def found(text: str) -> Token | None:
    """The token of a text, if it still opens anything; its use is counted. Raises TooOften."""
    now = clock.now()
    with transaction.atomic():
        held = Token.objects.select_for_update(of=("self",)).select_related("clinic", "user")
        token = held.filter(digest=_digest(text)).first()
        if token is None or not token.good_at(now):
            return None
        _count(token, now)
    return token


def _count(token: Token, now: datetime) -> None:
    begun = token.last_used
    minute = now.replace(second=0, microsecond=0)
    asked = token.asked if begun is not None and begun >= minute else 0
    if asked >= A_MINUTE:
        raise TooOften(math.ceil((minute + _MINUTE - now).total_seconds()))
    token.last_used, token.asked = now, asked + 1
    token.save(update_fields=["last_used", "asked"])


def _told(token: Token) -> str:
    return f"{token.role}, until {token.until:%Y-%m-%d}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
