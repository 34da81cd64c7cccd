"""How a patient comes in: a link that works once, or a passkey; and how the team shuts the door."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest

from isocourse.clinic.access.models import Opening
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Head
from isocourse.clinic.log.sealing import named
from isocourse.clinic.people.models import User
from isocourse.clinic.portal.desk import ENGLISH
from isocourse.clinic.portal.models import Access, Knock, Link

LASTS = timedelta(days=7)
_WITHIN, _MOST = timedelta(minutes=15), 10
"""So many wrong links from one place within so long shut it out for as long."""


class NotOpen(Exception):
    """A link that is unknown, used or over, or of an access that was ended."""


class KnockedTooOften(Exception):
    """Too many wrong links came from here."""


def access_of(course: Course) -> Access | None:
    """The access of the patient of a course, while it is not ended."""
    return Access.objects.filter(course=course, ended=None).select_related("user").first()


def of_person(user: object) -> Access | None:
    """The access of a signed-in person, if they are a patient; ended or not."""
    if not isinstance(user, User):
        return None
    held = Access.objects.filter(user=user)
    return held.select_related("course__clinic", "course__key", "user").first()


def invite(course: Course, by: User | None, language: str = ENGLISH) -> str:
    """A fresh link for the patient of a course; its secret is kept nowhere. Earlier links close.

    A page that is new begins in the language that is given.
    """
    now = clock.now()
    with transaction.atomic():
        Head.objects.select_for_update().get(course=course)  # two at once make one access
        held = access_of(course) or _new(course, language)
        Link.objects.filter(access=held, used=None, until__gt=now).update(until=now)
        secret = secrets.token_urlsafe(32)
        Link.objects.create(digest=_digest(secret), access=held, by=by, made=now, until=now + LASTS)
    return secret


def _new(course: Course, language: str) -> Access:
    user = User(username=f"patient-{secrets.token_hex(8)}", name="the patient")
    user.set_unusable_password()
    user.save()
    return Access.objects.create(user=user, course=course, since=clock.now(), language=language)


def end(course: Course) -> bool:
    """Nobody comes in as the patient of this course any more, from the next page on."""
    with transaction.atomic():
        held = access_of(course)
        if held is None:
            return False
        Access.objects.filter(pk=held.pk).update(ended=clock.now())
        User.objects.filter(pk=held.user_id).update(is_active=False)
    return True


def found(secret: str) -> Link:
    """The link of a secret, unused. Raises NotOpen."""
    held = Link.objects.filter(digest=_digest(secret)).select_related("access__course").first()
    if held is None or not held.open_at(clock.now()) or not _readable(held.access.course):
        raise NotOpen
    return held


def _readable(course: Course) -> bool:
    return getattr(course, "key", None) is not None


def use(secret: str) -> Access:
    """Come in by a link, once. Raises NotOpen when somebody else was quicker."""
    with transaction.atomic():
        held = found(secret)
        if not Link.objects.filter(pk=held.pk, used=None).update(used=clock.now()):
            raise NotOpen
    return held.access


def came_in(access: Access) -> None:
    """Note that the patient looked at their course."""
    Opening.objects.create(
        user=access.user,
        clinic=access.course.clinic,
        course=access.course,
        at=clock.now(),
        page="portal",
    )


def may_knock(request: HttpRequest) -> None:
    """Raises KnockedTooOften after too many wrong links from one place."""
    since = clock.now() - _WITHIN
    if Knock.objects.filter(whence=_whence(request), at__gt=since).count() >= _MOST:
        raise KnockedTooOften


def knocked(request: HttpRequest) -> None:
    """Count a wrong link; old ones are forgotten."""
    now = clock.now()
    Knock.objects.filter(at__lt=now - _WITHIN).delete()
    Knock.objects.create(whence=_whence(request), at=now)


def _whence(request: HttpRequest) -> str:
    browser = request.META.get("HTTP_USER_AGENT", "")
    return named("knock", request.META.get("REMOTE_ADDR", ""), browser)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
