"""The days that only the planner knows: the next test and the next visit, before either is due.

Planning takes longer than recording may. So who records withdraws what hangs on the old plan, in
the same transaction, and the sender plans anew before it sends: nothing of an old plan is sent.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime

from django.db import DatabaseError
from django.db.models import F, Q

from isocourse.clinic.courses.harm import harmed
from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import Erased, Held, read
from isocourse.clinic.log.sealing import Unreadable
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.reminders.contact import contact_of, shut_leaving
from isocourse.clinic.reminders.deadlines import GOING_ON, PLANNED, Day
from isocourse.clinic.reminders.keeping import keep
from isocourse.clinic.reminders.models import Planned
from isocourse.clinic.worklist.standing import assessed
from isocourse.course import Assessment, NoValue
from isocourse.course.planning import plan
from isocourse.course.planning.plan import Span

_log = logging.getLogger(__name__)
TEST, VISIT = PLANNED
_NONE = 0  # no entry has this number


def plan_again(at_most: int) -> int:
    """Plan every course that somebody is told of and that changed, or is of an earlier day."""
    return sum(map(planned_anew, _old(at_most)))


def planned_anew(course: Course) -> bool:
    """Plan a course; one that cannot be planned does not keep the others waiting."""
    try:
        _plan(read(course))
    except DatabaseError:
        raise
    except (Broken, Erased, Unreadable, NoValue, ValueError):
        _note(course, _NONE)
        return False
    except Exception:
        _log.exception("a course could not be planned")
        _note(course, _NONE)
        return False
    return True


def is_current(held: Held) -> bool:
    """Whether the plan is of today and of the last entry."""
    today = _today(held.course.clinic, clock.now())
    kept = Planned.objects.filter(course=held.course, number=held.head.number)
    return kept.filter(on__gte=today).exists()


def let_go_of(clinic: Clinic) -> None:
    """The plans of a clinic were made under other settings: each is made anew."""
    Planned.objects.filter(course__clinic=clinic).delete()


def _old(at_most: int) -> list[Course]:
    """Those whose plan is not of today and of the last entry, the one tried last at the end."""
    told = Course.objects.filter(doors__shut_at=None, doors__isnull=False, key__isnull=False)
    now, same = clock.now(), Q(pk__in=[])
    for clinic in Clinic.objects.all():
        of_today = Q(clinic=clinic, planned__on__gte=_today(clinic, now))
        same |= of_today & Q(planned__number=F("head__number"))
    waited = F("planned__tried_at").asc(nulls_first=True)
    old = told.exclude(pk__in=told.filter(same).values("pk")).order_by(waited, "pk").distinct()
    return list(old.select_related("clinic", "key")[:at_most])


def _today(clinic: Clinic, now: datetime) -> date:
    return now.astimezone(clinic.zone).date()


def _plan(held: Held) -> None:
    found = assessed(held)
    days = dict(_days(held, found))
    if contact_of(held) is None:
        shut_leaving(held.course)
    keep(held, found, days)
    _note(held.course, held.head.number)


def _note(course: Course, number: int) -> None:
    now = clock.now()
    said = {"number": number, "on": _today(course.clinic, now), "tried_at": now}
    Planned.objects.update_or_create(course=course, defaults=said)


def _days(held: Held, found: Assessment) -> Iterator[tuple[str, Day]]:
    """The next test and the next visit by the plan, where the rules have not called for one yet."""
    if found.stage not in GOING_ON or harmed(found):
        return
    asked = {each.task for each in found.due}
    made = plan(held.as_read, clock.now().astimezone(held.zone), settings=held.course.clinic.rules)
    following = next((each for each in made.hand_overs if not each.written), None)
    if following is None:
        return
    if following.test is not None and "pregnancy_test" not in asked:
        yield TEST, _day(TEST, "pregnancy_test", following.test)
    if following.visit is not None and "visit" not in asked:
        yield VISIT, _day(VISIT, "visit", following.visit)


def _day(rule: str, task: str, span: Span) -> Day:
    opens: date | None = span.earliest if span.earliest < span.last else None
    return Day(rule, task, opens, span.last, False)
