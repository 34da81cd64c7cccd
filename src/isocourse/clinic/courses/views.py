"""The page of a course: verdicts with reasons, sources and events; windows; the log."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.access.acts import may, told_of
from isocourse.clinic.access.needing import needs, own, seen
from isocourse.clinic.courses import calendar
from isocourse.clinic.courses.dosage import drawn
from isocourse.clinic.courses.logbook import Book
from isocourse.clinic.courses.overtime.glance import latest
from isocourse.clinic.courses.telling import noted, reasons, said, title
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.log.recording import Opening, Refused, open_course, opened_by
from isocourse.clinic.log.recording import retract as take_back
from isocourse.clinic.people.places import Here
from isocourse.clinic.supply.handing_over import newest
from isocourse.clinic.supply.outages import registry_at, waiting
from isocourse.clinic.visits.leading import Ways, form_of
from isocourse.clinic.visits.saving import LONGEST_TOKEN, new_token
from isocourse.course import Assessment, NoValue, assess
from isocourse.words import tokens

_ACTIONS = (
    ("start", gettext_lazy("First dose")),
    ("prescribe", gettext_lazy("Prescribe")),
    ("dispense", gettext_lazy("Hand over")),
)


@needs("look_up")
@require_GET
def course(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """A course as it stands now, or as it was on any day."""
    code = code.upper()
    held_course = seen(here, code, "course")
    held = read(held_course)
    now = clock.now().astimezone(held.zone)
    on = _day(request.GET.get("on", ""), now.date())
    words: dict[str, Any] = {
        "held": held,
        "now": now,
        "on": on,
        "elsewhere_course": held_course.clinic_id != here.clinic.pk,
        "born": held.opened["patient"]["birth_date"],
    }
    if may(here.role, "see_supply"):
        try:
            words |= _standing(here, held, now, on)
        except NoValue as none:
            messages.error(request, str(none))
    if may(here.role, "see_log"):
        ours = held_course.clinic_id == here.clinic.pk
        words["rows"] = Book(held, ours and may(here.role, "retract")).rows()
    with timezone.override(held.zone):  # a course from elsewhere keeps its own clock
        return render(request, "courses/course.html", words)


def _day(given: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if day < today else None


def _standing(here: Here, held: Held, now: datetime, on: date | None) -> dict[str, Any]:
    """What the engine answers, now or at the end of an earlier day as it was known then."""
    rules = held.course.clinic.rules
    file = held.as_read
    if on is None:
        found = assess(file, now, settings=rules)
    else:
        known = datetime.combine(on + timedelta(days=1), time(), held.zone)
        found = assess(file, on, known_at=known, settings=rules)
    shown = _ACTIONS if may(here.role, "see_course") else _ACTIONS[-1:]
    events = {each["id"]: each for each in held.events}
    writes = on is None and held.course.clinic_id == here.clinic.pk
    ways = Ways(held.course.code, here.role) if writes else None
    beside = _beside(here, found, events, ways)
    tasks = [each.reason for each in beside["due"]]
    weeks = calendar.weeks(found.windows, tasks, held.events, held.zone, on or now.date())
    return {
        "found": found,
        "stage": found.stage.replace("_", " "),
        "verdicts": [
            _verdict(found, name, label, events, ways)
            for name, label in shown
            if found.actions[name].verdict != "not_applicable" or name == "dispense"
        ],
        **beside,
        "day": on or now.date(),
        "weeks": weeks,
        "drawn_weeks": calendar.drawn(weeks, now.date()),
        "windows": [each for each in found.windows if each.what == "dispense"],
        "prescription": newest(held),
        "registry": registry_at(held, now),
        "waits": waiting(held) if on is None else [],
        "dose": drawn(found.dose),
        "latest": latest(held, on or now.date()) if may(here.role, "see_course") else [],
    }


def _beside(here: Here, found: Assessment, events: Any, ways: Ways | None) -> dict[str, Any]:
    """Alerts, tasks and the place in the course, as far as a role is told of them."""
    alerts = [each for each in found.alerts if told_of(here.role, each.topic, each.urgency)]
    return {
        "alerts": [noted(each, events) for each in alerts if each.urgency != "note"],
        "notes": [noted(each, events) for each in alerts if each.urgency == "note"],
        "due": [
            replace(noted(each, events), to=ways.to_task(each.task) if ways else "")
            for each in found.due
            if told_of(here.role, each.topic)
        ],
        "timeline": found.timeline if may(here.role, "see_course") else None,
    }


def _verdict(
    found: Assessment, action: str, label: Any, events: Any, ways: Ways | None
) -> dict[str, Any]:
    answer = found.actions[action]
    told = [
        replace(each, to=ways.to_topic(each.reason.topic) if ways else "")
        for each in reasons(found, action, events)
    ]
    return {
        "action": action,
        "label": label,
        "verdict": answer.verdict,
        "stops": [each for each in told if each.reason.stops],
        "advice": [each for each in told if not each.reason.stops],
    }


class NewCourse(forms.Form):
    """Who the patient is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    birth_date = forms.DateField(
        label=gettext_lazy("Date of birth"), widget=forms.DateInput(attrs={"type": "date"})
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Administrative gender"), choices=[(w, w) for w in tokens.SEXES]
    )


@needs("open_course")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Open a course for a patient."""
    form = NewCourse(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        patient = {"birth_date": given["birth_date"].isoformat(), "sex": given["sex"]}
        clinic = here.clinic
        once = request.POST.get("token", "")[:LONGEST_TOKEN]
        named, zone = {"name": given["name"]}, clinic.time_zone
        opening = Opening(patient, named, clinic.place, zone, once=once)
        try:
            made = opened_by(clinic, once) or open_course(clinic, here.writer, opening)
        except IntegrityError:  # the same form, sent twice in one instant
            return redirect("worklist")
        except Refused as refused:
            for each in refused.problems:
                form.add_error(None, str(each))
        else:
            messages.success(request, _("Opened. The course's code is %s.") % made.code)
            return redirect("work_up", code=made.code)
    words = {"form": form, "token": request.POST.get("token") or new_token()}
    return render(request, "courses/new.html", words)


@needs("retract")
@require_http_methods(["GET", "POST"])
def retract(request: HttpRequest, here: Here, code: str, event: str) -> HttpResponse:
    """Take an event back, with a reason; it stays in the log and no longer counts."""
    held_course = own(here, code)
    held = read(held_course)
    found = next((each for each in held.events if each["id"] == event), None)
    gone = {each["event"] for each in held.events if each["kind"] == "retract"}
    if found is None or found["kind"] == "retract":
        raise Http404
    if event in gone:
        messages.info(request, _("It was taken back before. Nothing was recorded again."))
        return redirect("course", code=code)
    problems: list[str] = []
    if request.method == "POST":
        try:
            take_back(held_course, here.writer, event, request.POST.get("reason", ""))
        except Refused as refused:
            problems = [str(each) for each in refused.problems]
        else:
            messages.success(request, _("Taken back. It stays in the log with your reason."))
            again = request.POST.get("again") and may(here.role, "record")
            return redirect(
                *["record", code, form_of(found["kind"])] if again else ["course", code]
            )
    words = {"held": held, "event": found, "title": title(found), "said": said(found)}
    return render(request, "courses/retract.html", {**words, "problems": problems})
