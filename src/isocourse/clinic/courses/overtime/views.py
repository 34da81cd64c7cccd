"""The page of a course over time, now or as it was on any day."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from isocourse.clinic.access.needing import needs, seen
from isocourse.clinic.courses.dosage import drawn
from isocourse.clinic.courses.overtime import doses
from isocourse.clinic.courses.overtime.counted import counted
from isocourse.clinic.courses.overtime.findings import Found
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.people.places import Here
from isocourse.course import NoValue
from isocourse.course.edition import rules_in_force


@needs("see_course")
@require_GET
def over_time(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Blood, dose, skin, scores and symptoms, drawn and in tables."""
    course = seen(here, code.upper(), "over time")
    held = read(course)
    today = clock.now().astimezone(held.zone).date()
    on = day_asked(request.GET.get("on", ""), today)
    try:
        words = charts(held, on or today)
    except NoValue as none:
        messages.error(request, str(none))
        return redirect("course", code=course.code)
    words |= {"held": held, "on": on, "today": today, "here_now": "over_time"}
    with timezone.override(held.zone):
        return render(request, "courses/over_time.html", words)


def day_asked(given: str, today: date) -> date | None:
    """The earlier day that somebody asks for; None for today, what lies ahead, and no day."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if day < today else None


def charts(held: Held, on: date) -> dict[str, Any]:
    """Everything that is drawn, as it was at the end of a day."""
    events = counted(held, on)
    rules = rules_in_force(held.course.place, on, held.course.clinic.rules)
    found = Found(events, held.zone, rules)
    days = doses.over_time(held, events, on)
    skin = [found.lesions(), *found.scores()]
    dosed = [doses.daily(days), doses.cumulative(days), found.weight()]
    return {
        "dose": drawn(days[-1].dose) if days else None,
        "dosed": [each for each in dosed if each],
        "labs": list(found.labs()),
        "skin": [each for each in skin if each],
        "symptoms": found.symptoms(),
    }
