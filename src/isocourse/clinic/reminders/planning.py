"""The days that only the planner knows: the next test and the next visit, before either is due.

Planning takes longer than recording may. So who records withdraws what hangs on the old plan, in
the same transaction, and the sender plans anew before it sends: nothing of an old plan is sent.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q

from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import Erased, Held, read
from isocourse.clinic.log.sealing import Unreadable
from isocourse.clinic.reminders.deadlines import PLANNED, Day
from isocourse.clinic.reminders.keeping import keep
from isocourse.clinic.reminders.models import Planned
from isocourse.clinic.worklist.standing import assessed
from isocourse.course import Assessment, NoValue
from isocourse.course.planning import plan
from isocourse.course.planning.plan import Span

TEST, VISIT = PLANNED
_GOING_ON = ("on_treatment", "paused")
"""Before and after treatment the rules themselves name every day."""


def plan_again(at_most: int) -> int:
    """Plan every course that somebody is told of and that changed, or is of an earlier day."""
    done = 0
    for course in _old(at_most):
        try:
            _plan(read(course))
        except (Broken, Erased, Unreadable, NoValue, ValueError):
            continue
        done += 1
    return done


def _old(at_most: int) -> list[Course]:
    """Those whose plan is not of today and of the last entry."""
    told = Course.objects.filter(doors__shut_at=None, doors__isnull=False, key__isnull=False)
    today = clock.now().date()
    same = Q(planned__number=F("head__number"), planned__on__gte=today)
    old = told.exclude(same).distinct().order_by("pk")
    return list(old.select_related("clinic", "key")[:at_most])


def _plan(held: Held) -> None:
    now = clock.now()
    found = assessed(held, now)
    days = dict(_days(held, found))
    keep(held, found, days)
    Planned.objects.update_or_create(
        course=held.course, defaults={"number": held.head.number, "on": now.date()}
    )


def _days(held: Held, found: Assessment) -> Iterator[tuple[str, Day]]:
    """The next test and the next visit by the plan, where the rules have not called for one yet."""
    if found.stage not in _GOING_ON:
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
