"""The language of the patient's page: chosen by the patient, at the door or inside."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_POST

from isocourse.clinic.portal.desk import ENGLISH, LANGUAGES, offered
from isocourse.clinic.portal.models import Access
from isocourse.clinic.portal.needing import LANGUAGE, Me, patients


def at_the_door() -> list[str]:
    """The languages of the door itself, where no clinic is known yet."""
    return list(LANGUAGES) if settings.DEMONSTRATION else [ENGLISH]


def spoken_at_the_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page outside, in the language that was asked for where it is offered."""

    @wraps(view)
    def speaking(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        asked = request.GET.get(LANGUAGE, "")
        with translation.override(asked if asked in at_the_door() else ENGLISH):
            return view(request, *given, **named)

    return speaking


@patients
@require_POST
def choose(request: HttpRequest, me: Me) -> HttpResponse:
    """Read the page in another language from now on."""
    asked = request.POST.get(LANGUAGE, "")
    if asked in offered(me.desk):
        Access.objects.filter(pk=me.access.pk).update(language=asked)
    return redirect("my_home")
