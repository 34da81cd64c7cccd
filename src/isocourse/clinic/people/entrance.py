"""The entrance: nobody signs up; a place is offered by invitation. Guessing is locked out."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.decorators import axes_dispatch
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator

from isocourse.clinic.people.models import User


class Entrance(DefaultAccountAdapter):  # type: ignore[misc]
    """How people sign in here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a place is offered by invitation."""
        return False


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors; their secrets lie encrypted."""

    def _keys(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for _, key in settings.SECRETS.data])

    def encrypt(self, text: str) -> str:
        """A secret as the database holds it."""
        return self._keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return self._keys().decrypt(encrypted_text.encode()).decode()


def displayed(user: User) -> str:
    """A person's name."""
    return str(user)


def name_typed(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The name with which somebody tries to sign in, whether user name or address."""
    told = credentials or {}
    typed = told.get("username") or told.get("email")
    if not typed and request is not None:
        typed = request.POST.get("login", "")
    return str(typed or "").casefold()


def locked_out(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
    """The page for one who guessed too often."""
    return render(request, "people/locked_out.html", status=429)


@method_decorator(axes_dispatch, name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """Signing in, refused for a while after too many wrong passwords."""
