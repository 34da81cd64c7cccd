"""An invented registry of any size, written as an events table."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.exchange.events_table.arrow import TYPES, arrow_schema
from isocourse.exchange.events_table.form import (
    COLUMNS,
    TEXT,
)
from isocourse.exchange.events_table.stories import LENGTH, Entry, stories
from isocourse.words.days import day_number

COURSES_AT_ONCE = 5_000
"""So many courses stand in one row group."""
STORIES_OF_EACH = 40
_HOUR = 3_600_000_000
_TIMED = 0.3  # share of courses whose entries name an hour
_EVENING = 14, 18  # in UTC, so that the day is the same by the clocks of all places
_OLDEST, _YOUNGEST = 45 * 365, 14 * 365
_SINCE_LAST = 45  # the last entry of a course stands so many days, or fewer, before the day asked
_SHARES = {"us": 0.4, "uk": 0.15, "eu": 0.05, "de": 0.15, "fr": 0.1, "it": 0.1, "in": 0.05}
_HEAD = ("course_id", "place", "birth_date", "sex")
_FULL = {each.name for each in COLUMNS if each.required} | {"sex"}
_PAGE = 2**24
"""A column of a row group is one page: each page has a cost of its own when it is read."""
_MADE = (*_HEAD, "order", "at", "at_instant", "prescription_id", "number", "value", "methods")
Array = np.ndarray[Any, Any]


def write_registry(
    path: str | os.PathLike[str],
    courses: int,
    asked: date,
    seed: int = 1,
    begin: int = 0,
    done: Callable[[int], object] = lambda count: None,
) -> None:
    """Write a registry of so many courses that reach up to a day; `done` is told of each piece.

    `begin` is the number of the first course: one file of several goes on where another ended.
    """
    told = list(stories(seed, STORIES_OF_EACH))
    told_entries = [entry for _, _, entries in told for entry in entries]
    columns = {name: _column(name, told_entries) for name in _names(told_entries)}
    held = {*columns, *_MADE}
    schema = pa.schema([_full(field) for field in arrow_schema() if field.name in held])
    chances = np.random.default_rng(seed)
    how = {"compression": "zstd", "max_rows_per_page": COURSES_AT_ONCE * LENGTH}
    with pq.ParquetWriter(path, schema, data_page_size=_PAGE, **how) as writer:
        for first in range(begin, begin + courses, COURSES_AT_ONCE):
            count = min(COURSES_AT_ONCE, begin + courses - first)
            made = _Made(told, told_entries, columns, first, count, day_number(asked), chances)
            writer.write_table(made.table(schema), row_group_size=count * LENGTH)
            done(count)


def _full(field: pa.Field) -> pa.Field:
    """A column that every row fills is written without a mark for each row that it does."""
    return field.with_nullable(field.name not in _FULL)


def _names(entries: Sequence[Entry]) -> set[str]:
    held = {name for entry in entries for name in entry}
    return {each.name for each in COLUMNS} & held - set(_MADE)


def _column(name: str, entries: Sequence[Entry]) -> pa.Array:
    """A column of all stories, one after the other; words as a dictionary."""
    kind = next(each.type for each in COLUMNS if each.name == name)
    values = pa.array([entry.get(name) for entry in entries], TYPES[kind])
    return values.dictionary_encode() if kind == TEXT else values


class _Made:
    """Some courses of the registry, each one of the stories told of somebody at some time."""

    def __init__(
        self,
        told: Sequence[tuple[str, str, list[Entry]]],
        entries: Sequence[Entry],
        columns: dict[str, pa.Array],
        first: int,
        count: int,
        asked: int,
        chances: np.random.Generator,
    ) -> None:
        self.told, self.columns, self.chances = told, columns, chances
        self.count, self.first = count, first
        share = np.array([_SHARES[place] for place, _, _ in told])
        self.story = chances.choice(len(told), count, p=share / share.sum())
        self.rows = (self.story[:, None] * LENGTH + np.arange(LENGTH)).ravel()
        days = np.array([entry["day"] for entry in entries])
        own = days[self.rows].reshape(count, LENGTH)
        begins = asked - chances.integers(0, _SINCE_LAST, count) - own.max(axis=1)
        self.begins, self.days = begins, (own + begins[:, None]).ravel()
        self.entries = entries

    def table(self, schema: pa.Schema) -> pa.Table:
        """Their rows."""
        return pa.table([self._of(field) for field in schema], schema=schema)

    def _of(self, field: pa.Field) -> pa.Array:
        if field.name in self.columns:
            return self.columns[field.name].take(pa.array(self.rows)).cast(field.type)
        made: pa.Array = getattr(self, f"_{field.name}")().cast(field.type)
        return made

    def _each(self, values: pa.Array) -> pa.Array:
        """What is said of a course, on each of its rows."""
        return values.take(pa.array(np.repeat(np.arange(self.count), LENGTH)))

    def _course_id(self) -> pa.Array:
        names = [f"course-{number:08d}" for number in range(self.first, self.first + self.count)]
        return self._each(pa.array(names))

    def _place(self) -> pa.Array:
        return self._each(pa.array([self.told[n][0] for n in self.story]))

    def _sex(self) -> pa.Array:
        return self._each(pa.array([self.told[n][1] for n in self.story]))

    def _birth_date(self) -> pa.Array:
        days = self.begins - self.chances.integers(_YOUNGEST, _OLDEST, self.count)
        return self._each(pa.array(days.astype("i4")))

    def _order(self) -> pa.Array:
        return pa.array(np.tile(np.arange(LENGTH, dtype="i4"), self.count))

    def _at(self) -> pa.Array:
        return pa.array(self.days.astype("i4"))

    def _at_instant(self) -> pa.Array:
        timed = np.repeat(self.chances.random(self.count) < _TIMED, LENGTH)
        minutes = np.tile(np.arange(LENGTH), self.count) * 60_000_000
        instants = self.days * 24 * _HOUR + _EVENING[0] * _HOUR + minutes
        return pa.array(instants, mask=~timed)

    def _names_of(self, column: str) -> pa.Array:
        """A name of its own for each prescription or authorisation of each course."""
        said = np.array([int((entry.get(column) or "rx-1")[2:]) for entry in self.entries])
        nth = said[self.rows]
        course = np.repeat(np.arange(self.first, self.first + self.count), LENGTH)
        return pa.array(course * LENGTH + nth, mask=nth < 0).cast(pa.string())

    def _prescription_id(self) -> pa.Array:
        return self._names_of("prescription_id")

    def _number(self) -> pa.Array:
        return self._names_of("number")

    def _value(self) -> pa.Array:
        said = np.array([entry.get("value") or np.nan for entry in self.entries])[self.rows]
        weighed = np.array([entry["kind"] == "weight" for entry in self.entries])[self.rows]
        person = np.repeat(self.chances.integers(-15, 35, self.count), LENGTH)
        drift = self.chances.integers(-15, 16, len(said)) / 10
        values = np.where(weighed, said + person + drift, said)
        return pa.array(np.round(values, 1), mask=np.isnan(said))

    def _methods(self) -> pa.Array:
        """Each method since a day counted from the beginning of its course."""
        listed = [entry.get("methods") or [] for entry in self.entries]
        counts = np.array([len(each) for each in listed])
        flat = [method for each in listed for method in each]
        begins = np.concatenate([[0], np.cumsum(counts)])
        here = counts[self.rows]
        which = np.repeat(begins[:-1][self.rows], here) + _within(here)
        since = np.array([each["since"] for each in flat])[which]
        since = since + np.repeat(np.repeat(self.begins, LENGTH), here)
        names = pa.array([each["method"] for each in flat]).take(pa.array(which))
        inside = pa.StructArray.from_arrays(
            [names, pa.array(since.astype("i4")).cast(pa.date32())], ["method", "since"]
        )
        offsets = np.concatenate([[0], np.cumsum(here)]).astype("i4")
        return pa.ListArray.from_arrays(pa.array(offsets, mask=_no_list(here)), inside)


def _within(counts: Array) -> Array:
    """0, 1, ... within each list."""
    begins = np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(np.arange(counts.sum()) - begins)


def _no_list(counts: Array) -> Array:
    return np.append(counts == 0, False)


def main() -> None:
    """Write a registry: how many courses, up to which day, into which file or how many of them."""
    courses, asked, path, *files = sys.argv[1:]
    if not files:
        return write_registry(path, int(courses), date.fromisoformat(asked))
    Path(path).mkdir(parents=True, exist_ok=True)
    each = -(-int(courses) // int(files[0]))
    for number, begin in enumerate(range(0, int(courses), each)):
        name, count = Path(path) / f"events-{number:04d}.parquet", min(each, int(courses) - begin)
        write_registry(name, count, date.fromisoformat(asked), number + 1, begin)
    return None


if __name__ == "__main__":
    main()
