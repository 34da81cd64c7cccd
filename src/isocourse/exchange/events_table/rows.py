"""Single rows of a table, for the courses that are taken one by one."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from isocourse.events import BadCourse, Course, Problem, read_course
from isocourse.exchange.events_table.columns import LISTED
from isocourse.exchange.events_table.entries import file_of
from isocourse.exchange.events_table.form import BY_NAME, COLUMNS, FIELDS, NOT_READ
from isocourse.exchange.events_table.opening import Opened
from isocourse.exchange.events_table.refusing import BadTable, Fault

Batch = Callable[[int, int], pa.RecordBatch]
"""Gives some of the rows."""
_READ_AGAIN = NOT_READ | {each.name for each in COLUMNS if each.type in LISTED}
"""Lists are read again as they are written, with their nulls."""
_ENTRY = re.compile(r"^(?:earlier_courses\[(\d+)\]\.)?events\[(\d+)\](?: \([^:]*\))?(?:: (.*))?$")


@dataclass(frozen=True, slots=True)
class Origin:
    """Rows that stood together in the file: in which row group, and from which row of it."""

    group: int
    first: int
    count: int


class Rows:
    """The rows of a batch with where they stand in the file, and what no column read told."""

    def __init__(self, table: Opened, batch: Batch, origins: Sequence[Origin]):
        self._table, self._batch, self._origins = table, batch, origins

    def place(self, row: int) -> tuple[int, int]:
        """The row group of a row, and its number there."""
        for origin in self._origins:
            if row < origin.count:
                return origin.group, origin.first + row
            row -= origin.count
        raise IndexError(row)

    def of(self, first: int, last: int) -> list[dict[str, Any]]:
        """Some rows with all their columns. Raises BadTable for a time beyond all calendars."""
        batch = self._batch(first, last)
        named = list(zip(batch.schema.names, batch.columns, strict=True))
        rows: list[dict[str, Any]] = []
        for number in range(last - first):
            group, row = self.place(first + number)
            held = {name: _value(array, number, group, row, name) for name, array in named}
            rows.append(held | self._unread(group, row))
        return rows

    def _unread(self, group: int, row: int) -> dict[str, Any]:
        names = tuple(sorted(_READ_AGAIN & set(self._table.file.schema_arrow.names)))
        held = _group(self._table, group, names)
        return {name: _value(array, row, group, row, name) for name, array in held.items()}

    def course(self, first: int, last: int) -> Course:
        """The course of some rows. Raises BadTable with what is wrong with it."""
        rows = self.of(first, last)
        faults = self._changes(first, rows)
        try:
            course = read_course(json.dumps(file_of(rows), ensure_ascii=False))
        except BadCourse as bad:
            faults += [self._fault(first, rows, each) for each in bad.problems]
        if faults:
            raise BadTable("", faults)
        return course

    def _changes(self, first: int, rows: Sequence[dict[str, Any]]) -> list[Fault]:
        """Rows of a course that say something else of the course than its first row."""
        return [
            Fault(
                self._where(first + n, row, name),
                repr(row.get(name)),
                f"{rows[0].get(name)!r}, as on the first row of the course",
                "say the same of a course on each of its rows",
            )
            for n, row in enumerate(rows)
            for name in ("place", "birth_date", "time_zone")
            if row.get(name) != rows[0].get(name)
        ]

    def _where(self, number: int, row: dict[str, Any], column: str) -> str:
        group, at = self.place(number)
        of = f"course {row['course_id']!r}, entry {row['order']}, {row['kind']}"
        return f"row group {group}, row {at} ({of}), column {column}"

    def _fault(self, first: int, rows: Sequence[dict[str, Any]], problem: Problem) -> Fault:
        """A problem of the course file, told of the row and the column that it comes from."""
        found = _ENTRY.match(problem.where)
        if found is None:
            column = problem.where.rpartition(".")[2]
            where = self._where(first, rows[0], column if column in BY_NAME else problem.where)
            return Fault(where, problem.found, problem.expected, problem.do)
        earlier, entry, field = found.groups()
        nth = (
            0
            if earlier is None
            else sorted({r.get("earlier") or 0 for r in rows})[int(earlier) + 1]
        )
        of_log = [n for n, row in enumerate(rows) if (row.get("earlier") or 0) == nth]
        number = of_log[int(entry)]
        column = _column(rows[number]["kind"], field or "kind")
        where = self._where(first + number, rows[number], column)
        return Fault(where, problem.found, problem.expected, problem.do)


def _column(kind: str, field: str) -> str:
    """The column of a field of the course file, with the part of a list that is meant."""
    name, rest = re.match(r"([a-z_0-9]*)(.*)", field, re.DOTALL).groups()  # type: ignore[union-attr]
    own = {"id": "order", "by": "by_role", "at": "at", "recorded_at": "recorded_at"}
    column = FIELDS.get(kind, {}).get(name) or own.get(name, name)
    return column if column == "by_role" else column + rest


def _value(array: pa.Array, number: int, group: int, row: int, name: str) -> Any:
    try:
        return array[number].as_py()
    except (OverflowError, ValueError) as error:
        found, wanted = f"a time beyond all calendars ({error})", "one from 1900 to 2200"
        fault = Fault(f"row group {group}, row {row}, column {name}", found, wanted, _CORRECT)
        raise BadTable("", [fault]) from None


_CORRECT = "correct the value"


@lru_cache(maxsize=4)
def _group(table: Opened, group: int, names: tuple[str, ...]) -> Mapping[str, pa.Array]:
    return table.batch(group, names)
