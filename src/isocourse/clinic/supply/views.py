"""The page on which capsules are handed over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from isocourse.clinic.access.needing import needs, own
from isocourse.clinic.courses.telling import told
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.people.places import Here
from isocourse.clinic.supply.handing_over import AlreadyHandedOver, Closed, Supply, newest
from isocourse.clinic.supply.handing_over import hand_over as give
from isocourse.clinic.supply.outages import registry_at
from isocourse.course import assess
from isocourse.events import Prescription


def supply_of(written: Prescription) -> Supply:
    """What a prescription asks for."""
    packs = tuple({"mg": mg / 1000, "quantity": number} for mg, number in written.packs)
    return Supply(written.prescription_id, written.days, packs)


@needs("hand_over")
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Hand the newest prescription over, once, while the gate is open."""
    course = own(here, code.upper())
    held = read(course)
    written = newest(held)
    if written is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("prescription") != written.prescription_id:
            messages.error(request, _("A newer prescription was written meanwhile. Look again."))
        else:
            return _give(request, here, held, written)
        return redirect("hand_over", code=course.code)
    return render(request, "supply/hand_over.html", _words(held, written))


def _give(request: HttpRequest, here: Here, held: Held, written: Prescription) -> HttpResponse:
    code = held.course.code
    try:
        give(held.course, here.writer, supply_of(written))
    except AlreadyHandedOver:
        messages.error(request, _("Not handed over: another desk has just done so. See the log."))
    except Closed:
        messages.error(request, _("Not handed over: the gate is shut. The reasons are below."))
        return render(request, "supply/hand_over.html", _words(held, written), status=409)
    else:
        messages.success(request, _("Handed over and recorded."))
    return redirect("course", code=code)


def _words(held: Held, written: Prescription) -> dict[str, Any]:
    now = clock.now().astimezone(held.zone)
    answer = assess(held.as_read, now, settings=held.course.clinic.rules)
    events = {each["id"]: each for each in held.events}
    gate = answer.actions["dispense"]
    closes = [each.closes for each in answer.windows if each.what == "dispense"]
    return {
        "held": held,
        "written": written,
        "supply": supply_of(written),
        "gate": gate,
        "registry": registry_at(held, now),
        "stops": [told(each, events) for each in gate.reasons if each.stops],
        "advice": [told(each, events) for each in gate.reasons if not each.stops],
        "closes": min((each for each in closes if each >= now), default=None),
    }
