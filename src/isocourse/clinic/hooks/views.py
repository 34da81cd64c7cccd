"""The addresses that an EHR calls: discovery, each service, and feedback on its cards."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from isocourse.clinic.hooks.configuration import Caller, Hooks, configured
from isocourse.clinic.hooks.fetching import Server
from isocourse.clinic.hooks.models import CardFeedback
from isocourse.clinic.hooks.tokens import NotKnown, caller_of
from isocourse.clinic.log import clock
from isocourse.exchange import hooks as cds
from isocourse.exchange.hooks.requests import Request, read_request
from isocourse.words.tokens import PLACES

View = Callable[..., HttpResponse]
_LIVES = 600  # seconds that a browser may remember who may call


def told(status: int, why: str) -> HttpResponse:
    """A refusal with its reason, as JSON."""
    return JsonResponse({"error": why}, status=status)


def service_view(method: str, view: Callable[..., HttpResponse]) -> View:
    """An address of the services: off unless set up, for known browsers, by one method."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        hooks = configured()
        if hooks is None:
            return told(404, "no CDS services are set up here")
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method != method:
            response = told(405, f"expected {method}")
        else:
            response = view(request, hooks, *given, **named)
        return _for_browsers(request, response, hooks)

    return answer


def _for_browsers(request: HttpRequest, response: HttpResponse, hooks: Hooks) -> HttpResponse:
    """Known browsers may read the answer (CORS); others see nothing of it."""
    origin = request.headers.get("Origin", "")
    response["Vary"] = "Origin"
    if origin in hooks.origins:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        response["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response["Access-Control-Max-Age"] = str(_LIVES)
    return response


def _services(request: HttpRequest, hooks: Hooks) -> HttpResponse:
    """Which services there are, and what each needs to be sent."""
    places = [hooks.place] if hooks.place else PLACES
    return JsonResponse(cds.discovery(places, clock.now().date()))


def _service(request: HttpRequest, hooks: Hooks, service: str) -> HttpResponse:
    """The cards of one call."""
    known = cds.SERVICES.get(service)
    if known is None:
        return told(404, f"{service}: no such service; discovery lists them")
    try:
        caller = _caller(request, hooks)
        asked = read_request(request.body, known)
        return JsonResponse(cds.answer(_asked(request, asked, caller, hooks)))
    except NotKnown as unknown:
        return _not_known(unknown)
    except cds.BadRequest as bad:
        return told(400, str(bad))
    except cds.DataNeeded as needed:
        return told(412, str(needed))


def _caller(request: HttpRequest, hooks: Hooks) -> Caller:
    address = request.build_absolute_uri(request.path)
    return caller_of(request.headers.get("Authorization", ""), address, hooks)


def _not_known(unknown: NotKnown) -> HttpResponse:
    response = told(401, str(unknown))
    response["WWW-Authenticate"] = "Bearer"
    return response


def _asked(request: HttpRequest, asked: Request, caller: Caller, hooks: Hooks) -> cds.Asked:
    """The call, with the server that may be read for it and the way to the clinic."""
    server = (asked.server or "").rstrip("/")
    reads = Server(server, asked.token).read if server in caller.fhir_servers else None
    link = {
        "label": "Open isocourse",
        "url": request.build_absolute_uri(reverse("worklist")),
        "type": "absolute",
    }
    return cds.Asked(asked, clock.now(), hooks.place, reads=reads, links=(link,))


def _feedback(request: HttpRequest, hooks: Hooks, service: str) -> HttpResponse:
    """What became of cards is kept, without comments and without a patient."""
    if service not in cds.SERVICES:
        return told(404, f"{service}: no such service; discovery lists them")
    try:
        caller = _caller(request, hooks)
        entries = cds.read_feedback(request.body)
    except NotKnown as unknown:
        return _not_known(unknown)
    except cds.BadRequest as bad:
        return told(400, str(bad))
    now = clock.now()
    CardFeedback.objects.bulk_create(
        CardFeedback(
            service=service,
            card=each.card,
            outcome=each.outcome,
            reason=each.reason,
            issuer=caller.issuer,
            at=now,
        )
        for each in entries
    )
    return JsonResponse({})


services = service_view("GET", _services)
service = service_view("POST", _service)
feedback = service_view("POST", _feedback)
