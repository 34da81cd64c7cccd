"""Whole exports (Bulk Data Access): asked for, polled, and written as they are fetched.

No file is kept. Every file is made anew from the logs as they stood at the moment of the export,
so that fetched twice it says the same, unless a person was erased in between.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.http import http_date

from isocourse.clinic.fhir.answering import Refused, allowed, only, system_view
from isocourse.clinic.fhir.granting import Holder
from isocourse.clinic.fhir.models import Export
from isocourse.clinic.fhir.scopes import READ, SEARCH
from isocourse.clinic.fhir.streaming import ERASED, NOT_READ, lines
from isocourse.clinic.fhir.views import wanted_kinds
from isocourse.clinic.log import clock
from isocourse.clinic.log.settling import still_writing
from isocourse.exchange.endpoint.matching import BadSearch, when
from isocourse.exchange.endpoint.records import instant

LASTS = timedelta(hours=24)
SETTLES = timedelta(seconds=5)
"""So long after its moment an export is ready at the earliest: clocks of servers differ."""
_MOST = 5  # exports of one system that are open at a time
_FORMATS = ("application/fhir+ndjson", "application/ndjson", "ndjson")
_NDJSON = "application/fhir+ndjson"
_KNOWN = {"_type", "_since", "_outputFormat"}


@system_view
def begin(request: HttpRequest, held: Holder, level: str) -> HttpResponse:
    """Ask for an export; where to look for it is answered."""
    only(request, "GET")
    if "respond-async" not in request.headers.get("Prefer", ""):
        raise Refused(400, "invalid", "Prefer: expected respond-async.")
    _only_known(request)
    kinds = wanted_kinds(held, request.GET.get("_type", ""))
    if not kinds:
        raise Refused(403, "forbidden", "The token allows no type whole (rs).")
    since = when(request.GET["_since"]) if "_since" in request.GET else None
    now = clock.now()
    Export.objects.filter(expires__lt=now).delete()
    if Export.objects.filter(system=held.system).count() >= _MOST:
        made = _busy(f"{_MOST} exports are open; delete one of them first.", LASTS)
    else:
        name = _kept(request, held, sorted(kinds), since, now)
        made = HttpResponse(status=202)
        where = reverse("fhir_export_status", args=[name])
        made["Content-Location"] = request.build_absolute_uri(where)
    return made


def _only_known(request: HttpRequest) -> None:
    odd = sorted(set(request.GET) - _KNOWN)
    if odd:
        raise BadSearch(f"{odd[0]}: expected one of {', '.join(sorted(_KNOWN))}.")
    if request.GET.get("_outputFormat", _NDJSON) not in _FORMATS:
        raise BadSearch(f"_outputFormat: expected {_NDJSON}.")


def _busy(why: str, wait: timedelta) -> HttpResponse:
    made = HttpResponse(why, status=429, content_type="text/plain")
    made["Retry-After"] = str(int(wait.total_seconds()))
    return made


def _kept(
    request: HttpRequest, held: Holder, kinds: list[str], since: datetime | None, now: datetime
) -> str:
    name = secrets.token_urlsafe(24).replace("_", "-")
    Export.objects.create(
        name=name,
        system=held.system,
        request=request.build_absolute_uri(),
        kinds=" ".join(kinds),
        since=since,
        at=now,
        expires=now + LASTS,
    )
    return name


def _found(held: Holder, name: str) -> Export:
    """An export of this system that is neither over nor taken back."""
    found = Export.objects.filter(name=name, system=held.system, expires__gt=clock.now()).first()
    if found is None:
        raise Refused(404, "not-found", "There is no such export, or it is over.")
    return found


@system_view
def status(request: HttpRequest, held: Holder, name: str) -> HttpResponse:
    """How far an export is; its files once it is ready. DELETE takes it back."""
    only(request, "GET", "DELETE")
    export = _found(held, name)
    if request.method == "DELETE":
        export.delete()
        return HttpResponse(status=202)
    settled = export.at + SETTLES
    wait = max(settled - clock.now(), timedelta(0))
    if wait or still_writing(settled):
        made = HttpResponse(status=202)
        made["Retry-After"] = str(int(wait.total_seconds()) + 1)
        made["X-Progress"] = "waiting for what is being written"
        return made
    made = JsonResponse(_manifest(request, export))
    made["Expires"] = http_date(export.expires.timestamp())
    return made


def _manifest(request: HttpRequest, export: Export) -> dict[str, object]:
    def file_of(kind: str, named: str) -> dict[str, str]:
        where = reverse("fhir_export_file", args=[export.name, named])
        return {"type": kind, "url": request.build_absolute_uri(where)}

    gone = [file_of("Bundle", ERASED)] if export.since else []
    return {
        "transactionTime": instant(export.at),
        "request": export.request,
        "requiresAccessToken": True,
        "output": [file_of(kind, kind) for kind in export.kinds.split()],
        "deleted": gone,
        "error": [file_of("OperationOutcome", NOT_READ)],
    }


@system_view
def file(request: HttpRequest, held: Holder, name: str, file: str) -> HttpResponseBase:
    """One file of an export, written as it is read."""
    only(request, "GET")
    export = _found(held, name)
    kinds = export.kinds.split()
    if file not in (*kinds, NOT_READ, *([ERASED] if export.since else [])):
        raise Refused(404, "not-found", "There is no such file in this export.")
    for each in [file] if file in kinds else kinds:
        allowed(held, each, READ + SEARCH)
    return StreamingHttpResponse(_text(export, file), content_type=_NDJSON)


def _text(export: Export, named: str) -> Iterator[bytes]:
    for line in lines(export, named):
        yield line.encode()
