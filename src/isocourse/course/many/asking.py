"""Many courses asked at one moment: facts by the pass, then every rule, in columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from threading import local
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from isocourse.course.assessing import asked_of, facts_of
from isocourse.course.edition import InForce, rules_in_force
from isocourse.course.many.answers import Answers, answers_of
from isocourse.course.many.clocks import clock_of, instant_of, years_of
from isocourse.course.many.meanings import UNITS, meanings
from isocourse.course.many.measures import measures_of
from isocourse.course.settings import DEFAULT, Settings
from isocourse.events import Course
from isocourse.facts import Asked, Moment, columns
from isocourse.facts.many.given import Clock, Courses, Measures, Question, Table
from isocourse.facts.many.room import FACT_COUNT, Room, new_room
from isocourse.facts.records import FACTS
from isocourse.words.codes import NULL
from isocourse.words.days import as_date
from isocourse.words.places import REGISTRY_ZONES, ZONES

Array = np.ndarray[Any, Any]
_NAMES = [each.name for each in columns()]
_Moments = tuple[Moment, Moment | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some courses of a registry: their entries in columns, and who and where they are."""

    table: Table
    dictionaries: Mapping[str, Sequence[str]]
    first: Array  # the first row of each course
    last: Array  # the row after its last
    places: Sequence[str]
    place: Array  # of each course, in `places`
    zones: Sequence[str | None]
    zone: Array  # of each course, in `zones`
    birth: Array
    set_aside: Array  # why a course is left to the code for one (Left); 0 where it is not
    course: Callable[[int], Course]  # one course as an object
    instants: Sequence[Array]  # all that the table names, to know their years
    medicines: Sequence[int]  # the codes of the words that name a medicine
    held: object  # what holds the memory that the table tells the addresses of


@dataclass(frozen=True, slots=True)
class At:
    """What is asked of all courses."""

    at: Moment
    known_at: Moment | None = None
    settings: Settings = DEFAULT
    rules_of: date | None = None
    """Whose rules are asked instead of those in force: a what-if, never for a patient."""

    def day_of_rules(self, zone: ZoneInfo) -> date:
        """The day whose rules are asked, by the clock of a zone."""
        return self.rules_of or as_date(Asked(self.at, zone).day)


@dataclass(frozen=True, slots=True)
class _Group:
    """Courses under one edition of the rules."""

    rules: InForce
    place: str
    which: Array


def ask(piece: Piece, asked: At) -> Answers:
    """Facts, effects of every rule, verdicts and stage of each course of a piece."""
    facts = np.empty((len(piece.first), FACT_COUNT), dtype="i8")
    left = piece.set_aside.astype("i8")
    zones = tuple(_zone(piece, place, zone) for place, zone in _pairs(piece))
    years = years_of(piece.instants)
    groups = list(_groups(piece, asked))
    known = _Known(piece, asked, zones, years, facts)
    for group in groups:
        _ask_group(known, group, left)
    for number in np.flatnonzero(left).tolist():
        _ask_one(piece.course(number), asked, facts[number])
    by_edition = [(group.rules, group.which) for group in groups]
    return answers_of(facts, left, by_edition, _days(piece, asked))


def _days(piece: Piece, asked: At) -> Array:
    """The local day number asked about, of each course."""
    days = [Asked(asked.at, _zone(piece, place, zone)).day for place, zone in _pairs(piece)]
    of_each: Array = np.array(days, dtype="i8")[piece.place * len(piece.zones) + piece.zone]
    return of_each


def _pairs(piece: Piece) -> list[tuple[int, int]]:
    """Every place with every time zone, in the order in which `_clock_number` counts them."""
    return [(p, z) for p in range(len(piece.places)) for z in range(len(piece.zones))]


def _zone(piece: Piece, place: int, zone: int) -> ZoneInfo:
    return ZoneInfo(piece.zones[zone] or ZONES[piece.places[place]])


def _groups(piece: Piece, asked: At) -> Iterator[_Group]:
    """The courses by the edition of the rules that holds for them on the day asked."""
    pair = piece.place * len(piece.zones) + piece.zone
    by_rules: dict[int, tuple[InForce, str, list[int]]] = {}
    for number in np.flatnonzero(np.bincount(pair)).tolist():
        place, zone = divmod(number, len(piece.zones))
        name = piece.places[place]
        day = asked.day_of_rules(_zone(piece, place, zone))
        rules = rules_in_force(name, day, asked.settings)
        by_rules.setdefault(id(rules), (rules, name, []))[2].append(number)
    of_pair = np.empty(len(piece.places) * len(piece.zones), dtype="i8")
    for nth, (_, _, numbers) in enumerate(by_rules.values()):
        of_pair[numbers] = nth
    of_each = of_pair[pair]
    for nth, (rules, name, _) in enumerate(by_rules.values()):
        yield _Group(rules, name, np.flatnonzero(of_each == nth))


