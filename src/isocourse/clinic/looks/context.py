"""What every page knows: who is here, what they may do, and whether it is the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from isocourse.clinic.access.acts import ACTS, may
from isocourse.clinic.people.places import held, where


def page(request: HttpRequest) -> dict[str, Any]:
    """The words that the frame of every page needs; asked for only where they are shown."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "here": SimpleLazyObject(lambda: where(request)),
        "may": SimpleLazyObject(lambda: _acts(request)),
        "elsewhere": SimpleLazyObject(lambda: held(request)),
    }


def _acts(request: HttpRequest) -> dict[str, bool]:
    here = where(request) if hasattr(request, "session") else None
    return {act: here is not None and may(here.role, act) for act in ACTS}
