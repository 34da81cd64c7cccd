"""Invitations: a secret link that gives one person one role in one clinic, once, for a few days."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.dispatch import Signal

from isocourse.clinic.log import clock
from isocourse.clinic.people.models import Clinic, Invitation, Membership, User

_LASTS = timedelta(days=7)
joined = Signal()
"""Sent in the transaction in which an invitation is taken up."""


class NotOpen(Exception):
    """An invitation that is unknown, used or over."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A place in a clinic."""

    clinic: Clinic
    role: str
    profession: str
    email: str


def invite(offer: Offer, by: User | None) -> str:
    """Offer a place; the secret of the link, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        digest=_digest(secret),
        clinic=offer.clinic,
        role=offer.role,
        profession=offer.profession,
        email=offer.email,
        by=by,
        until=clock.now() + _LASTS,
    )
    return secret


def found(secret: str) -> Invitation:
    """The invitation of a link. Raises NotOpen."""
    held = Invitation.objects.filter(digest=_digest(secret)).select_related("clinic").first()
    if held is None or not held.open_at(clock.now()):
        raise NotOpen
    return held


def accept(secret: str, user: User) -> Membership:
    """Take the place that was offered. Raises NotOpen when somebody else has."""
    now = clock.now()
    with transaction.atomic():
        held = found(secret)
        if not Invitation.objects.filter(pk=held.pk, used=None).update(used=now):
            raise NotOpen
        Membership.objects.filter(user=user, clinic=held.clinic, ended=None).update(ended=now)
        joined.send(Invitation, invitation=held, user=user)
        return Membership.objects.create(
            user=user,
            clinic=held.clinic,
            role=held.role,
            profession=held.profession,
            since=now,
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
