"""The pages of a prescription: proposed, refused in words, written, printed, cancelled."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.access.needing import needs, own, seen
from isocourse.clinic.courses.telling import told
from isocourse.clinic.people.places import Here
from isocourse.clinic.prescribing.asking import SHAPE, PrescriptionSheet
from isocourse.clinic.prescribing.cancelling import Cancelling
from isocourse.clinic.prescribing.printing import printed
from isocourse.clinic.prescribing.writing import write
from isocourse.clinic.supply.handing_over import Closed
from isocourse.clinic.visits.filling import Filling, fill
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.leading import Ways
from isocourse.clinic.visits.saving import Said
from isocourse.clinic.visits.shapes import Shape
from isocourse.clinic.visits.sheet import Sheet
from isocourse.clinic.worklist.standing import assessed
from isocourse.course import Answer

_CONFLICT = 409


@needs("prescribe")
@require_http_methods(["GET", "POST"])
def prescribe(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Write a prescription while the gate is open; else say why it is shut."""
    filling = Filling(
        "prescribe",
        SHAPE,
        sheet=PrescriptionSheet,
        write=write,
        onward=_onward,
        template="prescribing/prescribe.html",
        shut=_shut,
    )
    try:
        return fill(request, here, code, filling)
    except Closed as closed:
        known = Known.of(own(here, code.upper()), here)
        return _refuse(request, known, closed.answer)


def _shut(request: HttpRequest, known: Known) -> HttpResponse | None:
    answer = assessed(known.held).actions["prescribe"]
    return None if answer.verdict == "allowed" else _refuse(request, known, answer)


def _refuse(request: HttpRequest, known: Known, answer: Answer) -> HttpResponse:
    """The reasons, each with its rule, its source, and where what is missing is recorded."""
    events = {each["id"]: each for each in known.held.events}
    ways = Ways(known.held.course.code, known.here.role)
    stops = [each for each in answer.reasons if each.stops]
    words = {
        "held": known.held,
        "verdict": answer.verdict,
        "stops": [(told(each, events), ways.to_topic(each.topic)) for each in stops],
    }
    status = _CONFLICT if request.method == "POST" else 200
    return render(request, "prescribing/refused.html", words, status=status)


def _onward(request: HttpRequest, sheet: Sheet, new: Sequence[Said]) -> HttpResponse:
    messages.success(request, _("Written and recorded, with what was decided."))
    code = sheet.known.held.course.code
    return redirect("prescription", code=code, prescription=new[0]["prescription_id"])


@needs("see_prescription")
@require_GET
def prescription(request: HttpRequest, here: Here, code: str, prescription: str) -> HttpResponse:
    """A written prescription to print: the summary, and the note to the pharmacy."""
    course = own(here, code.upper())
    known = Known.of(course, here)
    words = printed(known, _written(known, prescription))
    seen(here, course.code, "prescription")
    return render(request, "prescribing/prescription.html", words)


def _written(known: Known, name: str) -> dict[str, Any]:
    """The prescription of a name, if it was not taken back."""
    found = known.latest("prescription", prescription_id=name)
    if found is None:
        raise Http404
    return found


CANCEL = Shape(
    gettext_lazy("Cancel a prescription"),
    gettext_lazy("It is void from now on and cannot be handed over. It stays in the log."),
    (Cancelling,),
)


@needs("cancel")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Void a prescription that was not handed over."""
    return fill(request, here, code, Filling("cancel", CANCEL))
