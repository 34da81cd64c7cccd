"""Keeping the list true: after every entry, and once for every new day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.dispatch import receiver

from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import recorded
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.standing import HARM, stand


@receiver(recorded, dispatch_uid="stand")
def after_an_entry(course: Course, **_: Any) -> None:
    """What was written changes where the course stands, in the same transaction."""
    stand(course)


def refresh_these(rows: Iterable[Standing], today: date) -> None:
    """Assess again those rows of a page that are of an earlier day."""
    old = [each.pk for each in rows if each.assessed_on < today]
    _again(old)


def refresh(at_most: int = 10**9) -> int:
    """Assess again what was last assessed on an earlier day; how many there were."""
    done = 0
    for clinic in Clinic.objects.all():
        old = Standing.objects.filter(clinic=clinic, assessed_on__lt=today_in(clinic))
        done += _again(list(old.values_list("course_id", flat=True)[: at_most - done]))
    return done


def today_in(clinic: Clinic) -> date:
    """The day it is now where a clinic is."""
    return clock.now().astimezone(clinic.zone).date()


def _again(pks: list[int]) -> int:
    for course in Course.objects.filter(pk__in=pks).select_related("clinic", "key"):
        try:
            stand(course)
        except Broken:
            day = today_in(course.clinic)
            broken = {"state": "broken", "urgency": HARM, "assessed_on": day}
            Standing.objects.filter(course=course).update(**broken)
    return len(pks)


def of_yesterday(clinic: Clinic) -> None:
    """Let every row of a clinic be assessed again, as if a day had gone by: its rules changed."""
    Standing.objects.filter(clinic=clinic).update(assessed_on=date(1970, 1, 1))


def rebuild() -> int:
    """Make every row anew, as after a restore; how many there are."""
    for course in Course.objects.select_related("clinic", "key").iterator(500):
        stand(course)
    return Standing.objects.count()
