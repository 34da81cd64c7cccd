"""The team's pages: the patient's access and what they sent; the clinic's desk for patients."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.access.needing import needs, own, seen
from isocourse.clinic.administration.changing import note
from isocourse.clinic.administration.models import Kind
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.patients.drawing import for_a_camera
from isocourse.clinic.patients.forms import DeskForm
from isocourse.clinic.patients.lacking import lacking
from isocourse.clinic.patients.reading import words as words_of
from isocourse.clinic.people.places import Here
from isocourse.clinic.portal import doors, photos
from isocourse.clinic.portal.desk import ENGLISH, desk
from isocourse.clinic.portal.models import Desk, Looked, Photo
from isocourse.clinic.reminders.contact import contact_of
from isocourse.clinic.worklist.standing import stand


@needs("see_course")
@require_http_methods(["GET", "POST"])
def patient(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Invite the patient, end their access, read what they sent."""
    link = ""
    if request.method == "POST":
        held = read(own(here, code))
        link = _done(request, here, held)
        if not link:
            return redirect("patient", code=code)
    course = seen(here, code, "patient")
    held = read(course)
    access = doors.access_of(course)
    return render(
        request,
        "patients/patient.html",
        {
            "held": held,
            "access": access,
            "ours": course.clinic_id == here.clinic.pk,
            "link": link,
            "drawn": for_a_camera(link) if link else "",
            "words": words_of(held),
            "lacking": lacking(desk(course.clinic)),
            "photos": Photo.objects.filter(course=course).only("pk", "at").order_by("-at"),
            "open_link": access and access.links.filter(used=None, until__gt=clock.now()).first(),
        },
    )


def _done(request: HttpRequest, here: Here, held: Held) -> str:
    """What the team asked for; the link when one was made."""
    do, course = request.POST.get("do"), held.course
    if do == "invite":
        agreed = contact_of(held)
        secret = doors.invite(course, here.user, agreed.language if agreed else ENGLISH)
        return request.build_absolute_uri(reverse("my_link", args=[secret]))
    if do == "end":
        if doors.end(course):
            messages.success(request, _("Ended. The patient sees nothing any more."))
        else:
            messages.info(request, _("There was no access to end."))
    if do == "read":
        _read(here, held, request.POST.get("number", ""))
    return ""


def _read(here: Here, held: Held, number: str) -> None:
    """Everything up to a word was read; a later one, not yet shown, stays unread."""
    known = {each.number for each in words_of(held)}
    if not number.isdecimal() or int(number) not in known:
        raise Http404
    said = {"number": int(number), "by": here.user, "at": clock.now()}
    with transaction.atomic():
        looked, new = Looked.objects.get_or_create(course=held.course, defaults=said)
        if not new:  # who shows an older page takes nothing back
            Looked.objects.filter(pk=looked.pk, number__lt=int(number)).update(**said)
        stand(held.course)


@needs("see_course")
@require_GET
def patient_photo(request: HttpRequest, here: Here, code: str, pk: int) -> HttpResponse:
    """A photograph that the patient sent."""
    course = seen(here, code, "photo")
    read(course)
    found = Photo.objects.filter(pk=pk, course=course).select_related("course__key").first()
    if found is None:
        raise Http404
    return HttpResponse(photos.opened(found), content_type="image/jpeg")


@needs("administer")
@require_http_methods(["GET", "POST"])
def desk_page(request: HttpRequest, here: Here) -> HttpResponse:
    """Whom patients call, and which languages they may read."""
    held = desk(here.clinic)
    form = DeskForm(held, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            before = _told(held)
            made, _new = Desk.objects.update_or_create(clinic=here.clinic, defaults=form.said())
            if before != _told(made):
                note(here.clinic, here.user, Kind.SETTINGS, before=before, after=_told(made))
        messages.success(request, _("Kept. Patients see it from the next page they open."))
        return redirect("desk")
    return render(
        request, "patients/desk.html", {"form": form, "lacking": lacking(desk(here.clinic))}
    )


def _told(held: Desk) -> str:
    names = ("phone", "hours", "emergency", "crisis", "reviewed")
    return "\n".join(f"{name}: {getattr(held, name)}" for name in names if getattr(held, name))
