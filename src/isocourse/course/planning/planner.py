"""When capsules can lawfully be handed over: the rules themselves are asked, day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from isocourse.course.answers import Answer, Reason
from isocourse.course.assessing import day_asked, standing
from isocourse.course.edition import InForce, rules_in_force
from isocourse.course.planning.acts import (
    SUPPOSES,
    Habits,
    event,
    habits,
    paperwork,
    visit,
    word,
)
from isocourse.course.planning.plan import HandOver, Plan, Span
from isocourse.course.settings import DEFAULT, Settings
from isocourse.course.speaking import said_by
from isocourse.course.verdicts import verdict
from isocourse.events import Course, Event, Prescription
from isocourse.events.moments import Moment
from isocourse.facts import Established

_DAY = timedelta(days=1)
_FRIDAY = 4
_APART = 100  # numbers for the supposed events of one hand-over


def plan(course: Course, at: Moment, *, settings: Settings = DEFAULT) -> Plan:
    """The hand-overs of the coming two months, from a day or an instant on.

    Raises NoValue for a day whose rules are not known. Nothing is read from the clock.
    """
    today = day_asked(course, at)
    rules = rules_in_force(course.place, today, settings)
    until = today + timedelta(days=rules.value("supply.plan_days") - 1)
    asked = _Asked(course, settings, rules, today, until, number=1)
    found: list[HandOver] = []
    stops: tuple[Reason, ...] = ()
    while stops == () and (next_ := asked.next_hand_over(first=not found)) is not None:
        hand_over, stops, asked = next_
        found += [hand_over] if hand_over else []
    return Plan(
        course_id=course.course_id,
        place=course.place,
        at=at,
        settings=settings.name,
        until=until,
        supplied_until=_supplied_until(_known(course, today, settings)[1], today),
        hand_overs=tuple(found),
        stops=stops if not found else (),
        supposes=SUPPOSES,
    )


def _known(course: Course, day: date, settings: Settings) -> tuple[InForce, Established]:
    return standing(course, day, settings)


def _supplied_until(known: Established, day: date) -> date | None:
    """The last day for which there are capsules; None when none were handed over."""
    left = known.facts["days_of_supply_left"]
    return None if left is None else day + timedelta(days=left)


Found = tuple[HandOver | None, tuple[Reason, ...], "_Asked"]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A course as it would stand, and from which day on it is asked about."""

    course: Course
    settings: Settings
    rules: InForce
    day: date
    until: date
    number: int

    def next_hand_over(self, first: bool) -> Found | None:
        """The next hand-over, or why there is none; None when the two months are over."""
        _, known = _known(self.course, self.day, self.settings)
        supplied = _supplied_until(known, self.day)
        if not first and (supplied is None or supplied >= self.until):
            return None
        if known.facts["prescription_open"]:
            written = self._on_what_is_written(supplied)
            if written is not None:
                return written
        return self._on_a_new_prescription(
            habits(self.course, known, self.rules, self.day), supplied
        )

    def _on_what_is_written(self, supplied: date | None) -> Found | None:
        """On the prescription there is, as far as nothing more has to be done."""
        lawful = [day for day in self._days() if self._answer((), day).verdict == "allowed"]
        if not lawful:
            return None
        best = _best(lawful, supplied)
        days = self._days_written()
        span = Span(lawful[0], best, _unbroken(lawful, best))
        gap = _gap(supplied, best)
        handed = event(self.number, "dispense", best, prescription_id=self._written(), days=days)
        causes = self._causes((), supplied) if gap else ()
        over = HandOver(True, span, None, None, days, gap, causes)
        return over, (), self._after([handed], best)

    def _on_a_new_prescription(self, habits: Habits, supplied: date | None) -> Found:
        """On a prescription still to be written, with all that has to be done for it."""
        lawful = [d for d in self._days() if self._allowed(habits, d, d, d)]
        if not lawful:
            return None, self._stops(habits), self
        best = _best(lawful, supplied)
        back = self.rules.value("supply.plan_test_days")
        before = [best - n * _DAY for n in range(back) if best - n * _DAY >= self.day]
        tests = [d for d in before if self._allowed(habits, best, d, best)]
        visits = [d for d in before if self._allowed(habits, d, d, best)]
        after = [d for d in self._days() if d >= best and self._allowed(habits, best, best, d)]
        gap = _gap(supplied, best)
        over = HandOver(
            written=False,
            pick_up=Span(lawful[0], best, _unbroken(after, best)),
            test=Span(min(tests), best, best) if habits.facts["can_become_pregnant"] else None,
            visit=Span(min(visits), best, best),
            days=habits.days,
            gap_days=gap,
            causes=self._causes(self._acts(habits, *[_next(supplied)] * 3), supplied)
            if gap
            else (),
        )
        acts = list(self._acts(habits, best, best, best))
        name = f"supposed-rx-{self.number}"
        acts.append(
            event(
                self.number + _APART - 1, "dispense", best, prescription_id=name, days=habits.days
            )
        )
        return over, (), self._after(acts, best)

    def _acts(self, habits: Habits, visit_on: date, test_on: date, on: date) -> list[Event]:
        """Everything that is done for a hand-over on a day."""
        name = f"supposed-rx-{self.number}"
        return [
            *visit(habits, self.number, visit_on, test_on),
            word(self.number + 10, on, name),
            *paperwork(habits, self.number + 20, self.day),
        ]

    def _allowed(self, habits: Habits, visit_on: date, test_on: date, on: date) -> bool:
        return self._answer(self._acts(habits, visit_on, test_on, on), on).verdict == "allowed"

    def _answer(self, acts: Iterable[Event], day: date) -> Answer:
        """May capsules be handed over on a day, with what is supposed to be done?"""
        course = self._with(acts)
        rules, known = _known(course, day, self.settings)
        if not known.facts["prescription_open"]:
            return Answer("not_applicable")
        return verdict(rules.readings["dispense"], known, said_by(rules, known))

    def _with(self, acts: Iterable[Event]) -> Course:
        return self.course.model_copy(update={"events": (*self.course.events, *acts)})

    def _stops(self, habits: Habits) -> tuple[Reason, ...]:
        """What keeps the gate shut on the last day, whatever is done."""
        acts = self._acts(habits, self.until, self.until, self.until)
        return _stopping(self._answer(acts, self.until))

    def _causes(self, acts: Sequence[Event], supplied: date | None) -> tuple[Reason, ...]:
        """What keeps the gate shut on the first day without capsules."""
        day = _next(supplied)
        return _stopping(self._answer(acts, day)) if day >= self.day else ()

    def _days(self) -> list[date]:
        return [self.day + n * _DAY for n in range((self.until - self.day).days + 1)]

    def _after(self, acts: Iterable[Event], day: date) -> "_Asked":
        """The course as it stands once the hand-over was made."""
        return replace(self, course=self._with(acts), day=day + _DAY, number=self.number + _APART)

    def _newest(self) -> Prescription:
        written = [e for e in self.course.events if isinstance(e, Prescription)]
        return max(written, key=lambda e: str(e.at))

    def _written(self) -> str:
        return self._newest().prescription_id

    def _days_written(self) -> int:
        return self._newest().days


def _stopping(answer: Answer) -> tuple[Reason, ...]:
    return tuple(each for each in answer.reasons if each.stops)


def _next(supplied: date | None) -> date:
    return date.min if supplied is None else supplied + _DAY


def _gap(supplied: date | None, day: date) -> int:
    """Days without capsules before a hand-over."""
    return 0 if supplied is None else max(0, (day - supplied - _DAY).days)


def _best(lawful: Sequence[date], supplied: date | None) -> date:
    """The last working day that leaves no gap; else the first working day, or the first day."""
    working = [day for day in lawful if day.weekday() <= _FRIDAY]
    if supplied is not None:
        for days, until in ((working, supplied), (lawful, supplied + _DAY)):
            in_time = [day for day in days if day <= until]
            if in_time:
                return in_time[-1]
    return working[0] if working else lawful[0]


def _unbroken(lawful: Sequence[date], day: date) -> date:
    """The last lawful day of those that follow one another from a day on."""
    last = day
    while last + _DAY in lawful:
        last += _DAY
    return last
