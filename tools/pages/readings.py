"""Each rule as it reads at every place on every day on which something changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from isocourse.course.place import breakpoints
from isocourse.facts import columns
from isocourse.rules import Starts, first_day
from isocourse.rules.reading import Edition, Reading, read
from isocourse.words.tokens import PLACES

LOCAL = {"max_supply_days": 28, "baseline_labs": True, "enzyme_stop_times": 5}
"""Every rule that a clinic may set, so that those rules are read too."""
_DAYS = {"labs_before_days": 30, "labs_first_days": 28, "labs_every_days": 60}
SCHEDULES: tuple[dict[str, Any], ...] = (
    {"labs_policy": "label"},
    {"labs_policy": "consensus"},
    {"labs_policy": "local", **_DAYS},
)
"""Whose schedule of blood tests a clinic may follow; of each the rules are read."""


@dataclass(slots=True)
class Held:
    """What a rule reads and rests on, over all places and days."""

    facts: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    cites: list[str] = field(default_factory=list)
    layers: dict[str, list[str]] = field(default_factory=dict)  # layer: places
    days: dict[str, list[date]] = field(default_factory=dict)  # place: days on which it can speak
    exceptions: list[str] = field(default_factory=list)
    provisional: list[str] = field(default_factory=list)  # places


@cache
def days_of(place: str) -> tuple[date, ...]:
    """The days on which something changes at a place, from the first day that is known."""
    first = first_day(place, Starts())
    return (first, *(day for day in breakpoints(()) if day > first))


@cache
def readings() -> Mapping[str, Held]:
    """Every rule by name, with all that it reads anywhere."""
    found: dict[str, Held] = {}
    for place, day, reading in _everywhere():
        held = found.setdefault(reading.rule.name, Held())
        _add(held.facts, *sorted(reading.facts))
        _add(held.values, *reading.values)
        _add(held.cites, *reading.cites)
        _add(held.exceptions, *(each.exception.name for each in reading.exceptions))
        _add(held.layers.setdefault(reading.layer, []), place)
        if day not in held.days.setdefault(place, []):
            held.days[place].append(day)
        if reading.provisional:
            _add(held.provisional, place)
    return found


@cache
def passages_of_exceptions() -> Mapping[str, list[str]]:
    """For each exception by name, the passages that it rests on anywhere."""
    found: dict[str, list[str]] = {}
    for _, _, reading in _everywhere():
        for each in reading.exceptions:
            _add(found.setdefault(each.exception.name, []), *each.cites)
    return found


@cache
def _everywhere() -> tuple[tuple[str, date, Reading], ...]:
    return tuple(_read_everywhere())


def _read_everywhere() -> Iterator[tuple[str, date, Reading]]:
    known = frozenset(each.name for each in columns())
    for place in PLACES:
        for day in days_of(place):
            for schedule in SCHEDULES:
                for reading in read(Edition(place, day, Starts(), LOCAL | schedule), known):
                    yield place, day, reading


def _add(held: list[str], *names: str) -> None:
    held.extend(name for name in dict.fromkeys(names) if name not in held)


def when(place: str, days: list[date]) -> str:
    """A place with the days between which a rule can speak there, if not always."""
    every = days_of(place)
    if len(days) == len(every):
        return place
    spans = []
    for index, day in enumerate(every):
        if day not in days:
            continue
        if index == 0 or every[index - 1] not in days:
            spans.append(f"from {day}" if index else "")
        if index + 1 < len(every) and every[index + 1] not in days:
            spans[-1] = f"{spans[-1]} until {every[index + 1] - timedelta(days=1)}".strip()
    return f"{place} {', '.join(spans)}".strip()
