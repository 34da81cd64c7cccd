"""The documents of a course: kept elsewhere, found by their place, known again by their digest."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from isocourse.clinic.access.needing import needs, own, seen
from isocourse.clinic.courses.overtime.counted import day_of
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.people.places import Here
from isocourse.clinic.visits.digesting import filled_in


@needs("see_course")
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Which documents belong to a course; or, for a file, which of them it is."""
    if request.method == "POST":
        course = own(here, code.upper())
        _which(request, read(course))
        return redirect("documents", code=course.code)
    course = seen(here, code.upper(), "documents")
    held = read(course)
    words = {
        "held": held,
        "here_now": "documents",
        "ours": course.clinic_id == here.clinic.pk,
        "documents": [_shown(each, held) for each in reversed(_recorded(held))],
    }
    return render(request, "courses/documents.html", words)


def _recorded(held: Held) -> list[dict[str, Any]]:
    """The documents that were not taken back, in the order in which they are dated."""
    gone = {each["event"] for each in held.events if each["kind"] == "retract"}
    kept = [e for e in held.events if e["kind"] == "document" and e["id"] not in gone]
    return sorted(kept, key=lambda each: str(each["at"]))


def _shown(event: dict[str, Any], held: Held) -> dict[str, Any]:
    return {**event, "day": day_of(event, held.zone)}


def _which(request: HttpRequest, held: Held) -> None:
    """Say which document a file is. The file itself is not kept."""
    sha256 = filled_in(request).get("the_sha256", "")
    if not sha256:
        messages.error(request, _("Choose a file first."))
        return
    same = [each for each in _recorded(held) if each["sha256"].lower() == sha256]
    if same:
        said = {"what": same[-1].get("title") or same[-1]["ref"], "day": same[-1]["at"][:10]}
        messages.success(request, _("It is: %(what)s of %(day)s, unchanged.") % said)
    else:
        messages.error(request, _("It is none of these documents, or it was changed since."))
