"""Unusual reading: one person who opens more courses on a day than a day's work asks for.

Nothing is stopped by it: a person in an emergency must not be. It is told.
"""

import logging
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files

from django.db.models import Count
from django.db.models.functions import TruncDate

from isocourse.clinic.access.models import Opening
from isocourse.clinic.log import clock
from isocourse.clinic.people.models import Clinic, User

_TABLE = tomllib.loads(files("isocourse.clinic.access").joinpath("unusual.toml").read_text("utf-8"))
MOST: int = _TABLE["courses_a_day"]["most"]
SHOWN = timedelta(days=_TABLE["shown"]["days"])
_log = logging.getLogger("isocourse.clinic.access")


@dataclass(frozen=True, slots=True)
class Day:
    """A person's day with unusually many courses."""

    user: User
    on: date
    courses: int


def unusual(clinic: Clinic) -> list[Day]:
    """The days on which somebody opened more courses of a clinic than is usual, newest first."""
    held = (
        Opening.objects.filter(course__clinic=clinic, at__gt=clock.now() - SHOWN)
        .annotate(on=TruncDate("at", tzinfo=clinic.zone))
        .values("user_id", "on")
        .annotate(courses=Count("course_id", distinct=True))
        .filter(courses__gt=MOST)
        .order_by("-on", "-courses")
    )
    people = User.objects.in_bulk({each["user_id"] for each in held})
    return [Day(people[each["user_id"]], each["on"], each["courses"]) for each in held]


def watch(user: User, clinic: Clinic) -> None:
    """Write a line in the log at the course that makes a day unusual; once for that day."""
    now = clock.now().astimezone(clinic.zone)
    morning = datetime.combine(now.date(), datetime.min.time(), now.tzinfo)
    today = Opening.objects.filter(user=user, at__gte=morning, at__lte=now)
    courses = set(today.order_by().values_list("course_id", flat=True).distinct()[: MOST + 2])
    if len(courses) == MOST + 1:
        last = today.latest("at", "pk")
        if today.filter(course_id=last.course_id).count() == 1:
            said = "somebody opened more courses today than a day's work asks for"
            _log.warning(said, extra={"person": user.pk, "clinic": clinic.pk})
