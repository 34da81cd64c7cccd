"""A browser without a window: signed in as somebody, over an encrypted connection."""

from typing import Any

from django.test import Client

from isocourse.clinic.people import sessions
from isocourse.clinic.people.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Browser(Client):
    """A client that always comes over an encrypted connection."""

    def generic(self, *given: Any, **named: Any) -> Any:
        named["secure"] = True
        return super().generic(*given, **named)


def signed_in(user: User, second_factor: bool = True) -> Browser:
    """Somebody at a browser, past the entrance."""
    browser = Browser()
    browser.force_login(user, BACKEND)
    session = browser.session
    session[sessions._SECOND] = second_factor
    session.save()
    return browser
