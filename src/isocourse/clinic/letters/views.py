"""The letters of a course: which can be printed, and each as a PDF."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from isocourse.clinic.access.acts import may
from isocourse.clinic.access.needing import needs, seen
from isocourse.clinic.courses.harm import harmed
from isocourse.clinic.forecasts.keeping import basis_of
from isocourse.clinic.letters.kinds import KINDS, Kind
from isocourse.clinic.letters.printing import pdf
from isocourse.clinic.letters.writing import Picture, data
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.places import Here
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.worklist.standing import assessed
from isocourse.course import Assessment, NoValue
from isocourse.course.forecasting import regimens, under
from isocourse.course.forecasting.drawing import STYLE, panels

PHARMACY = "pharmacy"
_WANTED = (0, 3)


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
    return render(request, "letters/letters.html", words)


@needs("print_letter")
@require_GET
def letter(request: HttpRequest, here: Here, code: str, kind: str) -> HttpResponse:
    """A letter for the patient or another doctor, as a PDF."""
    if kind not in KINDS or kind == PHARMACY:
        raise Http404
    return _printed(here, code, kind)


@needs("see_prescription")
@require_GET
def pharmacy_note(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """The note to the pharmacy, as a PDF."""
    return _printed(here, code, PHARMACY)


def _known(here: Here, code: str, page: str) -> tuple[Known, Assessment]:
    known = Known(read(seen(here, code.upper(), page)), here)
    return known, assessed(known.held)


def _printed(here: Here, code: str, name: str) -> HttpResponse:
    known, found = _known(here, code, f"letter: {name}")
    kind = KINDS[name]
    if not kind.fits(known, found):
        raise Http404
    with timezone.override(known.held.zone):
        made = kind.written(known, found, _pictures(known, found, kind))
        body = pdf(data(made, known.held, found))
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{known.held.course.code}-{name}.pdf"'
    return answer


def _pictures(known: Known, found: Assessment, kind: Kind) -> tuple[Picture, ...]:
    """The forecast under the regimen that goes on; none after treatment or where harm is feared."""
    if not kind.pictured or found.stage not in ("on_treatment", "paused") or harmed(found):
        return ()
    at: datetime = known.now
    try:
        of = basis_of(known.held, at.date(), None)
        wanted = [each for each in regimens(of.seen) if each.key == "as_now"]
    except (NoValue, ValueError):
        return ()
    made = under(of, wanted)
    if not made.outlooks or made.disagrees:
        return ()
    shown = panels(made, made.outlooks[0])
    return tuple(Picture(p.title, _whole(p.svg), p.words) for p in (shown[n] for n in _WANTED))


def _whole(svg: str) -> str:
    """A panel as a file of its own, with its colours."""
    name, rest = svg[: svg.index(">") + 1], svg[svg.index(">") + 1 :]
    return name + STYLE + rest
