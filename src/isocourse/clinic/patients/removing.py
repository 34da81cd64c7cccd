"""A photograph that was sent by mistake: it goes for good, and the log keeps that and why.

The log only grows: the entry that names the photograph is taken back, with the reason. The picture
itself lies beside the log and is deleted. A backup made before still holds it, encrypted.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from isocourse.clinic.access.needing import needs, own
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import File, Held, read
from isocourse.clinic.log.recording import Refused, Writer, retract
from isocourse.clinic.people.places import Here
from isocourse.clinic.portal.models import Photo
from isocourse.clinic.portal.photos import named


@needs("retract")
@require_http_methods(["GET", "POST"])
def remove_photo(request: HttpRequest, here: Here, code: str, pk: int) -> HttpResponse:
    """Remove a photograph of a patient, with a reason."""
    course = own(here, code)
    held = read(course)
    photo = Photo.objects.filter(pk=pk, course=course).only("pk", "at", "sha256").first()
    event = _event(held, photo) if photo else None
    if photo is None or event is None:
        raise Http404
    problems: list[str] = []
    if request.method == "POST":
        try:
            _remove(course, here.writer, photo, event, request.POST.get("reason", ""))
        except Refused as refused:
            problems = [str(each) for each in refused.problems]
        else:
            messages.success(request, _("Removed. Your reason stands in the log."))
            return redirect("patient", code=code)
    words = {"held": held, "photo": photo, "problems": problems}
    return render(request, "patients/remove.html", words, status=422 if problems else 200)


def _event(held: Held, photo: Photo) -> File | None:
    """The entry with which a photograph came."""
    for each in held.events:
        if each["kind"] == "document" and each.get("ref") == named(photo):
            return each
    return None


def _remove(course: Course, writer: Writer, photo: Photo, event: File, reason: str) -> None:
    """Both or neither. Raises Refused without a reason."""
    with transaction.atomic():
        retract(course, writer, event["id"], reason)
        Photo.objects.filter(pk=photo.pk).delete()
