"""The worklist: search, filter, sort, pages, and a count for every state."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from isocourse.clinic.access.acts import may, told_of
from isocourse.clinic.access.needing import needs
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Term
from isocourse.clinic.log.sealing import Cipher, searched, term
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.people.places import Here
from isocourse.clinic.worklist.keeping import refresh_these
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.naming import FILTERS, SORTS, STATES
from isocourse.clinic.worklist.rows import Row
from isocourse.clinic.worklist.standing import NOW

A_PAGE = 25
_ONLY_IF_ANY = ("broken", "registry")
APART = ("alerts", "overdue", "registry")
"""What stands across states; each is a question to an index of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the list."""

    text: str
    state: str
    sort: str
    page: str

    def link(self, **change: str) -> str:
        """The address of the same list, changed."""
        said = {"q": self.text, "state": self.state, "sort": self.sort} | change
        return "?" + urlencode({name: value for name, value in said.items() if value})


@needs("see_worklist")
@require_GET
def worklist(request: HttpRequest, here: Here) -> HttpResponse:
    """Who needs what today, alerts first."""
    given = request.GET
    asked = Asked(
        given.get("q", "").strip()[:80],
        given.get("state", "") if given.get("state", "") in FILTERS else "",
        given.get("sort", "") if given.get("sort", "") in SORTS else "urgency",
        given.get("page", "1"),
    )
    today = clock.now().astimezone(here.clinic.zone)
    found = _found(here, asked, today.date())
    page = Paginator(found.only("pk", "assessed_on"), A_PAGE).get_page(asked.page)
    refresh_these(page.object_list, today.date())
    words = {
        "asked": asked,
        "page": page,
        "rows": [_row(here, each, today) for each in _fetched(page)],
        "counts": _counts(here, today.date(), asked),
        "sorts": [(name, label, asked.link(sort=name)) for name, (label, _) in SORTS.items()],
        "before": asked.link(page=str(page.number - 1)),
        "after": asked.link(page=str(page.number + 1)),
        "now": today,
    }
    return render(request, "worklist/worklist.html", words)


def filtered(state: str, today: date) -> Q:
    """The courses of a state, or of what stands across states."""
    if state == "alerts":
        return Q(urgency__gte=NOW)
    if state == "overdue":
        return Q(due_by__lt=today)
    if state == "registry":
        return Q(waits_since__isnull=False)
    return Q(state=state) if state else Q()


def _found(here: Here, asked: Asked, today: date) -> QuerySet[Standing]:
    held = Standing.objects.filter(filtered(asked.state, today), clinic=here.clinic)
    if asked.text:
        held = held.filter(_matching(here, asked.text))
    return held.order_by(*SORTS[asked.sort][1])


def _matching(here: Here, text: str) -> Q:
    """By code, or by every word of the name or the day of birth."""
    by_name = Q()
    words = searched(text) if not _a_day(text) else [text]
    for word in words:
        held = Term.objects.filter(clinic=here.clinic, digest=term(here.clinic.pk, word))
        by_name &= Q(course_id__in=held.values("course_id"))
    by_code = Q(code__startswith=text.upper())
    return by_code | by_name if words else by_code


def _a_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _fetched(page: Page[Standing]) -> QuerySet[Standing]:
    """The rows of a page as they stand now, with what is needed to read them."""
    order = {each.pk: number for number, each in enumerate(page.object_list)}
    rows = Standing.objects.filter(pk__in=list(order)).select_related(
        "course__key", "course__identity"
    )
    return sorted(rows, key=lambda each: order[each.pk])  # type: ignore[return-value]


def _row(here: Here, standing: Standing, now: datetime) -> Row:
    cipher = Cipher(standing.course.key)
    why, name = cipher.opened(standing.body), cipher.opened(standing.course.identity.body)
    alerts = [each for each in why["alerts"] if told_of(here.role, each[1], each[0])]
    return Row(
        standing=standing,
        name=name.get("name", ""),
        state=STATES.get(standing.state, STATES["new"]),
        waits=standing.waits_since and standing.waits_since.astimezone(now.tzinfo),
        closes=standing.closes and standing.closes.astimezone(now.tzinfo),
        stops=why["stops"],
        alerts=[each for each in alerts if each[0] != "note"],
        wrote=why.get("unread", 0) if may(here.role, "see_course") else 0,
        due=[_due(each, now.date()) for each in why["due"] if told_of(here.role, each[0])],
    )


def _due(held: list[Any], today: date) -> dict[str, Any]:
    """A task with its day, and whether that day has gone by."""
    _, day, sentence = held
    due = date.fromisoformat(day) if day else None
    late = due is not None and due < today
    return {"day": due, "sentence": sentence, "late": late, "today": due == today}


def numbers(clinic: Clinic, today: date) -> dict[str, int]:
    """How many courses are in each state and across states, and under "" in all."""
    held = Standing.objects.filter(clinic=clinic)
    by_state = {row["state"]: row["n"] for row in held.values("state").annotate(n=Count("*"))}
    more = {name: held.filter(filtered(name, today)).count() for name in APART}
    return by_state | more | {"": sum(by_state.values())}


def _counts(here: Here, today: date, asked: Asked) -> list[dict[str, Any]]:
    held = numbers(here.clinic, today)
    return [
        {
            "name": name,
            "label": label,
            "count": held.get(name, 0),
            "link": asked.link(state=name, page=""),
            "chosen": name == asked.state,
            "shown": name not in _ONLY_IF_ANY or name == asked.state or held.get(name, 0),
        }
        for name, label in FILTERS.items()
    ]
