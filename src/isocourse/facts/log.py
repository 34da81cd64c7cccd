"""From the course file to rows of whole numbers: what counts, and in which order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from struct import Struct
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from isocourse.events import Event
from isocourse.facts.order import context, effect_key
from isocourse.facts.records import EVENT, METHOD
from isocourse.facts.rows import Names, Numbers
from isocourse.words.days import day_number

_packed = Struct(f"{len(EVENT.names or ())}q").pack
_CARRIED = (EVENT.names or ()).index("carried")

Moment = date | datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """The moment asked about: a whole local day, or an instant."""

    at: Moment
    zone: ZoneInfo
    registry: ZoneInfo | None = None  # the clock of the place's registry, where it has one
    day: int = field(init=False)
    """The local day number at the course's place."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", local_day(self.at, self.zone))

    @property
    def registry_zone(self) -> ZoneInfo:
        """The clock by which windows close: the registry's, or else the place's."""
        return self.registry or self.zone

    @property
    def registry_day(self) -> int:
        """The day number by the registry's clock; a plain date is the same day there."""
        return local_day(self.at, self.registry_zone)

    def has_happened(self, at: Moment) -> bool:
        """Whether an event of this time has happened by the moment asked."""
        if isinstance(at, datetime):
            if isinstance(self.at, datetime):
                return at <= self.at
            at = at.astimezone(self.zone).date()
        return day_number(at) <= self.day


def local_day(at: Moment, zone: ZoneInfo) -> int:
    """The day number of a date, or of an instant by the clock of a zone."""
    if isinstance(at, datetime):
        at = at.astimezone(zone).date()
    return day_number(at)


def readings_of_day(at: Moment, day: int, asked: Asked) -> tuple[int, int]:
    """The earliest and the latest day number that an event's time can be read as.

    Where a registry counts: by the time's own clock, that of the place (`day`) and the registry's.
    """
    if not isinstance(at, datetime) or asked.registry is None:
        return day, day
    days = (day_number(at.date()), day, local_day(at, asked.registry))
    return min(days), max(days)


@dataclass(slots=True)
class Log:
    """The events of a course that count, as rows in the order in which they took effect."""

    events: np.ndarray[Any, Any]
    methods: np.ndarray[Any, Any]
    sources: Sequence[Event]  # the event behind each index
    prescriptions: int


def known_by(moment: Moment | None, zone: ZoneInfo) -> Callable[[Moment], bool]:
    """Tells whether something recorded at a time was known by the moment; always without one."""
    if moment is None:
        return lambda recorded_at: True
    return Asked(moment, zone).has_happened


def retracted(
    events: Sequence[Event], asked: Asked, known: Callable[[Moment], bool]
) -> frozenset[str]:
    """The ids of the events taken back by the moment asked: a retract works once it is recorded."""
    return frozenset(
        e.event
        for e in events
        if e.kind == "retract" and asked.has_happened(e.recorded_at) and known(e.recorded_at)
    )


def counted(
    events: Sequence[Event], asked: Asked, known: Callable[[Moment], bool]
) -> tuple[list[Event], frozenset[str]]:
    """The events that count at the moment asked, and the ids that were taken back.

    A hand-over that was taken back stays, because its prescription stays closed.
    """
    back = retracted(events, asked, known)
    has_happened = asked.has_happened
    held: list[Event] = [
        e
        for e in events
        if (e.kind == "dispense" or (e.kind != "retract" and e.id not in back))
        and has_happened(e.at)
        and known(e.recorded_at)
    ]
    return held, back


def log_of(
    events: Sequence[Event],
    asked: Asked,
    known: Callable[[Moment], bool],
    names: Names,
    accepted: Callable[[Event], bool],
    carried: frozenset[str] = frozenset(),
) -> Log:
    """The log of a course up to the moment asked.

    `events` hold what earlier courses still say of the person as well; `names` numbers the words
    that rules know, `accepted` tells whether the place accepts what an event says, and `carried`
    are the ids of the events of earlier courses.
    """
    held, back = counted(events, asked, known)
    days = {e.id: local_day(e.at, asked.zone) for e in held}
    among = context(held, days, accepted)
    held.sort(key=lambda e: effect_key(e, days[e.id], among))
    numbers = Numbers(held, names)
    rows = bytearray()
    for index, event in enumerate(held):
        day = days[event.id]
        first, last = readings_of_day(event.at, day, asked)
        row = numbers.row(event, (day, first, last), index, event.id in back)
        row[_CARRIED] = event.id in carried
        rows += _packed(*row)
    return Log(
        np.frombuffer(rows, dtype=EVENT),
        np.array(numbers.methods, dtype=METHOD),
        held,
        numbers.prescriptions,
    )
