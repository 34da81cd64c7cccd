"""The patient's own door: by a link that works once, or by a passkey."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isocourse.clinic.portal import doors
from isocourse.clinic.portal.desk import LANGUAGES, desk
from isocourse.clinic.portal.models import Access
from isocourse.clinic.portal.needing import Me, patients, spoken
from isocourse.clinic.portal.speaking import at_the_door, spoken_at_the_door

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_MOST_KEYS = 5


def _come_in(request: HttpRequest, access: Access) -> None:
    request.session.flush()
    login(request, access.user, _BACKEND)
    doors.came_in(access)


@spoken_at_the_door
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey, or learn how to get a link."""
    if getattr(request, "access", None):
        return redirect("my_home")
    languages = [(each, LANGUAGES[each]) for each in at_the_door()]
    return render(request, "portal/door.html", {"languages": languages})


@spoken_at_the_door
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A link is opened; it is used up only by the button, so that nothing that looks at it does."""
    try:
        doors.may_knock(request)
        held = doors.found(secret)
        if request.method == "GET":
            said = desk(held.access.course.clinic)
            with spoken(held.access.language, said):
                words = {"clinic": held.access.course.clinic}
                return render(request, "portal/welcome.html", words)
        access = doors.use(secret)
    except doors.KnockedTooOften:
        return render(request, "portal/closed.html", {"often": True}, status=429)
    except doors.NotOpen:
        doors.knocked(request)
        return render(request, "portal/closed.html", {"often": False}, status=404)
    _come_in(request, access)
    return redirect("my_passkey" if not _keys(access).exists() else "my_home")


@spoken_at_the_door
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """What a browser needs to use a passkey (GET); the passkey that it used (POST)."""
    if request.method == "GET":
        return JsonResponse({"request_options": auth.begin_authentication()})
    try:
        doors.may_knock(request)
    except doors.KnockedTooOften:
        return render(request, "portal/closed.html", {"often": True}, status=429)
    form = LoginWebAuthnForm(request.POST)
    access = doors.of_person(form.cleaned_data["credential"].user) if form.is_valid() else None
    if access is None or access.ended is not None:
        doors.knocked(request)
        messages.error(request, _("This passkey does not open a page here. Ask for a new link."))
        return redirect("my_door")
    _come_in(request, access)
    return redirect("my_home")


def _keys(access: Access) -> Any:
    return Authenticator.objects.filter(user=access.user, type=Authenticator.Type.WEBAUTHN)


@patients
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest, me: Me) -> HttpResponse:
    """Keep a passkey on this phone, see those there are, take one away."""
    held = _keys(me.access)
    if request.method == "POST" and request.POST.get("do") == "remove":
        pk = request.POST.get("pk", "")
        if pk.isdecimal():
            held.filter(pk=int(pk)).delete()
            messages.success(request, _("Taken away. It opens this page no more."))
        return redirect("my_passkey")
    if request.method == "POST":
        if held.count() >= _MOST_KEYS:
            messages.error(request, _("You have enough passkeys. Take one away first."))
        elif _kept(request, me.access):
            messages.success(request, _("Your passkey is kept. Next time, sign in with it."))
            return redirect("my_home")
        else:
            messages.error(request, _("That did not work. Try it once more."))
        return redirect("my_passkey")
    options = auth.begin_registration(me.access.user, True)
    words = {"keys": held.order_by("created_at"), "options": {"creation_options": options}}
    return render(request, "portal/passkey.html", words)


def _kept(request: HttpRequest, access: Access) -> bool:
    given = {"credential": request.POST.get("credential", ""), "passwordless": "on"}
    form = AddWebAuthnForm(given, user=access.user)
    if not form.is_valid():
        return False
    auth.WebAuthn.add(access.user, form.cleaned_data["name"], form.cleaned_data["credential"])
    return True


@patients
@require_POST
def leave(request: HttpRequest, me: Me) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("my_door")


for each in (door, by_link, key):
    each.public = True  # type: ignore[attr-defined]