@dataclass(frozen=True)
class _Known:
    """What is the same for all groups of a piece."""

    piece: Piece
    asked: At
    zones: tuple[ZoneInfo, ...]
    years: range
    facts: Array

    @cached_property
    def table(self) -> Array:
        """The table as compiled code takes it."""
        from isocourse.facts.many.addresses import addressed

        return addressed(self.piece.table)

    @property
    def moments(self) -> _Moments:
        """What is asked, as far as facts depend on it."""
        return self.asked.at, self.asked.known_at

    @cached_property
    def rows(self) -> tuple[Array, Array]:
        """The rows of facts, as records and the same memory as numbers."""
        return self.facts.view(FACTS)[:, 0], self.facts


def _ask_group(known: _Known, group: _Group, left: Array) -> None:
    """The facts of the courses of a group, as far as columns tell them."""
    from isocourse.facts.many.addresses import addressed
    from isocourse.facts.many.going import go  # compiled code is loaded when first wanted

    which = group.which[left[group.which] == 0]
    if len(which) == 0:
        return
    piece, table = known.piece, group.rules.table
    words = meanings(piece.dictionaries, table, piece.medicines)  # kept as long as its addresses
    same = _same(known.moments, group.place, known.zones, known.years, table.names.pack_size)
    go(
        known.table,
        addressed(words),
        *same.addressed,
        table.record,
        table.class_of,
        _room(len(table.class_of)),
        _courses(piece, which),
        known.rows,
        left,
    )


@dataclass(frozen=True, slots=True)
class _Same:
    """What is the same for a place in piece after piece."""

    given: tuple[Measures, Clock, Question]
    addressed: tuple[Array, ...]


@lru_cache(maxsize=256)
def _same(
    asked: _Moments, place: str, zones: tuple[ZoneInfo, ...], years: range, pack_size: int | None
) -> _Same:
    from isocourse.facts.many.addresses import addressed

    registry = REGISTRY_ZONES.get(place)
    all_zones = (*zones, *([ZoneInfo(registry)] if registry else []))
    given = (
        measures_of(pack_size, UNITS),
        _clock(all_zones, years),
        _question(asked, zones, registry, len(all_zones) - 1),
    )
    return _Same(given, tuple(map(addressed, given)))


def _courses(piece: Piece, which: Array) -> Courses:
    pair = piece.place * len(piece.zones) + piece.zone
    return Courses(
        piece.first[which].astype("i8"),
        piece.last[which].astype("i8"),
        pair[which].astype("i8"),
        piece.birth[which].astype("i8"),
        which.astype("i8"),
    )


_ROOMS = local()


def _room(medicines: int) -> Room:
    """Room for this thread, which is used for one group after the other."""
    rooms: dict[int, Room] = _ROOMS.__dict__.setdefault("of", {})
    if medicines not in rooms:
        rooms[medicines] = new_room(medicines)
    return rooms[medicines]


@cache
def _clock(zones: tuple[ZoneInfo, ...], years: range) -> Clock:
    return clock_of(zones, years)


def _question(
    asked: _Moments, zones: Sequence[ZoneInfo], registry: str | None, registry_clock: int
) -> Question:
    at, known_at = asked
    of = [Asked(at, zone, ZoneInfo(registry) if registry else None) for zone in zones]
    known = None if known_at is None else [Asked(known_at, zone) for zone in zones]
    return Question(
        timed=int(isinstance(at, datetime)),
        instant=_instant(at),
        day=np.array([each.day for each in of], dtype="i8"),
        knows_all=int(known is None),
        known_timed=int(isinstance(known_at, datetime)),
        known_instant=_instant(known_at),
        known_day=np.array([each.day for each in known or of], dtype="i8"),
        registry=registry_clock if registry else -1,
        registry_day=np.array([each.registry_day for each in of], dtype="i8"),
    )


def _instant(moment: Moment | None) -> int:
    return instant_of(moment) if isinstance(moment, datetime) else NULL


def _ask_one(course: Course, asked: At, row: Array) -> None:
    """The facts of a course that columns do not tell, by the code for one course."""
    of = asked_of(course, asked.at)
    day = asked.rules_of or as_date(of.day)
    rules = rules_in_force(course.place, day, asked.settings)
    known = facts_of(course, of, asked.known_at, rules)[1].facts
    values = (known[name] for name in _NAMES)
    row[:] = [NULL if value is None else value for value in values]
