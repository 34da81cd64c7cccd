"""The addresses of a launch: where it begins, where the EHR answers, and the patient it opens."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.access.acts import may
from isocourse.clinic.access.needing import needs
from isocourse.clinic.courses.telling import recorder, said, title
from isocourse.clinic.hooks.configuration import Ehr, configured
from isocourse.clinic.launch import linking, pending
from isocourse.clinic.launch.handshake import (
    LASTS,
    Known,
    NotLaunched,
    answered,
    discovered,
    fresh,
    question,
)
from isocourse.clinic.launch.record import Found, looked_up
from isocourse.clinic.log import clock
from isocourse.clinic.log.exchanging import taken_in
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import Refused
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.people.places import CHOSEN, Here, memberships


def _refused(request: HttpRequest, why: str, status: int = 403) -> HttpResponse:
    words = {"title": _("This launch cannot go on"), "what_to_do": why}
    return render(request, "looks/refused.html", words, status=status)


def _ehr(server: str) -> Ehr:
    """An EHR that is registered. Raises NotLaunched."""
    hooks = configured()
    found = hooks.launches.get(server.rstrip("/")) if hooks else None
    if found is None:
        raise NotLaunched(_("This EHR is not registered here."))
    return found


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("launch_back"))


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """An EHR opens us: it is asked to let us in, if it is one that is registered."""
    launch = request.GET.get("launch", "")
    try:
        ehr = _ehr(request.GET.get("iss", ""))
        if not launch:
            raise NotLaunched(_("The EHR gave no launch context."))
        known = discovered(ehr)
    except NotLaunched as why:
        return _refused(request, str(why))
    secret = fresh()
    until = (clock.now() + LASTS).timestamp()
    ends = {name: getattr(known, name) for name in ("authorize", "token", "issuer", "jwks")}
    held: dict[str, Any] = {"server": ehr.server, "secret": secret, "known": ends, "until": until}
    pending.begun(request, secret["state"], held)
    return redirect(question(ehr, known, launch, _back(request), secret))


@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """The EHR answers: the state is one of this browser, and is used once."""
    given = request.GET
    try:
        held = pending.taken(request, given.get("state", ""))
        if held is None:
            raise NotLaunched(_("This browser began no such launch, or it was used or too old."))
        if given.get("iss", held["known"]["issuer"]) != held["known"]["issuer"]:
            raise NotLaunched(_("The answer comes from another server."))
        if "error" in given or not given.get("code"):
            raise NotLaunched(_("The EHR did not let us in."))
        ehr = _ehr(held["server"])
        known = Known(**held["known"])
        found = answered(ehr, known, given["code"], _back(request), held["secret"])
    except NotLaunched as why:
        return _refused(request, str(why))
    until = (clock.now() + timedelta(seconds=found.seconds)).timestamp()
    kept = {"server": ehr.server, "patient": found.patient, "subject": found.subject}
    pending.let_in(request, kept | {"token": found.token, "until": until}, sorted(ehr.frames))
    return redirect("launch_open")


begin.public = back.public = True  # type: ignore[attr-defined]


@needs("look_up")
@require_http_methods(["GET", "POST"])
def opened(request: HttpRequest, here: Here) -> HttpResponse:
    """The course of the patient that is open in the EHR, for who is signed in here too."""
    held = pending.launched(request)
    if held is None:
        messages.error(request, _("No patient is open from an EHR, or not any more: launch again."))
        return redirect("home")
    try:
        ehr = _ehr(held["server"])
        clinic = _clinic(ehr)
        if here.clinic.pk != clinic.pk:
            return _elsewhere(request, here, clinic)
        return _person(request, here, held) or _patient(request, here, held)
    except NotLaunched as why:
        return _refused(request, str(why))


def _clinic(ehr: Ehr) -> Clinic:
    """The clinic of an EHR; its name has to be that of one clinic only."""
    found = list(Clinic.objects.filter(name=ehr.clinic)[:2])
    if len(found) != 1:
        raise NotLaunched(_("The configuration names no clinic, or two of one name."))
    return found[0]


def _elsewhere(request: HttpRequest, here: Here, clinic: Clinic) -> HttpResponse:
    """The EHR belongs to another clinic: it is chosen for who works there, and nobody else."""
    for each in memberships(here.user):
        if each.clinic_id == clinic.pk:
            request.session[CHOSEN] = each.clinic_id
            return redirect("launch_open")
    raise NotLaunched(_("This EHR belongs to a clinic in which you have no place."))


def _person(request: HttpRequest, here: Here, held: dict[str, Any]) -> HttpResponse | None:
    """Whoever uses the EHR is who is signed in here; asked once, and held to after that."""
    known = linking.person_of(held["server"], held["subject"])
    if known is None and request.method == "POST" and request.POST.get("do") == "person":
        linking.is_person(held["server"], held["subject"], here.user)
        return redirect("launch_open")
    if known is None:
        return render(request, "launch/person.html", {"server": held["server"]})
    if known.pk != here.user.pk:
        raise NotLaunched(_("The EHR is open for somebody else. Sign in here as yourself."))
    return None


def _patient(request: HttpRequest, here: Here, held: dict[str, Any]) -> HttpResponse:
    """The course, or what the EHR holds of a patient who has none here."""
    course = linking.course_of(here.clinic, held["server"], held["patient"])
    if course is not None:
        pending.over(request)
        return redirect("course", code=course.code)
    if not may(here.role, "open_course"):
        raise NotLaunched(_("This patient has no course here that is linked to the EHR."))
    found = looked_up(here.clinic, held["server"], held["patient"], held["token"])
    if request.method == "POST":
        return _decided(request, here, held, found)
    return _shown(request, here, found)


def _shown(request: HttpRequest, here: Here, found: Found, why: str = "") -> HttpResponse:
    file = found.read.course.model_dump(mode="json", exclude_none=True) if found.read else {}
    words = {
        "found": found,
        "why": why or found.wrong,
        "alike": linking.alike(here.clinic, found.name, found.born),
        "events": [
            (e["at"][:10], title(e), said(e), recorder(e), e.get("note", ""))
            for e in file.get("events", ())
        ],
    }
    return render(request, "launch/patient.html", words)


def _decided(request: HttpRequest, here: Here, held: dict[str, Any], found: Found) -> HttpResponse:
    """Linked to a course that is there, or taken in as it was shown."""
    do = request.POST.get("do", "")
    if do == "import" and found.read is not None and request.POST.get("digest") != found.digest:
        return _shown(request, here, found, _("The record has changed. Look at it again."))
    try:
        with transaction.atomic():
            course = _chosen(request, here, found, do)
            linking.belongs(here, held["server"], held["patient"], course)
    except Refused as refused:
        return _shown(request, here, found, str(refused))
    except linking.Linked:
        messages.info(request, _("This patient was linked a moment ago. Nothing was added."))
    return redirect("launch_open")


def _chosen(request: HttpRequest, here: Here, found: Found, do: str) -> Course:
    """The course that is meant: one that is there, or a new one from what was shown."""
    if do == "import" and found.read is not None:
        return taken_in(here.clinic, here.writer, found.file, found.name)
    if do != "link":
        raise PermissionDenied
    for each in linking.alike(here.clinic, found.name, found.born):
        if each.code == request.POST.get("code"):
            return each
    raise Http404
