"""The rules and the place as they read at one place on one day, kept until something changes."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from isocourse import evidence
from isocourse.course.dosing.values import Dosing, dosing
from isocourse.course.place import PlaceTable, breakpoints, place_table
from isocourse.course.settings import Settings
from isocourse.facts import columns
from isocourse.rules import NoValue, Starts, Value, first_day, in_force, values
from isocourse.rules.book import ACTIONS, BESIDE, ELIGIBILITY
from isocourse.rules.reading import Edition, Reading, read

_KNOWN = frozenset(each.name for each in columns())


@dataclass(frozen=True, slots=True)
class InForce:
    """The rule book and the place table of one place between two changes of rules."""

    edition: Edition
    readings: Mapping[str, tuple[Reading, ...]]  # by action, and eligibility
    table: PlaceTable
    sources: tuple[tuple[str, date], ...]  # programmes and labels in force, with their first day
    facts_read: frozenset[str]
    beside: Mapping[str, tuple[Reading, ...]]  # by effect
    dosing: Dosing

    def value(self, name: str) -> Any:
        """A value by its full name."""
        return _row(values()[name], self.edition).value

    def cites(self, name: str) -> tuple[str, ...]:
        """The passages behind a value."""
        return tuple(_row(values()[name], self.edition).cites)


def _row(value: Value, edition: Edition) -> Any:
    return in_force(value, edition.place, edition.day, edition.starts)


def rules_in_force(place: str, day: date, settings: Settings) -> InForce:
    """What holds at a place on a day. Raises NoValue before the first day that is known."""
    first = first_day(place, settings.starts)
    if day < first:
        raise NoValue(
            f"No rules of {place!r} are known for {day.isoformat()}: they are known from "
            f"{first.isoformat()} on. Ask for a later day."
        )
    starts = tuple(sorted(settings.starts.settings.items()))
    days = breakpoints(starts)
    since = days[bisect_right(days, day) - 1]
    return _kept(place, since, starts, tuple(sorted(settings.local.items())))


@lru_cache(maxsize=256)
def _kept(
    place: str,
    day: date,
    starts_set: tuple[tuple[str, date], ...],
    local: tuple[tuple[str, Any], ...],
) -> InForce:
    starts = Starts(dict(starts_set))
    edition = Edition(place, day, starts, dict(local))
    all_of = read(edition, _KNOWN)
    readings = {
        action: tuple(each for each in all_of if action in each.rule.actions)
        for action in (*ACTIONS, ELIGIBILITY)
    }
    beside = {
        effect: tuple(each for each in all_of if each.rule.effect == effect) for effect in BESIDE
    }
    facts_read = frozenset(name for each in all_of for name in each.facts)
    table = place_table(place, day, starts)
    doses = dosing(lambda name: _row(values()[name], edition))
    return InForce(edition, readings, table, _sources(edition), facts_read, beside, doses)


def _sources(edition: Edition) -> tuple[tuple[str, date], ...]:
    """The programmes and labels that values in force begin with, and those of the place they cite.

    A source that another in force replaces is left out.
    """
    rows = [_row(value, edition) for value in values().values()]
    begun = {row.since for row in rows if isinstance(row.since, str)}
    cited = {passage.partition("#")[0] for row in rows for passage in row.cites}
    keys = {key for key in begun if evidence.source(key).kind in ("programme", "label")}
    keys |= {key for key in cited if _is_programme_of(key, edition.place)}
    since = {key: edition.starts.day(key) for key in keys}
    ruling = {key: day for key, day in since.items() if day <= edition.day}
    replaced = {evidence.source(key).replaces for key in ruling}
    held = [(key, day) for key, day in ruling.items() if key not in replaced]
    return tuple(sorted(held, key=lambda each: (each[1], each[0])))


def _is_programme_of(key: str, place: str) -> bool:
    source = evidence.source(key)
    return source.kind == "programme" and source.place == place
