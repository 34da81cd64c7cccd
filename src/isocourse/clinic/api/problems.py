"""Refusals as problem JSON (RFC 9457): what happened, where, and what to do. Never a patient."""

from collections.abc import Iterable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from isocourse.clinic.api.appending import Different
from isocourse.clinic.api.tokens import TooOften
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.reading import Erased
from isocourse.clinic.log.recording import Refused
from isocourse.clinic.looks import refusals
from isocourse.course import NoValue
from isocourse.events.problems import Problem

CONTENT = "application/problem+json"
_MOST = 100

TITLES = {
    400: "This was not understood",
    401: "No token, or one that opens nothing",
    403: "Not among the rights of this token",
    404: "Nothing here",
    405: "Not by this method",
    409: "It does not agree with what is there",
    413: "Too large",
    422: "What was sent cannot be used",
    429: "Too many requests",
    500: "Something went wrong on our side",
}


class NotAllowed(Exception):
    """The role of the token may not do this."""


def problem(
    status: int,
    detail: str,
    found: Iterable[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A refusal."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
    }
    listed = [
        {"where": each.where, "found": each.found, "expected": each.expected, "do": each.do}
        for each in list(found)[:_MOST]
    ]
    if listed:
        said["problems"] = listed
    return JsonResponse(said, status=status, content_type=CONTENT, headers=dict(headers or {}))


def not_found(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """No such address, course or event; those of another clinic are not told apart."""
    return problem(404, "Check the address and the code. Courses of other clinics are not shown.")


def _unusable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [
        Problem(
            ".".join(str(part) for part in each["loc"]),
            str(each.get("input", "something else"))[:60],
            str(each["msg"]),
            "correct it; the description of the API says what is expected",
        )
        for each in error.errors
    ]
    return problem(422, "A part of the address cannot be used.", found)


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(422, "Nothing was recorded; see the problems.", error.problems)


def _different(request: HttpRequest, error: Different) -> HttpResponse:
    found = [
        Problem(f"the event {each!r}", "another event of this id", "the same event", "use a new id")
        for each in error.ids
    ]
    return problem(409, "Nothing was recorded: an id is taken by another event.", found)


def _broken(request: HttpRequest, error: Broken) -> HttpResponse:
    return problem(
        409,
        f"The log of course {error.code} does not hold at entry {error.number}. Nothing is shown "
        "and nothing recorded. Whoever runs the server should run: isocourse clinic verify",
    )


def _unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(
        401,
        "Send a token of this clinic as: Authorization: Bearer ... A clinic's administrator makes "
        "one.",
        headers={"WWW-Authenticate": "Bearer"},
    )


def _not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    return problem(403, f"The role of this token is {error}, which may not do this.")


def _too_often(request: HttpRequest, error: TooOften) -> HttpResponse:
    seconds = str(error.seconds)
    return problem(429, f"Wait {seconds} seconds.", headers={"Retry-After": seconds})


def _no_value(request: HttpRequest, error: NoValue) -> HttpResponse:
    return problem(422, str(error))


def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, "Nothing was recorded. Send fewer events at once.")


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke: told in JSON to an application, and on a page to a person."""
    if not request.path.startswith("/api/"):
        return refusals.failed(request)
    return problem(500, "Ask again: an event that was recorded is not recorded twice.")


def tell(api: NinjaAPI) -> None:
    """Let an API refuse in these words."""
    handlers: tuple[tuple[type[Exception], Any], ...] = (
        (Http404, not_found),
        (Erased, not_found),
        (ValidationError, _unusable),
        (Refused, _refused),
        (Different, _different),
        (Broken, _broken),
        (AuthenticationError, _unknown),
        (NotAllowed, _not_allowed),
        (TooOften, _too_often),
        (RequestDataTooBig, _too_large),
        (NoValue, _no_value),
    )
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)


def in_these_words(view: Any) -> Any:
    """An address of the API: a wrong method too is refused as problem JSON."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        response: HttpResponse = view(request, *given, **named)
        if response.status_code == 405:
            allowed = response["Allow"]
            return problem(405, f"Expected {allowed}.", headers={"Allow": allowed})
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens anything here
    answer.of_the_api = True  # type: ignore[attr-defined]
    return answer
