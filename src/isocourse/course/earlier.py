"""What earlier courses still say of the person, and when their last dose was."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from isocourse.events import Course, Dispense, Event, Pregnancy, ReturnToStock, Taken
from isocourse.facts import Asked, Moment, local_day
from isocourse.facts.log import counted
from isocourse.facts.order import context, effect_key
from isocourse.words.days import day_number

_OF_THE_PERSON = ("allergy", "condition", "medicine", "pregnancy", "mental_health", "questionnaire")


def carried_over(course: Course) -> Iterator[Event]:
    """Events of earlier courses that go on holding: what may close a gate, and what resolved it."""
    for each in course.earlier_courses:
        for event in each.events:
            positive = event.kind == "pregnancy_test" and event.result == "positive"
            if event.kind in _OF_THE_PERSON or event.kind == "retract" or positive:
                yield event
            elif event.kind == "stop" and event.reason == "pregnancy":
                yield Pregnancy(
                    id=event.id, at=event.at, recorded_at=event.recorded_at, by=event.by
                )


def last_dose(course: Course, asked: Asked, known: Callable[[Moment], bool]) -> int | None:
    """The day number of the last dose of the earlier courses; None without any."""
    taken_back = [e for e in course.events if e.kind == "retract"]
    days = [
        day
        for each in course.earlier_courses
        if (day := _last_dose([*each.events, *taken_back], asked, known)) is not None
    ]
    return max(days, default=None)


def _last_dose(
    events: Sequence[Event], asked: Asked, known: Callable[[Moment], bool]
) -> int | None:
    """The last day for which capsules were had, or the day of a stop with none had from then on.

    A stop that was followed by a restart, if only on its own day, ends nothing: what was left then
    is taken from the restart on.
    """
    held, back = counted(events, asked, known)
    supplies = _standing([e for e in held if e.id not in back], asked)
    taken = [e for e in held if isinstance(e, Taken) and e.daily_dose > 0]
    if not supplies and not taken:
        return None
    stops = [local_day(e.at, asked.zone) for e in held if e.kind == "stop"]
    stop = max(stops, default=None)
    again = max((local_day(e.at, asked.zone) for e in held if e.kind == "restart"), default=None)
    left: list[int] = []
    if stop is not None and again is not None and again >= stop:
        left = [_begun_again(supplies, stop, again, asked)]
        stop = None
    since = [e for e in supplies if stop is None or local_day(e.at, asked.zone) >= stop]
    taken_since = [e for e in taken if stop is None or local_day(e.at, asked.zone) >= stop]
    ends = _supplies_end(since, asked)
    doses = (day_number(e.until) if e.until else local_day(e.at, asked.zone) for e in taken_since)
    return max(chain(ends, doses, left), default=stop)


def _begun_again(supplies: Sequence[Dispense], stop: int, again: int, asked: Asked) -> int:
    """The day until which the capsules that were left at a stop last from the restart on."""
    before = [e for e in supplies if local_day(e.at, asked.zone) <= stop]
    end = max(_supplies_end(before, asked), default=stop)
    return again + max(0, end - stop)


def _standing(held: Sequence[Event], asked: Asked) -> list[Dispense]:
    """The hand-overs of which no capsules came back; a return takes back the one before it."""
    standing: list[Dispense] = []
    days = {e.id: local_day(e.at, asked.zone) for e in held}
    among = context(held, days)
    for event in sorted(held, key=lambda e: effect_key(e, days[e.id], among)):
        if isinstance(event, Dispense):
            standing.append(event)
        elif isinstance(event, ReturnToStock):
            of_it = [e for e in standing if e.prescription_id == event.prescription_id]
            if of_it:
                standing.remove(of_it[-1])
    return standing


def _supplies_end(supplies: Sequence[Dispense], asked: Asked) -> Iterator[int]:
    """The last day of each supply; one that comes early waits for the one before."""
    end = None
    for supply in supplies:
        first = local_day(supply.at, asked.zone)
        first = first if end is None else max(first, end + 1)
        end = first + supply.days - 1
        yield end
