"""Unusual reading: one person who opens more courses on a day than a day's work asks for.

Nothing is stopped by it: a person in an emergency must not be. It is told. Applications and systems
may read a whole clinic each night; they are told apart from people, by their busiest day.
"""

import logging
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from itertools import groupby
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncDate

from isocourse.clinic.access.models import Opening
from isocourse.clinic.log import clock
from isocourse.clinic.people.models import Clinic, Membership, User

_TABLE = tomllib.loads(files("isocourse.clinic.access").joinpath("unusual.toml").read_text("utf-8"))
MOST: int = _TABLE["courses_a_day"]["most"]
SHOWN = timedelta(days=_TABLE["shown"]["days"])
_log = logging.getLogger("isocourse.clinic.access")
_OF_A_PERSON = "somebody opened more courses today than a day's work asks for"
_OF_A_SYSTEM = "an application opened more courses today than a person's day of work asks for"


@dataclass(frozen=True, slots=True)
class Day:
    """A person's day with unusually many courses."""

    user: User
    on: date
    courses: int


@dataclass(frozen=True, slots=True)
class Busiest:
    """The day on which an application or a system opened most, and on how many it opened many."""

    user: User
    on: date
    courses: int
    days: int


def unusual(clinic: Clinic) -> list[Day]:
    """The days on which a person opened more courses of a clinic than is usual, newest first."""
    held = _many(clinic, people=True).order_by("-on", "-courses")
    people = User.objects.in_bulk({each["user_id"] for each in held})
    return [Day(people[each["user_id"]], each["on"], each["courses"]) for each in held]


def busy_systems(clinic: Clinic) -> list[Busiest]:
    """The applications and systems that opened more on a day than a person would, most first."""
    held = _many(clinic, people=False).order_by("user_id", "-courses", "-on")
    users = User.objects.in_bulk({each["user_id"] for each in held})
    found = [
        Busiest(users[pk], days[0]["on"], days[0]["courses"], len(days))
        for pk, days in _by_user(held)
    ]
    return sorted(found, key=lambda each: -each.courses)


def _by_user(held: Any) -> Iterator[tuple[int, list[Any]]]:
    for pk, days in groupby(held, key=lambda each: each["user_id"]):
        yield pk, list(days)


def _many(clinic: Clinic, people: bool) -> Any:
    """The days with more courses than is usual. Who ever had a place in a clinic is a person."""
    staff = Exists(Membership.objects.filter(user=OuterRef("user")))
    return (
        Opening.objects.filter(
            staff if people else ~staff, course__clinic=clinic, at__gt=clock.now() - SHOWN
        )
        .annotate(on=TruncDate("at", tzinfo=clinic.zone))
        .values("user_id", "on")
        .annotate(courses=Count("course_id", distinct=True))
        .filter(courses__gt=MOST)
    )


def watch(user: User, clinic: Clinic) -> None:
    """Write a line in the log when a day with a clinic's courses became unusual; once for the day.

    Counted are the courses of that clinic by its own day, as on the page; two openings at one
    moment, or fifty in one answer, may step over the limit, so it is asked whether it was told.
    """
    now = clock.now().astimezone(clinic.zone)
    morning = datetime.combine(now.date(), datetime.min.time(), now.tzinfo)
    today = Opening.objects.filter(user=user, course__clinic=clinic, at__gte=morning, at__lte=now)
    courses = today.order_by().values_list("course_id", flat=True).distinct()[: MOST + 1]
    if len(courses) <= MOST:
        return
    told = f"unusual:{clinic.pk}:{user.pk}:{now.date()}"
    if not cache.add(told, True, timedelta(days=2).total_seconds()):
        return
    extra = {"person": user.pk, "clinic": clinic.pk}
    if user.memberships.exists():
        _log.warning(_OF_A_PERSON, extra=extra)
    else:
        _log.info(_OF_A_SYSTEM, extra=extra)
