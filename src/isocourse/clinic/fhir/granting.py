"""Tokens for systems (SMART Backend Services): a signed assertion in, a short-lived token out."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from isocourse.clinic.fhir.models import Access, System
from isocourse.clinic.fhir.scopes import granted
from isocourse.clinic.fhir.systems import caller
from isocourse.clinic.hooks.configuration import Caller
from isocourse.clinic.hooks.tokens import NotKnown, accepted
from isocourse.clinic.log import clock

LIVES = timedelta(minutes=5)
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class Holder:
    """A system with the scopes of its token."""

    system: System
    scopes: tuple[str, ...]


def address(request: HttpRequest) -> str:
    """Where tokens are given; an assertion has to name it."""
    return request.build_absolute_uri(reverse("fhir_token"))


@csrf_exempt
@never_cache
def token(request: HttpRequest) -> HttpResponse:
    """A token for a system that shows who it is by its key."""
    if request.method != "POST":
        return _refused("invalid_request", "expected POST", 405)
    given = request.POST
    if given.get("grant_type") != "client_credentials":
        return _refused("unsupported_grant_type", "expected client_credentials")
    if given.get("client_assertion_type") != _ASSERTION:
        return _refused("invalid_request", f"client_assertion_type: expected {_ASSERTION}")
    try:
        system = _system(given.get("client_assertion", ""), address(request))
    except NotKnown as unknown:
        return _refused("invalid_client", str(unknown), 401)
    scopes = granted(given.get("scope", "").split(), system.scopes.split())
    if not scopes:
        return _refused("invalid_scope", f"this system may have: {system.scopes}")
    return JsonResponse(_given(system, scopes))


def _refused(error: str, why: str, status: int = 400) -> HttpResponse:
    return JsonResponse({"error": error, "error_description": why}, status=status)


def _system(assertion: str, where: str) -> System:
    """The system that signed; `iss` and `sub` are both its name."""
    found: list[System] = []

    def find(claims: Mapping[str, Any]) -> Caller:
        name = claims.get("iss")
        held = System.objects.filter(client_id=str(name), ended=None).select_related("user")
        system = held.first()
        if system is None or claims.get("sub") != name:
            raise NotKnown("iss and sub: expected the client_id of a system that may read")
        found.append(system)
        return caller(system)

    accepted(assertion, find, where, ["sub"])
    return found[0]


def _given(system: System, scopes: list[str]) -> dict[str, Any]:
    secret, now, said = secrets.token_urlsafe(32), clock.now(), " ".join(scopes)
    Access.objects.filter(expires__lt=now).delete()
    Access.objects.create(digest=_digest(secret), system=system, scopes=said, expires=now + LIVES)
    return {
        "access_token": secret,
        "token_type": "bearer",
        "expires_in": int(LIVES.total_seconds()),
        "scope": said,
    }


def holder(header: str) -> Holder | None:
    """Whose token came with a request; None when it is not known, over, or the system ended."""
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return None
    held = (
        Access.objects.filter(digest=_digest(secret), expires__gt=clock.now(), system__ended=None)
        .select_related("system__clinic", "system__user")
        .first()
    )
    return Holder(held.system, tuple(held.scopes.split())) if held else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
