"""The log that counts at the moment asked: which events, in what order, on which day each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.agree.by_topic.order import Around, place_in_time

from isocourse.course import DEFAULT, Settings
from isocourse.course.edition import InForce, rules_in_force
from isocourse.events import Course, Event, Pregnancy
from isocourse.words.places import REGISTRY_ZONES

Moment = date | datetime
Fact = dict[str, int | None]


@dataclass(frozen=True)
class Entry:
    """One event in the story, with its day read by the place's clock and by the others."""

    place: int
    event: Any  # of one of the kinds; its own keys are read by kind
    day: date
    earliest: date
    latest: date
    in_error: bool  # a hand-over recorded in error

    @property
    def kind(self) -> str:
        return str(self.event.kind)


@dataclass(frozen=True)
class Story:
    """The events that count, in order, and the question."""

    course: Course
    rules: InForce
    asked: date
    asked_by_registry: date
    entries: Sequence[Entry]
    earlier_last_dose: date | None

    def value(self, name: str) -> Any:
        """A number, switch or list in force on the day asked."""
        return self.rules.value(name)

    def of(self, *kinds: str) -> list[Entry]:
        """The entries of these kinds, in order."""
        return [each for each in self.entries if each.kind in kinds]

    def before(self, entry: Entry | None) -> Sequence[Entry]:
        """The entries before this one; all of them without one."""
        return self.entries if entry is None else self.entries[: entry.place]

    def after(self, entry: Entry) -> Sequence[Entry]:
        """The entries after this one."""
        return self.entries[entry.place + 1 :]

    def days_since(self, day: date | None) -> int | None:
        """Days from a day to the day asked."""
        return None if day is None else (self.asked - day).days


def last(entries: Iterable[Entry]) -> Entry | None:
    """The last entry, if there is one."""
    held = list(entries)
    return held[-1] if held else None


def local(moment: Moment, zone: ZoneInfo) -> date:
    """The day of a moment by the clock of a zone; a plain date is that day everywhere."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def has_come(moment: Moment, asked: Moment, zone: ZoneInfo) -> bool:
    """Whether a moment has come by the moment asked; part of a day asked is that day begun."""
    if isinstance(moment, datetime) and isinstance(asked, datetime):
        return moment <= asked
    return local(moment, zone) <= local(asked, zone)


def accepted(rules: InForce, event: Any) -> bool:
    """Whether the place accepts what a record of contraception, or of a category, says."""
    if event.kind == "pregnancy_category":
        reasons = rules.value("pregnancy.accepted_reasons")
        return not event.can_become_pregnant and event.reason in reasons
    if event.methods:
        return combination(rules, {each.method for each in event.methods})
    agreed = event.agreed_by_prescriber or not rules.value("pregnancy.abstinence_needs_agreement")
    return bool(rules.value("pregnancy.abstinence_accepted") and agreed)


def combination(rules: InForce, methods: set[str]) -> bool:
    """Whether the place accepts these methods together."""
    if methods & set(rules.value("pregnancy.methods_alone")):
        return True
    leading = methods & set(rules.value("pregnancy.methods_primary"))
    second = methods & set(rules.value("pregnancy.methods_second"))
    two = rules.value("pregnancy.two_primaries_count") and len(leading) >= 2
    return bool(leading and second) or bool(two)


def story_of(
    course: Course, at: Moment, known_at: Moment | None = None, settings: Settings = DEFAULT
) -> Story:
    """Everything that counts of a course at the moment asked."""
    zone = course.zone
    named = REGISTRY_ZONES.get(course.place)
    registry = ZoneInfo(named) if named else None
    asked = local(at, zone)
    rules = rules_in_force(course.place, asked, settings)
    moments = Moments(at, known_at, zone)
    back = taken_back(course, moments)
    held = counted([*_carried_over(course), *course.events], moments, back)
    judge: Callable[[Event], bool] = lambda event: accepted(rules, event)  # noqa: E731
    around = Around([(e, local(e.at, zone)) for e, _ in held], judge)
    held.sort(key=lambda pair: place_in_time(pair[0], local(pair[0].at, zone), around))
    entries = [
        _entry(n, event, in_error, zone, registry) for n, (event, in_error) in enumerate(held)
    ]
    earlier = _last_dose_of_earlier(course, moments, back)
    return Story(course, rules, asked, local(at, registry or zone), entries, earlier)


def _entry(
    place: int, event: Event, in_error: bool, zone: ZoneInfo, registry: ZoneInfo | None
) -> Entry:
    """A time is read by its own clock too where a registry keeps a clock of its own."""
    at, day = event.at, local(event.at, zone)
    readings = [day]
    if registry is not None:
        readings += [at.date() if isinstance(at, datetime) else at, local(at, registry)]
    return Entry(place, event, day, min(readings), max(readings), in_error)


@dataclass(frozen=True)
class Moments:
    """The moment asked, until when things were known, and the clock of the place."""

    at: Moment
    known_at: Moment | None
    zone: ZoneInfo

    def known(self, event: Event) -> bool:
        """Whether an event was recorded by the time of which the knowledge is asked."""
        return self.known_at is None or has_come(event.recorded_at, self.known_at, self.zone)

    def recorded(self, event: Event) -> bool:
        """Whether it was recorded by the moment asked, too."""
        return self.known(event) and has_come(event.recorded_at, self.at, self.zone)


def taken_back(course: Course, moments: Moments) -> frozenset[str]:
    """The ids of the events that were recorded in error, as far as that was known."""
    events = [*course.events, *(e for each in course.earlier_courses for e in each.events)]
    return frozenset(e.event for e in events if e.kind == "retract" and moments.recorded(e))


def counted(
    events: Sequence[Event], moments: Moments, back: frozenset[str]
) -> list[tuple[Event, bool]]:
    """The events that count; with each, whether it is a hand-over recorded in error."""
    return [
        (e, e.id in back)
        for e in events
        if e.kind != "retract"
        and has_come(e.at, moments.at, moments.zone)
        and moments.known(e)
        and (e.id not in back or e.kind == "dispense")
    ]


_OF_THE_PERSON = ("allergy", "condition", "medicine", "pregnancy", "mental_health", "questionnaire")


def _carried_over(course: Course) -> Iterator[Event]:
    """What earlier courses still say of the person."""
    for event in (event for each in course.earlier_courses for event in each.events):
        positive = event.kind == "pregnancy_test" and event.result == "positive"
        if event.kind in (*_OF_THE_PERSON, "retract") or positive:
            yield event
        elif event.kind == "stop" and event.reason == "pregnancy":
            yield Pregnancy(id=event.id, at=event.at, recorded_at=event.recorded_at, by=event.by)


def _last_dose_of_earlier(course: Course, moments: Moments, back: frozenset[str]) -> date | None:
    from tests.agree.by_topic.earlier import last_dose

    held = [counted(each.events, moments, back) for each in course.earlier_courses]
    days = [last_dose([e for e, wrong in log if not wrong], course.zone) for log in held]
    return max((day for day in days if day is not None), default=None)
