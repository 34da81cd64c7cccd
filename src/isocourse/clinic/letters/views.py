"""The letters of a course: which can be printed, and each as a PDF."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from isocourse.clinic.access.acts import may
from isocourse.clinic.access.needing import needs, seen
from isocourse.clinic.letters.kinds import KINDS, Kind
from isocourse.clinic.letters.pictures import pictures
from isocourse.clinic.letters.printing import pdf
from isocourse.clinic.letters.speaking import chosen, languages, notice
from isocourse.clinic.letters.writing import data
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.people.places import Here
from isocourse.clinic.portal.desk import ENGLISH
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.worklist.standing import assessed
from isocourse.course import Assessment

PHARMACY = "pharmacy"


@needs("see_prescription")
@require_GET
def letters(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Which letters can be printed now, by whom."""
    known, found = _known(here, code, "letters")
    mine = [
        (name, each, each.fits(known, found))
        for name, each in KINDS.items()
        if name == PHARMACY or may(here.role, "print_letter")
    ]
    words: dict[str, Any] = {"held": known.held, "here_now": "letters", "letters": mine}
    words |= {"languages": languages(known.held), "chosen": chosen(known.held)}
    return render(request, "letters/letters.html", words)


@needs("print_letter")
@require_GET
def letter(request: HttpRequest, here: Here, code: str, kind: str) -> HttpResponse:
    """A letter for the patient or another doctor, as a PDF."""
    if kind not in KINDS or kind == PHARMACY:
        raise Http404
    return _printed(here, code, kind, request.GET.get("language", ""))


@needs("see_prescription")
@require_GET
def pharmacy_note(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """The note to the pharmacy, as a PDF."""
    return _printed(here, code, PHARMACY)


def _known(here: Here, code: str, page: str) -> tuple[Known, Assessment]:
    known = Known(read(seen(here, code.upper(), page)), here)
    return known, assessed(known.held)


def _printed(here: Here, code: str, name: str, asked: str = "") -> HttpResponse:
    known, found = _known(here, code, f"letter: {name}")
    kind = KINDS[name]
    if not kind.fits(known, found):
        raise Http404
    language = _language(known.held, kind, asked)
    with timezone.override(known.held.zone), translation.override(language):
        shown = pictures(known, found, kind.for_patient) if kind.pictured else ()
        made = replace(kind.written(known, found, shown), notice=notice(known.held, language))
        body = pdf(data(made, known.held, found))
    answer = HttpResponse(body, content_type="application/pdf")
    file = "-".join((known.held.course.code, name, *((language,) if language != ENGLISH else ())))
    answer["Content-Disposition"] = f'attachment; filename="{file}.pdf"'
    return answer


def _language(held: Held, kind: Kind, asked: str) -> str:
    """The language of a letter: a patient's own or another that is offered; else English."""
    if not kind.for_patient:
        return ENGLISH
    return asked if asked in dict(languages(held)) else chosen(held)
