"""Three synthetic patients of the demonstration who have a page of their own."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from isocourse.clinic.log import clock
from isocourse.clinic.log.recording import Writer
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.portal import doors
from isocourse.clinic.portal.models import Access, Desk
from isocourse.clinic.portal.needing import ROLE
from isocourse.clinic.portal.word import send
from isocourse.clinic.worklist.models import Standing

_STATES = ("allowed", "on_treatment", "follow_up")
_MADE_UP = "555 0100"


def admit(clinic: Clinic, now: datetime) -> None:
    """Give a patient of each state a page, and let one of them have written to the team."""
    Desk.objects.create(
        clinic=clinic,
        phone=_MADE_UP,
        hours="A made-up number. Monday to Friday, 8 to 5.",
        crisis="The clinic writes here whom to call or write to in its place.",
    )
    for state in _STATES:
        held = Standing.objects.filter(clinic=clinic, state=state)
        held = held.order_by("course_id")  # a code is drawn by chance, and would name another
        found = held.select_related("course__clinic", "course__key").first()
        if found is not None:
            doors.invite(found.course, None)
    second = Access.objects.filter(course__standing__state=_STATES[1]).order_by("pk").first()
    if second is not None:
        _write(second, now)


def _write(access: Access, now: datetime) -> None:
    with clock.standing_at(now - timedelta(minutes=2)):
        day = clock.now().astimezone(access.course.clinic.zone).date().isoformat()
        told: list[dict[str, Any]] = [
            {"kind": "symptom", "at": day, "symptom": "cheilitis", "grade": 2},
            {
                "kind": "patient_report",
                "at": day,
                "what": "other",
                "note": "My lips crack at the corners. Is that normal?",
            },
        ]
        send(access.course, Writer(access.user, ROLE), told, "demonstration")


def links() -> Iterator[tuple[str, str]]:
    """A fresh link for each of them, and what they stand for."""
    held = Access.objects.filter(ended=None).select_related("course__standing").order_by("pk")
    for each in held:
        state = each.course.standing.state.replace("_", " ")
        yield state, reverse("my_link", args=[doors.invite(each.course, None)])
