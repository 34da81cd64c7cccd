"""Answers in FHIR: resources with their version, and refusals as OperationOutcome."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from isocourse.clinic.fhir.granting import Holder, holder
from isocourse.clinic.fhir.scopes import may
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.sealing import Unreadable
from isocourse.exchange.endpoint.matching import BadSearch, when
from isocourse.exchange.endpoint.saying import outcome
from isocourse.exchange.fhir.looking import Json

JSON = "application/fhir+json"
_LINES = ("application/fhir+ndjson", "application/ndjson")
_TAKEN = (JSON, "application/json", "json", "*/*", "application/*")
View = Callable[..., HttpResponseBase]


class Refused(Exception):
    """A request that is refused: with which status, in which code of FHIR, and why."""

    def __init__(self, status: int, code: str, why: str) -> None:
        self.status, self.code = status, code
        super().__init__(why)


def base(request: HttpRequest) -> str:
    """The address under which everything is served."""
    return request.build_absolute_uri(reverse("fhir_base")).rstrip("/")


def answer(resource: Json, status: int = 200) -> HttpResponse:
    """A resource, with its version where it has one."""
    text = json.dumps(resource, ensure_ascii=False, allow_nan=False)
    made = HttpResponse(text, content_type=f"{JSON}; charset=utf-8", status=status)
    meta = resource.get("meta", {})
    if "versionId" in meta:
        made["ETag"] = f'W/"{meta["versionId"]}"'
        made["Last-Modified"] = http_date(when(meta["lastUpdated"]).timestamp())
    return made


def refused(status: int, code: str, why: str) -> HttpResponse:
    """A refusal with its reason."""
    return answer(outcome(code, why), status)


def open_view(view: View) -> View:
    """An address that is read by anybody; what goes wrong is told in FHIR."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        try:
            _readable(request, _LINES if request.path.endswith(".ndjson") else _TAKEN)
            return view(request, *given, **named)
        except Refused as told:
            return refused(told.status, told.code, str(told))
        except BadSearch as bad:
            return refused(400, "invalid", str(bad))
        except (Broken, Unreadable):
            why = "The log of this course is not as it was written; nothing of it is shown."
            return refused(409, "conflict", why)

    return answered


def system_view(view: View) -> View:
    """An address for systems with a token; who holds it is given to the view."""

    @open_view
    @wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        held = holder(request.headers.get("Authorization", ""))
        if held is None:
            made = refused(401, "login", "Send a token of this server that is still good.")
            made["WWW-Authenticate"] = "Bearer"
            return made
        return view(request, held, *given, **named)

    return answered


def _readable(request: HttpRequest, given: tuple[str, ...]) -> None:
    """Raises unless the other side takes what is given here: JSON, or lines of it."""
    wanted = request.GET.get("_format") or request.headers.get("Accept", "*/*")
    if not any(each.split(";")[0].strip() in (*given, *_TAKEN) for each in wanted.split(",")):
        raise Refused(406, "not-supported", f"{wanted}: expected {JSON}.")


def only(request: HttpRequest, *methods: str) -> None:
    """Raises unless the request comes by one of these methods: nothing is written here."""
    if request.method not in methods:
        why = f"{request.method}: this server is read-only; expected {' or '.join(methods)}."
        raise Refused(405, "not-supported", why)


def allowed(held: Holder, kind: str, letters: str) -> None:
    """Raises unless the token allows these acts on a type."""
    if not may(held.scopes, kind, letters):
        raise Refused(403, "forbidden", f"The token holds no scope system/{kind}.{letters}.")
