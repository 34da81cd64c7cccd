"""The pages on which a team records: any form of a course, and the way of a new patient."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.access.needing import needs, own, seen
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.places import Here
from isocourse.clinic.visits.filling import Filling, fill
from isocourse.clinic.visits.leading import Ways
from isocourse.clinic.visits.saving import Said
from isocourse.clinic.visits.shapes import FORMS, WORK_UP, next_step
from isocourse.clinic.visits.sheet import Sheet
from isocourse.clinic.worklist.standing import assessed


@needs("record")
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, here: Here, code: str, form: str) -> HttpResponse:
    """Fill in a form of a course; it is recorded whole, or kept for later."""
    own(here, code.upper())
    if form not in FORMS:
        raise Http404
    step = WORK_UP.index(form) + 1 if form in WORK_UP else None
    more = {"step": step, "steps": len(WORK_UP)}
    return fill(request, here, code, Filling(form, FORMS[form], onward=_onward(form), more=more))


def _onward(form: str) -> Any:
    """To the next step of the work-up for who is on that way, else to the course."""

    def go(request: HttpRequest, sheet: Sheet, new: Sequence[Said]) -> HttpResponse:
        code = sheet.known.held.course.code
        messages.success(request, _("Recorded: %(n)s entries.") % {"n": len(new)})
        following = next_step(form)
        if request.POST.get("guide") and following:
            return redirect(reverse("record", args=[code, following]) + "?guide=1")
        return redirect("work_up" if request.POST.get("guide") else "course", code=code)

    return go


@needs("record")
@require_GET
def work_up(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """The way of a new patient: each step with what is still missing in it."""
    course = own(here, code.upper())
    seen(here, course.code, "work-up")
    held = read(course)
    found = assessed(held)
    ways = Ways(course.code, here.role)
    said = [(ways.to_task(each.task), each.sentence) for each in found.due]
    stops = [each for each in found.actions["prescribe"].reasons if each.effect == "blocks"]
    said += [(ways.to_topic(each.topic), each.sentence) for each in stops]
    steps = [_step(course.code, form, said) for form in WORK_UP]
    taken = {sentence for step in steps for sentence in step["missing"]}
    words = {
        "held": held,
        "steps": steps,
        "prescribe": found.actions["prescribe"],
        "eligibility": found.eligibility,
        "rest": {each: to for to, each in said if each not in taken},
    }
    return render(request, "visits/work_up.html", words)


def _step(code: str, form: str, said: Sequence[tuple[str, str]]) -> dict[str, Any]:
    address = reverse("record", args=[code, form])
    missing = {words: to for to, words in said if to.partition("#")[0] == address}
    return {"title": FORMS[form].title, "address": address, "missing": missing}
