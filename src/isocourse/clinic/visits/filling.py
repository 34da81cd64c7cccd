"""Filling in a form, whichever it is: shown, kept, questioned, recorded whole, never twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from isocourse.clinic.access.needing import own, seen
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Refused, Writer
from isocourse.clinic.people.places import Here
from isocourse.clinic.visits.digesting import filled_in
from isocourse.clinic.visits.drafts import drop, keep, kept
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.saving import AlreadyRecorded, Said, save, used
from isocourse.clinic.visits.shapes import Shape
from isocourse.clinic.visits.sheet import Sheet, in_words

_NO_CONTENT, _TOO_LARGE = 204, 413


def _to_the_course(request: HttpRequest, sheet: Sheet, new: Sequence[Said]) -> HttpResponse:
    messages.success(request, _("Recorded: %(n)s entries.") % {"n": len(new)})
    return redirect("course", code=sheet.known.held.course.code)


def _write(sheet: Sheet, writer: Writer) -> list[Said]:
    return save(sheet.known.held.course, writer, sheet.events, sheet.token)


@dataclass(frozen=True, slots=True)
class Filling:
    """A form, how it is recorded, and where its person goes from there."""

    form: str
    shape: Shape
    sheet: Callable[[Shape, Known, Any], Sheet] = Sheet
    write: Callable[[Sheet, Writer], list[Said]] = _write
    onward: Callable[[HttpRequest, Sheet, Sequence[Said]], HttpResponse] = _to_the_course
    template: str = "visits/record.html"
    shut: Callable[[HttpRequest, Known], HttpResponse | None] = lambda _request, _known: None
    more: Mapping[str, Any] = field(default_factory=dict)


def fill(request: HttpRequest, here: Here, code: str, filling: Filling) -> HttpResponse:
    """The answer to whoever fills in a form of a course of their clinic."""
    request.POST = filled_in(request)  # type: ignore[assignment]
    course = own(here, code.upper())
    if request.POST.get("do") == "draft":
        late = used(course, request.POST.get("token", ""))  # sent just before it was recorded
        fits = late or keep(here.user, course, filling.form, request.POST)
        return HttpResponse(status=_NO_CONTENT if fits else _TOO_LARGE)
    seen(here, course.code, filling.form)
    if used(course, request.POST.get("token", "")):
        return _again(request, here, course, filling.form)
    known = Known(read(course), here)
    with timezone.override(known.held.zone):
        return filling.shut(request, known) or _answer(request, known, filling)


def _answer(request: HttpRequest, known: Known, filling: Filling) -> HttpResponse:
    user, course, form = known.here.user, known.held.course, filling.form
    if request.method == "GET":
        data = kept(user, course, form)
        if data is not None and used(course, data.get("token", "")):
            drop(user, course, form)
            data = None
        return _page(request, filling.sheet(filling.shape, known, data), filling)
    if request.POST.get("do") == "discard":
        drop(user, course, form)
        return redirect(request.get_full_path())
    sheet = filling.sheet(filling.shape, known, request.POST)
    keep(user, course, form, request.POST)
    if request.POST.get("do") == "later" and not sheet.unsafe:
        messages.success(request, _("Kept for you. Nothing of it is recorded yet."))
        return redirect("course", code=course.code)
    if request.POST.get("do") != "later" and sheet.read():
        return _record(request, sheet, filling)
    return _page(request, sheet, filling)


def _record(request: HttpRequest, sheet: Sheet, filling: Filling) -> HttpResponse:
    here, course = sheet.known.here, sheet.known.held.course
    try:
        new = filling.write(sheet, here.writer)
    except AlreadyRecorded:
        return _again(request, here, course, filling.form)
    except Refused as refused:
        sheet.problems += [in_words(each) for each in refused.problems]
        return _page(request, sheet, filling)
    drop(here.user, course, filling.form)
    return filling.onward(request, sheet, new)


def _again(request: HttpRequest, here: Here, course: Course, form: str) -> HttpResponse:
    """The same form once more, by a second press of the button or an old page."""
    drop(here.user, course, form)
    messages.info(request, _("This form was recorded already. Nothing was recorded twice."))
    return redirect("course", code=course.code)


def _page(request: HttpRequest, sheet: Sheet, filling: Filling) -> HttpResponse:
    sent = request.method == "POST"
    words = {
        "held": sheet.known.held,
        "sheet": sheet,
        "guide": (request.POST or request.GET).get("guide", ""),
        "from_draft": not sent and sheet.data is not None,
        "faults": sheet.faults if sent else [],
        **filling.more,
    }
    return render(request, filling.template, words)
