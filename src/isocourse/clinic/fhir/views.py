"""The addresses of the FHIR server: what it can, one resource, a search, a whole patient."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse

from isocourse.clinic.fhir.answering import (
    Refused,
    allowed,
    answer,
    base,
    only,
    open_view,
    system_view,
)
from isocourse.clinic.fhir.finding import course_named, courses, note, record_of
from isocourse.clinic.fhir.granting import Holder, address
from isocourse.clinic.fhir.scopes import OFFERED, READ, SEARCH, may
from isocourse.clinic.hooks.tokens import ALGORITHMS
from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import Erased
from isocourse.clinic.log.sealing import Unreadable
from isocourse.exchange.endpoint.matching import BadSearch, Test, asked, when
from isocourse.exchange.endpoint.parameters import OF_TODAY, SERVED
from isocourse.exchange.endpoint.records import Record, code_of, every
from isocourse.exchange.endpoint.records import instant as written
from isocourse.exchange.endpoint.saying import capability, outcome
from isocourse.exchange.fhir.looking import Json

_PAGE, _MOST = 50, 500
_DIGITS = 9  # of a number in a question
_AT_ONCE = 50  # courses that one page of a search reads, so that no page takes long
_OF_THE_ANSWER = ("_count", "_format", "page")


@open_view
def base_address(request: HttpRequest) -> HttpResponse:
    """Nothing lies at the base itself."""
    raise Refused(404, "not-found", "See metadata below this address.")


@open_view
def metadata(request: HttpRequest) -> HttpResponse:
    """The CapabilityStatement."""
    only(request, "GET")
    return answer(capability(base(request), written(clock.now())))


@open_view
def configuration(request: HttpRequest) -> HttpResponse:
    """How a system gets a token (SMART App Launch, discovery)."""
    only(request, "GET")
    return JsonResponse(
        {
            "token_endpoint": address(request),
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
            "scopes_supported": list(OFFERED),
            "capabilities": ["client-confidential-asymmetric", "permission-v2"],
        }
    )


@system_view
def one(request: HttpRequest, held: Holder, kind: str, name: str) -> HttpResponse:
    """One resource."""
    only(request, "GET", "HEAD")
    _known(kind)
    allowed(held, kind, READ)
    course = course_named(held.system.clinic, code_of(name))
    record = _whole(course)
    found = next((e for e in every(record, frozenset([kind])) if e["id"] == name), None)
    if found is None:
        raise Refused(404, "not-found", "There is no such resource.")
    note(held.system, [course], f"FHIR {kind}")
    made = answer(found)
    if request.headers.get("If-None-Match") == made["ETag"]:
        made = HttpResponse(status=304, headers={"ETag": made["ETag"]})
    return made


def _known(kind: str) -> None:
    if kind not in SERVED:
        raise Refused(404, "not-supported", f"{kind}: this type is not served; see metadata.")


def _whole(course: Course) -> Record:
    record = record_of(course)
    assert record is not None  # noqa: S101  (as of now, it was opened)
    return record


@system_view
def search(request: HttpRequest, held: Holder, kind: str) -> HttpResponse:
    """The resources of a type that fit, a page at a time."""
    only(request, "GET", "POST")
    _known(kind)
    allowed(held, kind, SEARCH)
    origin = base(request)
    wanted = _wanted(request, kind, origin)
    page = _page(held, wanted)
    note(held.system, page.seen, f"FHIR search of {kind}")
    return answer(_bundle(origin, wanted, page))


class Wanted(NamedTuple):
    """What a search asks for."""

    kind: str
    given: list[tuple[str, str]]
    tests: list[Test]
    size: int
    after: tuple[str, int]  # the course and how many of its resources the last page ended with


class Page(NamedTuple):
    """What a page shows, whose it is, and where the next one begins."""

    found: list[Json]
    seen: list[Course]
    following: str | None


def _wanted(request: HttpRequest, kind: str, origin: str) -> Wanted:
    lists = [*request.GET.lists(), *(request.POST.lists() if request.method == "POST" else [])]
    given = [(name, each) for name, values in lists for each in values]
    control = {name: each for name, each in given if name in _OF_THE_ANSWER}
    asks = [pair for pair in given if pair[0] not in _OF_THE_ANSWER]
    tests = asked(kind, asks, origin)
    return Wanted(kind, asks, tests, _count(control), _after(control.get("page", "")))


def _count(control: dict[str, str]) -> int:
    said = control.get("_count", str(_PAGE))
    if not _whole_number(said) or int(said) < 1:
        raise BadSearch(f"_count: found {said}, expected a whole number above 0.")
    return min(int(said), _MOST)


def _whole_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) <= _DIGITS


def _after(page: str) -> tuple[str, int]:
    code, _, done = page.partition(".")
    if page and not _whole_number(done):
        raise BadSearch(f"page: found {page}, expected what a link `next` of this server says.")
    return code, int(done or 0)


def _page(held: Holder, wanted: Wanted) -> Page:
    """Enough courses to fill a page, and no more than so many."""
    found: list[Json] = []
    seen: list[Course] = []
    read = 0
    for course, done in _candidates(held, wanted):
        if read == _AT_ONCE:
            return Page(found, seen, f"{course.code}.{done}")
        read += 1
        for position, each in _fitting_of(course, wanted):
            if position < done:
                continue
            if len(found) == wanted.size:
                return Page(found, seen, f"{course.code}.{position}")
            found.append(each)
            if course not in seen[-1:]:
                seen.append(course)
    return Page(found, seen, None)


def _fitting_of(course: Course, wanted: Wanted) -> Iterator[tuple[int, Json]]:
    """What fits of a course. A log that does not hold is told, and hides no other course."""
    try:
        yield from _fitting(_whole(course), wanted)
    except Erased:  # while this was being read
        return
    except (Broken, Unreadable):
        if any(_codes(wanted.kind, test) is not None for test in wanted.tests):
            raise
        yield 0, outcome("conflict", f"Patient/{course.code}: its log is not as it was written.")


def _fitting(record: Record, wanted: Wanted) -> Iterator[tuple[int, Json]]:
    for position, each in enumerate(every(record, frozenset([wanted.kind]))):
        if all(test.holds(each, record.zone) for test in wanted.tests):
            yield position, each


def _candidates(held: Holder, wanted: Wanted) -> Iterator[tuple[Course, int]]:
    """The courses in which something may fit, each with how much of it was shown before."""
    begun = courses(held.system.clinic)
    for test in wanted.tests:
        codes = _codes(wanted.kind, test)
        if codes is not None:
            begun = begun.filter(code__in=codes)
    code, done = wanted.after
    if code:
        first = held.system.clinic.courses.filter(code=code).first()
        begun = begun.filter(pk__gte=first.pk) if first else begun.none()
    for course in begun[: _AT_ONCE + 1]:
        yield course, done if course.code == code else 0


def _codes(kind: str, test: Test) -> list[str] | None:
    """The courses that a test names, where it names any."""
    name = test.parameter.name
    if name == "patient":
        return [each.removeprefix("Patient/") for each in test.values]
    if name == "_id":
        return [code_of(each) for each in test.values]
    if name == "identifier" and kind == "Patient":
        codes = [each.rpartition("|")[2] for each in test.values]
        return codes if all(codes) else None  # a system alone names everybody
    return None


def _bundle(origin: str, wanted: Wanted, page: Page) -> Json:
    address = f"{origin}/{wanted.kind}"
    counted = [*wanted.given, ("_count", str(wanted.size))]
    code, done = wanted.after
    here = [("page", f"{code}.{done}")] if code else []
    links = [{"relation": "self", "url": f"{address}?{urlencode([*counted, *here])}"}]
    if page.following:
        ahead = urlencode([*counted, ("page", page.following)])
        links.append({"relation": "next", "url": f"{address}?{ahead}"})
    return _searchset(origin, page.found, links)


def _searchset(origin: str, found: list[Json], links: list[Json]) -> Json:
    entries = [_entry(origin, each) for each in found]
    made: Json = {"resourceType": "Bundle", "type": "searchset", "link": links}
    return made | ({"entry": entries} if entries else {})


def _entry(origin: str, found: Json) -> Json:
    if "id" not in found:
        return {"resource": found, "search": {"mode": "outcome"}}
    url = f"{origin}/{found['resourceType']}/{found['id']}"
    return {"fullUrl": url, "resource": found, "search": {"mode": "match"}}


@system_view
def everything(request: HttpRequest, held: Holder, name: str) -> HttpResponse:
    """Everything of one patient that the token allows, or of it what is newer than `_since`."""
    only(request, "GET")
    allowed(held, "Patient", READ)
    odd = set(request.GET) - {"_since", "_type", "_format"}
    if odd:
        raise BadSearch(f"{sorted(odd)[0]}: expected _since or _type.")
    kinds = wanted_kinds(held, request.GET.get("_type", ""))
    since = when(request.GET["_since"]) if "_since" in request.GET else None
    course = course_named(held.system.clinic, name)
    held_all = every(_whole(course), kinds)
    found = [each for each in held_all if is_newer(each, since)]
    note(held.system, [course], "FHIR everything")
    link = {"relation": "self", "url": request.build_absolute_uri()}
    return answer(_searchset(base(request), found, [link]) | {"total": len(found)})


def wanted_kinds(held: Holder, told: str) -> frozenset[str]:
    """The types that are asked for, else all that the token allows. Raises Refused."""
    if not told:
        return frozenset(each for each in SERVED if may(held.scopes, each, READ + SEARCH))
    kinds = frozenset(told.split(","))
    for each in kinds:
        _known(each)
        allowed(held, each, READ + SEARCH)
    return kinds


def is_newer(resource: Json, since: object) -> bool:
    """Whether a resource is as it is since after a moment; those of today always are."""
    if since is None or resource["resourceType"] in OF_TODAY:
        return True
    return bool(when(resource["meta"]["lastUpdated"]) > since)  # type: ignore[operator]
