"""Half-filled forms: kept on the server for their person, gone when recorded, forgotten or old."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.http import QueryDict

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import recorded
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.people.models import User
from isocourse.clinic.visits.models import Draft

KEPT = timedelta(days=30)
"""How long a half-filled form waits for its person."""

_NOT_KEPT = {"csrfmiddlewaretoken", "confirmed", "do"}
LARGEST = 100_000
"""Signs of a form that are kept at most; no form of ours comes near."""


def keep(user: User, course: Course, form: str, given: QueryDict) -> bool:
    """Keep what is filled in so far; False when it is too much to be one of our forms."""
    said = {name: values for name, values in given.lists() if name not in _NOT_KEPT}
    if sum(len(name) + len("".join(values)) for name, values in said.items()) > LARGEST:
        return False
    body = Cipher(course.key).closed(said)
    Draft.objects.update_or_create(
        user=user, course=course, form=form, defaults={"body": body, "at": clock.now()}
    )
    return True


def kept(user: User, course: Course, form: str) -> QueryDict | None:
    """What this person has filled in so far, if anything is kept."""
    draft = Draft.objects.filter(user=user, course=course, form=form).first()
    if draft is None:
        return None
    return _as_sent(Cipher(course.key).opened(draft.body))


def _as_sent(said: Mapping[str, Any]) -> QueryDict:
    given = QueryDict(mutable=True)
    for name, values in said.items():
        given.setlist(name, values)
    return given


def drop(user: User, course: Course, form: str) -> None:
    """The form was recorded, or is not wanted: nothing of it is kept."""
    Draft.objects.filter(user=user, course=course, form=form).delete()


def sweep() -> int:
    """Let go of what has waited too long; how many there were."""
    return Draft.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


@receiver(recorded, dispatch_uid="forget_drafts")
def after_an_entry(course: Course, **_: Any) -> None:
    """When a person was forgotten, so is what was half filled in about them."""
    if getattr(course, "key", None) is None:
        Draft.objects.filter(course=course).delete()
