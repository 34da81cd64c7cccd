"""The patient's photographs: sent, seen again, and seen by nobody but them and their team."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.log.recording import Refused
from isocourse.clinic.portal import photos as kept
from isocourse.clinic.portal.models import Photo
from isocourse.clinic.portal.needing import Me, patients
from isocourse.clinic.portal.telling import today
from isocourse.clinic.portal.word import TooMuch, send
from isocourse.clinic.visits.saving import AlreadyRecorded, new_token


@patients
@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest, me: Me) -> HttpResponse:
    """The photographs so far; send another."""
    status, problem = 200, ""
    if request.method == "POST":
        try:
            _keep(request, me)
        except kept.NoPicture as told:
            status, problem = 422, str(told)
        except AlreadyRecorded:
            messages.info(request, _("This was sent before. Nothing was sent again."))
            return redirect("my_photos")
        except (Refused, TooMuch):
            problem = _("This could not be kept. Call your team and tell them.")
            status = 422
        else:
            messages.success(request, _("Sent. Only you and your team can see it."))
            return redirect("my_photos")
    held = Photo.objects.filter(course=me.held.course).only("pk", "at").order_by("-at")
    words = {"me": me, "photos": held, "problem": problem, "token": new_token()}
    return render(request, "portal/photos.html", words, status=status)


def _keep(request: HttpRequest, me: Me) -> None:
    picture = kept.drawn_anew(request.FILES.get(kept.FIELD))
    with transaction.atomic():
        photo = kept.keep(me.held.course, picture)
        event = {
            "kind": "document",
            "at": today(me),
            "ref": kept.named(photo),
            "sha256": photo.sha256,
            "title": "photograph sent by the patient",
        }
        send(me.held.course, me.writer, [event], request.POST.get("token", ""))


@patients
@require_GET
def photo(request: HttpRequest, me: Me, pk: int) -> HttpResponse:
    """One photograph of one's own."""
    found = Photo.objects.filter(pk=pk, course=me.held.course).select_related("course__key").first()
    if found is None:
        raise Http404
    return HttpResponse(kept.opened(found), content_type="image/jpeg")
