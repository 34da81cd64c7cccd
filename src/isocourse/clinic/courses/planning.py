"""The plan of a course: the hand-overs of the coming two months, as the rules allow them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from isocourse.clinic.access.needing import needs, seen
from isocourse.clinic.courses.telling import told
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.places import Here
from isocourse.course import NoValue
from isocourse.course.planning import plan as planned


@needs("see_course")
@require_GET
def plan(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """When capsules can be handed over, and what has to come before."""
    course = seen(here, code.upper(), "plan")
    held = read(course)
    now = clock.now().astimezone(held.zone)
    try:
        made = planned(held.as_read, now, settings=course.clinic.rules)
    except NoValue as none:
        messages.error(request, str(none))
        return redirect("course", code=course.code)
    events = {each["id"]: each for each in held.events}
    words = {
        "held": held,
        "plan": made,
        "today": now.date(),
        "ran_out": made.supplied_until and made.supplied_until < now.date(),
        "overs": [(each, [told(one, events) for one in each.causes]) for each in made.hand_overs],
        "stops": [told(each, events) for each in made.stops],
    }
    with timezone.override(held.zone):
        return render(request, "courses/plan.html", words)
