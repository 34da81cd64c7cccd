"""What every page knows: who is here, what they may do, and whether it is the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from isocourse.clinic.access.acts import ACTS, may
from isocourse.clinic.people.places import held, where
from isocourse.clinic.reminders.models import Message, State


def page(request: HttpRequest) -> dict[str, Any]:
    """The words that the frame of every page needs; asked for only where they are shown."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "here": SimpleLazyObject(lambda: where(request)),
        "may": SimpleLazyObject(lambda: _acts(request)),
        "perhaps_sent": SimpleLazyObject(lambda: _perhaps_sent(request)),
        "elsewhere": SimpleLazyObject(lambda: held(request)),
    }


def _acts(request: HttpRequest) -> dict[str, bool]:
    here = where(request) if hasattr(request, "session") else None
    return {act: here is not None and may(here.role, act) for act in ACTS}


def _perhaps_sent(request: HttpRequest) -> int:
    """How many mails of the clinic wait for somebody to decide."""
    here = where(request)
    rows = Message.objects.filter(clinic=here.clinic if here else None, state=State.UNCERTAIN)
    return rows.count()
