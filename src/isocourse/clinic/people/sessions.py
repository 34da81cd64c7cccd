"""A session ends when nobody uses it, and begins in earnest only with a second factor."""

import time
from collections.abc import Callable
from functools import cache

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from isocourse.clinic.people.models import Installation, User

Respond = Callable[[HttpRequest], HttpResponse]

_SEEN, _BEGUN, _SECOND = "seen", "begun", "second_factor"
_NOTED_EVERY = 60  # seconds; so that reading a page is not a write
BY_SECRET = ("/leave/", "/calendar/")
"""What a secret address opens, whoever holds it and whether or not they are signed in."""
_WITHOUT = (
    "/account/mfa/",
    "/account/2fa/",
    "/account/logout",
    "/account/reauthenticate",
    "/my/",
    *BY_SECRET,
)


def expiring(respond: Respond) -> Respond:
    """Signs out who was away too long, or signed in too long ago."""

    def check(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _over(request):
            logout(request)
            messages.info(request, _("You were signed out because you were away for a while."))
        return respond(request)

    return check


def _over(request: HttpRequest) -> bool:
    now, session = int(time.time()), request.session
    seen, begun = session.get(_SEEN, now), session.setdefault(_BEGUN, now)
    idle = now - seen > settings.SESSION_IDLE.total_seconds()
    long = now - begun > settings.SESSION_LONGEST.total_seconds()
    if _SEEN not in session or now - seen >= _NOTED_EVERY:
        session[_SEEN] = now
    return bool(idle or long)


def second_factor_first(respond: Respond) -> Respond:
    """Outside the demonstration, nothing is shown to a person without a second factor."""

    def check(request: HttpRequest) -> HttpResponse:
        agreed()
        if settings.DEMONSTRATION or not isinstance(request.user, User) or _has_second(request):
            return respond(request)
        if request.path.startswith(_WITHOUT):
            return respond(request)
        messages.info(request, _("Set up a second factor first: an app with codes, or a passkey."))
        return redirect("mfa_index")

    return check


def _has_second(request: HttpRequest) -> bool:
    if not request.session.get(_SECOND):
        if not is_mfa_enabled(request.user):
            return False
        request.session[_SECOND] = True
    return True


def agreed() -> None:
    """Raises unless the database and the environment agree on whether this is a demonstration."""
    if _demonstration_by_database() != settings.DEMONSTRATION:
        raise ImproperlyConfigured(
            "This database belongs to the demonstration, whose passwords are public, and the "
            "environment does not say so (or the other way round). Use another database."
        )


@cache
def _demonstration_by_database() -> bool:
    return Installation.objects.filter(demonstration=True).exists()
