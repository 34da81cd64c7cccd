"""The patient's data to take away: the course file, and a page to read and print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from isocourse.clinic.courses.telling import moment
from isocourse.clinic.log.exchanging import exported
from isocourse.clinic.portal.needing import Me, patients
from isocourse.clinic.portal.reports import told
from isocourse.clinic.reminders.calendars import answered, calendar
from isocourse.clinic.reminders.keeping import keep
from isocourse.clinic.worklist.standing import assessed


@patients
@require_GET
def data(request: HttpRequest, me: Me) -> HttpResponse:
    """Everything that is kept of the course, in order of time."""
    zone = me.held.zone
    gone = {each["event"] for each in me.held.events if each["kind"] == "retract"}
    rows = [
        {
            "day": moment(each["at"], zone),
            **dict(zip(("title", "said"), told(each), strict=True)),
            "note": each.get("note", ""),
            "mine": each.get("by", {}).get("role") == "patient",
            "gone": each["id"] in gone,
        }
        for each in sorted(me.held.events, key=lambda each: str(each["at"]))
    ]
    return render(request, "portal/data.html", {"me": me, "rows": rows})


@patients
@require_GET
def file(request: HttpRequest, me: Me) -> HttpResponse:
    """The course file, with the name."""
    answer = HttpResponse(exported(me.held, with_name=True), content_type="application/json")
    name = f"{me.held.course.code}.course.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@patients
@require_GET
def my_calendar(request: HttpRequest, me: Me) -> HttpResponse:
    """The days of the course for a calendar, with titles that tell nothing."""
    keep(me.held, assessed(me.held))
    return answered(calendar(me.held.course))
