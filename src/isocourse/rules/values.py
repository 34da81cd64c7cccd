"""Dated values: every number, switch and list that rules rest on, from the topics' values.toml.

A value has a unit, a meaning and rows; a row holds for a place since a day (or since the start of a
source) and names the passages it rests on. Asking for a place or day without a row is an error.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from isocourse import evidence

PARENTS = {"de": "eu", "fr": "eu", "it": "eu"}
TOPICS = (
    "eligibility",
    "consent",
    "pregnancy",
    "prescriber",
    "supply",
    "dose",
    "interactions",
    "labs",
    "mood",
    "side_effects",
    "stopping",
    "timeline",
)


class NoValue(LookupError):
    """A value was asked for that nobody gave for this place and day."""


class BadValues(ValueError):
    """A values.toml that is not in the agreed form."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value for one place since one day."""

    place: str
    since: str | date  # a day, or the key of the source with whose start it begins
    value: Any
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A named value with all its rows."""

    topic: str
    name: str
    unit: str
    meaning: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Starts:
    """When each source begins to hold, with the dates that a clinic has set itself."""

    settings: Mapping[str, date] = field(default_factory=dict)

    def day(self, since: str | date) -> date:
        """The day from which something holds."""
        if isinstance(since, date):
            return since
        begins = self.settings.get(since) or evidence.source(since).in_force_from
        if begins is None:
            raise BadValues(f"The source {since!r} has no day from which it is in force.")
        return begins


def in_force(value: Value, place: str, day: date, starts: Starts) -> Row:
    """The row that holds at a place on a day; the national row before that of the EU base."""
    for where in (place, PARENTS.get(place), "all"):
        held = [row for row in value.rows if row.place == where and starts.day(row.since) <= day]
        if held:
            return max(held, key=lambda row: starts.day(row.since))
    raise NoValue(
        f"No value of {value.topic}.{value.name} for {place!r} on {day.isoformat()}. "
        f"isocourse knows the rules of {place!r} from {first_day(place, starts).isoformat()}."
    )


def first_day(place: str, starts: Starts) -> date:
    """The first day on which the rules of a place are known: when its programme began."""
    value = values()["pregnancy.layer"]
    wanted = (place, PARENTS.get(place))
    return min(starts.day(row.since) for row in value.rows if row.place in wanted)


@cache
def values() -> Mapping[str, Value]:
    """Every value by its full name, such as "pregnancy.window_days"."""
    return {f"{value.topic}.{value.name}": value for topic in TOPICS for value in _of_topic(topic)}


def _of_topic(topic: str) -> Iterator[Value]:
    text = (files("isocourse.rules") / topic / "values.toml").read_text(encoding="utf-8")
    for name, table in tomllib.loads(text).items():
        yield _read(topic, name, table)


def _read(topic: str, name: str, table: Any) -> Value:
    where = f"rules/{topic}/values.toml [{name}]"
    if not isinstance(table, dict) or set(table) != {"unit", "meaning", "rows"}:
        raise BadValues(f"{where}: expected unit, meaning and rows.")
    return Value(topic, name, table["unit"], table["meaning"], tuple(_rows(where, table["rows"])))


def _rows(where: str, rows: list[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        if set(row) != {"place", "since", "value", "cites"} or not row["cites"]:
            raise BadValues(f"{where}: a row needs place, since, value and cites; found {row}.")
        for key in row["cites"]:
            evidence.passage(key)
        value = None if row["value"] == "none" else row["value"]
        for place in row["place"] if isinstance(row["place"], list) else [row["place"]]:
            yield Row(place, row["since"], value, tuple(row["cites"]))
