"""The pages of an outage: recorded, printed, queued, ended."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.access.needing import needs, own, seen
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.people.places import Here
from isocourse.clinic.supply.outages import Outage, outage, registry_at, waiting
from isocourse.clinic.supply.trying import ABOUT, HOW, OUTAGE, SETTLING, RecordSheet, keep
from isocourse.clinic.visits.filling import Filling, fill
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.saving import Said
from isocourse.clinic.visits.sheet import Sheet
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.standing import assessed

A_PAGE = 25
_SEAL = 16


@needs("record_outage")
@require_http_methods(["GET", "POST"])
def record_outage(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Record that the programme's registry could not be reached."""
    filling = Filling(
        "outage", OUTAGE, sheet=RecordSheet, write=keep, onward=_to_print, shut=_no_registry
    )
    return fill(request, here, code, filling)


def _no_registry(_request: HttpRequest, known: Known) -> HttpResponse | None:
    if not registry_at(known.held, known.now):
        raise Http404
    return None


def _to_print(request: HttpRequest, sheet: Sheet, new: Sequence[Said]) -> HttpResponse:
    messages.success(request, _("Recorded and put in the queue. The gate stays shut."))
    code = sheet.known.held.course.code
    return redirect("outage", code=code, number=new[0]["number"])


@needs("see_outages")
@require_GET
def show_outage(request: HttpRequest, here: Here, code: str, number: int) -> HttpResponse:
    """The record of one time that the registry was tried in vain, to print."""
    course = own(here, code.upper())
    held = read(course)
    found = outage(held, number)
    if found is None:
        raise Http404
    seen(here, course.code, "outage")
    seal = Entry.objects.values_list("mac", flat=True).get(course=course, number=number)
    words = {
        "held": held,
        "outage": found,
        "about": ABOUT.get(found.said["about"], found.said["about"]),
        "how": HOW.get(found.said["how"], found.said["how"]),
        "seal": seal[:_SEAL],
        "gate": assessed(held).actions["dispense"],
        "others": [each for each in waiting(held) if each.number != number],
    }
    with timezone.override(held.zone):
        return render(request, "supply/outage.html", words)


@needs("record_outage")
@require_http_methods(["GET", "POST"])
def settle_outage(request: HttpRequest, here: Here, code: str, number: int) -> HttpResponse:
    """Record how the waiting ended, when it was not by an authorisation."""
    filling = Filling(
        f"settle-{number}",
        SETTLING,
        sheet=RecordSheet,
        write=partial(keep, settles=number),
        onward=_settled,
        shut=partial(_ended, number),
    )
    return fill(request, here, code, filling)


def _ended(number: int, request: HttpRequest, known: Known) -> HttpResponse | None:
    found: Outage | None = outage(known.held, number)
    if found is None:
        raise Http404
    if found.waits:
        return None
    messages.info(request, _("It has ended already. Nothing was recorded again."))
    return redirect("outage", code=known.held.course.code, number=number)


def _settled(request: HttpRequest, _sheet: Sheet, _new: Sequence[Said]) -> HttpResponse:
    messages.success(request, _("Recorded. It no longer waits."))
    return redirect("outages")


@needs("see_outages")
@require_GET
def outages(request: HttpRequest, here: Here) -> HttpResponse:
    """Who waits for a registry that could not be reached, the longest waiting first."""
    held = Standing.objects.filter(clinic=here.clinic, waits_since__isnull=False)
    rows = held.select_related("course__key", "course__identity").order_by("waits_since", "code")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    words = {
        "page": page,
        "rows": [_row(each) for each in page.object_list],
        "now": clock.now().astimezone(here.clinic.zone),
    }
    return render(request, "supply/outages.html", words)


def _row(standing: Standing) -> dict[str, Any]:
    cipher = Cipher(standing.course.key)
    why, name = cipher.opened(standing.body), cipher.opened(standing.course.identity.body)
    waits = [
        {
            **each,
            "about": ABOUT.get(each["about"]),
            "how": HOW.get(each["how"]),
            "when": datetime.fromisoformat(each["tried_at"]),
        }
        for each in why.get("waits", ())
    ]
    return {"standing": standing, "name": name.get("name", ""), "waits": waits}
