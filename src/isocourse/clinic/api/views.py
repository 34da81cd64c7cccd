"""The addresses of the API. Each asks one act of the one table of rights, and notes who looked."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import NinjaAPI, Path, Query, Status
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from isocourse import __version__
from isocourse.clinic.access.acts import may
from isocourse.clinic.access.needing import own, seen
from isocourse.clinic.api import appending, limits, tokens
from isocourse.clinic.api.models import Token
from isocourse.clinic.api.problems import CONTENT, NotAllowed, tell
from isocourse.clinic.api.shapes import EVENTS_BODY, Counts, Courses, Events, Recorded, Trouble
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Refused
from isocourse.clinic.people.places import Here
from isocourse.clinic.worklist.keeping import refresh_these, today_in
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.naming import FILTERS, SORTS
from isocourse.clinic.worklist.views import APART, filtered, numbers
from isocourse.course import assess
from isocourse.course.planning import plan as planned
from isocourse.events.moments import FIRST_YEAR, LAST_YEAR, parsed
from isocourse.events.problems import Problem

State = StrEnum("State", {name: name for name in FILTERS if name})  # type: ignore[misc]
Code = Annotated[str, Path(pattern="^[2-9A-Za-z]{4}-[2-9A-Za-z]{4}$", description="Its code.")]
_MOMENT = f"A date, or a date-time with its offset, from {FIRST_YEAR} to {LAST_YEAR}."


class Bearer(HttpBearer):
    """Who asks: the token of an application. No session and no cookie opens anything here."""

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The token of a request. Raises AuthenticationError, or TooOften."""
        held = tokens.found(token)
        if held is None:
            raise AuthenticationError
        request.user = held.user
        return held


def here_of(request: HttpRequest) -> Here:
    """Where an application stands: in its clinic, with its role, and never as a prescriber."""
    token: Token = request.auth  # type: ignore[attr-defined]
    return Here(token.user, token.clinic, token.role, "other")


def needs(act: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An address for tokens whose role may do something."""

    def enter(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *given: Any, **named: Any) -> Any:
            role = here_of(request).role
            if not may(role, act):
                raise NotAllowed(role)
            return view(request, *given, **named)

        guarded.needs = act  # type: ignore[attr-defined]
        return guarded

    return enter


API = NinjaAPI(
    title="isocourse clinic",
    version=__version__,
    description=(
        "Courses of one clinic for its other systems. Every answer is dated and cited like the "
        "pages'. It never hands capsules over and never authorises."
    ),
    auth=Bearer(),
    docs_url=None,
    urls_namespace="api",
)
tell(API)


def _refusals(*statuses: int) -> dict[int, Any]:
    return dict.fromkeys((401, 403, 422, 429, *statuses), Trouble)


@API.get(
    "/courses", response={200: Courses, **_refusals()}, url_name="courses", operation_id="courses"
)
@needs("see_worklist")
def courses(
    request: HttpRequest,
    state: State | None = None,
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
    size: Annotated[int, Query(ge=1, le=limits.LONGEST_PAGE)] = limits.A_PAGE,
) -> Any:
    """The courses of the clinic, the most urgent first, without names."""
    here = here_of(request)
    today = today_in(here.clinic)
    held = Standing.objects.filter(filtered(state or "", today), clinic=here.clinic)
    listed = held.order_by(*SORTS["urgency"][1])
    pages = Paginator(listed, size)
    refresh_these(pages.get_page(page).object_list, today)
    rows = list(listed.all()[(page - 1) * size : page * size])
    return {"count": pages.count, "page": page, "pages": pages.num_pages, "courses": rows}


@API.get(
    "/worklist", response={200: Counts, **_refusals()}, url_name="counts", operation_id="counts"
)
@needs("see_worklist")
def counts(request: HttpRequest) -> Any:
    """How many courses stand where today."""
    here = here_of(request)
    today = today_in(here.clinic)
    held = numbers(here.clinic, today)
    total = held.pop("")
    apart = {name: held.pop(name) for name in APART}
    return {"on": today, "courses": total, "states": held, **apart}


@API.get(
    "/courses/{code}",
    response={200: dict[str, Any], **_refusals(404, 409)},
    url_name="file",
    operation_id="course",
)
@needs("see_course")
def course(request: HttpRequest, code: Code) -> Any:
    """A course as a course file, without the name of the patient."""
    return read(seen(here_of(request), code.upper(), "api: course")).file


@API.get(
    "/courses/{code}/assessment",
    response={200: dict[str, Any], **_refusals(404, 409)},
    url_name="assessment",
    operation_id="assessment",
)
@needs("see_course")
def assessment(
    request: HttpRequest,
    code: Code,
    on: Annotated[str | None, Query(description=f"{_MOMENT} Default: now.")] = None,
    known_at: Annotated[
        str | None, Query(description=f"{_MOMENT} What was recorded later is left out.")
    ] = None,
) -> Any:
    """The assessment of a course, now or on any day, as it was known then."""
    at, known = _moment("on", on), _moment("known_at", known_at)
    held = read(seen(here_of(request), code.upper(), "api: assessment"))
    at = at or clock.now().astimezone(held.zone)
    rules = held.course.clinic.rules
    return assess(held.as_read, at, known_at=known, settings=rules).json()


def _moment(name: str, given: str | None) -> date | datetime | None:
    found = parsed(given) if given is not None else None
    if given is not None and found is None:
        raise Refused([Problem(name, repr(given[:60]), _MOMENT.rstrip("."), "correct it")])
    return found


@API.get(
    "/courses/{code}/plan",
    response={200: dict[str, Any], **_refusals(404, 409)},
    url_name="plan",
    operation_id="plan",
)
@needs("see_course")
def plan(request: HttpRequest, code: Code) -> Any:
    """The hand-overs of the coming two months, as the rules allow them."""
    held = read(seen(here_of(request), code.upper(), "api: plan"))
    now = clock.now().astimezone(held.zone)
    return planned(held.as_read, now, settings=held.course.clinic.rules).json()


@API.get(
    "/courses/{code}/events",
    response={200: Events, **_refusals(404, 409)},
    url_name="events",
    operation_id="events",
)
@needs("see_log")
def events(request: HttpRequest, code: Code) -> Any:
    """What happened, in the order in which it was recorded; what was taken back too."""
    held = read(seen(here_of(request), code.upper(), "api: events"))
    return {"code": held.course.code, "events": held.events}


@API.post(
    "/courses/{code}/events",
    response={200: Recorded, 201: Recorded, **_refusals(404, 409, 413)},
    openapi_extra=EVENTS_BODY,
    operation_id="append",
)
@needs("record")
def append(request: HttpRequest, code: Code) -> Any:
    """Add events: all or none, each id once. Sent again, the same events change nothing."""
    here = here_of(request)
    held = own(here, code.upper())
    done = appending.append(held, here.writer, appending.read_body(request.body))
    said = {"code": held.code, "recorded": done.recorded, "there_before": done.there_before}
    return Status(201 if done.recorded else 200, said)


def described() -> dict[str, Any]:
    """The description of the API (OpenAPI 3.1); refusals are problem JSON."""
    said: dict[str, Any] = dict(API.get_openapi_schema(path_prefix="/api/"))
    for methods in said["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400 and "content" in response:
                    response["content"] = {CONTENT: response["content"]["application/json"]}
    return said
