"""Whether what a mail says still holds, asked at the moment at which it would leave.

A mail may have waited, or somebody may want it sent again: meanwhile a day moved, treatment
stopped, or harm is feared. Then it stays, whatever its row says.
"""

from datetime import datetime, timedelta

from isocourse.clinic.courses.harm import harmed
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import Held
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.reminders.contact import contact_of
from isocourse.clinic.reminders.deadlines import (
    GOING_ON,
    PLANNED,
    QUIET,
    Day,
    deadlines,
    notices,
    read,
    settled,
)
from isocourse.clinic.reminders.keeping import span_of
from isocourse.clinic.reminders.models import Deadline, Message
from isocourse.clinic.reminders.planning import is_current, planned_anew
from isocourse.clinic.reminders.timing import end_of
from isocourse.clinic.worklist.standing import assessed

_TICK = timedelta(seconds=1)


def holds(held: Held, message: Message) -> bool:
    """Whether a reminder of a course says what is true now, to somebody who wants it."""
    contact = contact_of(held)
    if contact is None:
        return False
    now = clock.now().astimezone(held.zone)
    day = _day(held, message.deadline, now)
    words = Cipher(held.course.key).opened(message.body)
    told = notices(day) if day else []
    return any(each.said() == words and span_of(each, contact, now) for each in told)


def _day(held: Held, uid: str, now: datetime) -> Day | None:
    """A deadline as the engine sees it now; None where it no longer does."""
    was, found = _kept(held, uid), assessed(held, now)
    if was is None:
        return None
    if was.rule in PLANNED:
        return None if harmed(found) else _by_the_plan(held, uid)
    if was.last < now.date() and not was.at_once:
        return None if found.stage in (QUIET, *GOING_ON) else _over(held, was)
    day = deadlines(found, held.zone, now.date()).get(was.rule)
    return day and settled(was, day, now.date())


def _kept(held: Held, uid: str) -> Day | None:
    row = Deadline.objects.filter(course=held.course, uid=uid).first()
    return None if row is None else read(Cipher(held.course.key).opened(row.body))


def _by_the_plan(held: Held, uid: str) -> Day | None:
    """A day of the plan, which is made anew where it is not of now."""
    if not is_current(held) and not planned_anew(held.course):
        return None
    stands = Deadline.objects.filter(course=held.course, uid=uid, cancelled=False)
    return _kept(held, uid) if stands.exists() else None


def _over(held: Held, was: Day) -> Day | None:
    """What held up to a day, as the engine sees that day now."""
    then = end_of(was.last, held.zone) - _TICK
    day = deadlines(assessed(held, then), held.zone, was.last).get(was.rule)
    return day and settled(was, day, was.last)
