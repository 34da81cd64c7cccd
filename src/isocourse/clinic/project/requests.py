"""One line for each request and each warning, as JSON, and never anything of a patient.

A path names a course; so the line names the page by its route, and no address, query or body.
"""

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_log = logging.getLogger("isocourse.clinic.requests")
_SAID = ("route", "method", "status", "milliseconds", "processor", "person", "clinic")


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. A traceback is reduced to where it arose: its values may be a patient's."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "of": record.name,
        }
        line |= {name: getattr(record, name) for name in _SAID if hasattr(record, name)}
        if record.name.startswith("isocourse."):
            line["says"] = record.getMessage()
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "where": _where(record)}
        return json.dumps(line, default=str)


def _where(record: logging.LogRecord) -> list[str]:
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-8:]


def told(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tells each request: which page, how it ended, how long it took and worked, for whom."""

    def tell(request: HttpRequest) -> HttpResponse:
        begun, worked = time.perf_counter(), time.thread_time()
        response = respond(request)
        match = request.resolver_match
        user = getattr(request, "user", None)
        _log.info(
            "answered",
            extra={
                "route": match.route if match else None,
                "method": request.method,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
                "processor": round((time.thread_time() - worked) * 1000, 1),
                "person": getattr(user, "pk", None),
            },
        )
        return response

    return tell


def kept_nowhere(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """No page stays in a browser or on the way to it; files without a patient may."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store, private"
        return response

    return answer
