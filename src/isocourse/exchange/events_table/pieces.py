"""A batch of the table in Arrow as the columns that the compiled loop reads."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from isocourse.course.many.asking import Piece
from isocourse.course.many.meanings import kind_number
from isocourse.events import Course
from isocourse.events.course import zone_of
from isocourse.exchange.events_table.form import BY_NAME, DAY, FLAG, INSTANT, NUMBER, TEXT
from isocourse.facts.many.given import COLUMNS, FLAGS, FLOATS, INTS, LONGS, Table
from isocourse.facts.many.left import Left
from isocourse.words.tokens import PLACES

Array = np.ndarray[Any, Any]
_NUMBERS = {TEXT: "i4", DAY: "i4", INSTANT: "i8", NUMBER: "f8"}
_NO_SUCH_DAY = -(2**31)
_BITS, _ALL = 8, 255


class Numbers(NamedTuple):
    """A column of numbers or codes, and which of them are there: a bit for each, or none at all."""

    values: Array
    there: Array


def piece_of(batch: pa.RecordBatch, course: Callable[[int], Course]) -> Piece:
    """The courses of a batch, each with all its rows."""
    columns = _Columns(batch)
    codes = columns.codes("course_id")
    first = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    last = np.append(first[1:], len(codes))
    return Piece(
        table=_table(columns),
        dictionaries={name: columns.dictionary(name) for name in _DICTIONARIES}
        | {"words": columns.list_words("words"), "methods": columns.list_words("methods")},
        first=first,
        last=last,
        places=PLACES,
        place=np.maximum(0, _places(columns)[first]),
        zones=[z if zone_of(None, z) else None for z in (None, *columns.dictionary("time_zone"))],
        zone=(columns.codes("time_zone")[first] + 1).astype("i8"),
        birth=columns.numbers("birth_date").values[first].astype("i8"),
        set_aside=_set_aside(columns, first),
        course=course,
    )


_DICTIONARIES = ("code", "status", "role", "by_role", "route", "unit", "product")


def _places(columns: "_Columns") -> Array:
    """The number of the place of each row, -1 where it is no known one."""
    known = [PLACES.index(p) if p in PLACES else -1 for p in columns.dictionary("place")]
    numbers: Array = np.array([-1, *known], dtype="i8")
    return np.asarray(numbers[columns.codes("place") + 1])


def _unclear(columns: "_Columns") -> Array:
    """The rows without a known place or a day of birth, or with a time zone that is none."""
    zones = [True, *[zone_of(None, z) is not None for z in columns.dictionary("time_zone")]]
    no_zone = ~np.array(zones)[columns.codes("time_zone") + 1]
    born = _bits(columns.numbers("birth_date").there, len(columns))
    return np.asarray(no_zone | ~born | (_places(columns) < 0))


def _set_aside(columns: "_Columns", first: Array) -> Array:
    """Courses with an earlier course, or whose rows do not say the same of the course."""
    aside = np.zeros(len(first), dtype="i8")
    if columns.has("earlier"):
        held = columns.numbers("earlier")
        there = _bits(held.there, len(columns)) & (held.values != 0)
        aside[np.logical_or.reduceat(there, first)] = Left.EARLIER
    aside[np.logical_or.reduceat(_unclear(columns), first)] = Left.DOUBTFUL
    for name in ("place", "time_zone", "birth_date"):
        if columns.has(name):
            values = columns.same(name)
            differs = np.concatenate([[False], values[1:] != values[:-1]])
            differs[first] = False
            aside[np.logical_or.reduceat(differs, first)] = Left.DOUBTFUL
    return aside


def _bits(there: Array, count: int) -> Array:
    if len(there) == 0:
        return np.ones(count, dtype=bool)
    return np.unpackbits(there, bitorder="little", count=count).astype(bool)


class _Columns:
    """The columns of a batch as arrays; one that the table does not have holds nothing."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._of = dict(zip(batch.schema.names, batch.columns, strict=True))
        self._rows = batch.num_rows
        self._lists: dict[str, pa.DictionaryArray] = {}

    def __len__(self) -> int:
        return int(self._rows)

    def has(self, name: str) -> bool:
        """Whether there is such a column with something in it."""
        return name in self._of and self._of[name].null_count < self._rows

    def numbers(self, name: str) -> Numbers:
        """A column of numbers, or the codes of its words, and which of them are there."""
        column, kind = BY_NAME[name], BY_NAME[name].type
        dtype = "u1" if kind == FLAG else _NUMBERS.get(column.type, "i4")
        if not self.has(name):
            size = 1 if kind == FLAG else self._rows
            return Numbers(fixed(np.zeros(size), dtype), _nothing(self._rows))
        held = self._of[name]
        held = held.indices if kind == TEXT else held
        if kind == FLAG:
            return Numbers(_bitmap(held.buffers()[1], held), _there(held))
        values = np.frombuffer(held.buffers()[1], dtype)[held.offset :][: self._rows]
        return Numbers(fixed(values, dtype), _there(held))

    def codes(self, name: str) -> Array:
        """The codes of a column of words, -1 where there is none."""
        found = self.numbers(name)
        return np.where(_bits(found.there, self._rows), found.values, -1)

    def same(self, name: str) -> Array:
        """A column to compare row by row, nulls included."""
        found = self.numbers(name)
        return np.where(_bits(found.there, self._rows), found.values, _NO_SUCH_DAY)

    def dictionary(self, name: str) -> Sequence[str]:
        """The words of a column in the order of their codes."""
        held: list[str] = self._of[name].dictionary.to_pylist() if self.has(name) else []
        return held

    def begins(self, name: str) -> Array:
        """Where the list of each row begins, and where that of the last one ends."""
        if not self.has(name):
            return fixed(np.zeros(self._rows + 1), "i4")
        return fixed(self._of[name].offsets.to_numpy(), "i4")

    def inside(self, name: str, part: str, nothing: float) -> Array:
        """One part of what the lists hold, `nothing` where it is null."""
        dtype = "f8" if isinstance(nothing, float) else "i4"
        if not self.has(name):
            return fixed(np.zeros(1), dtype)
        values = self._of[name].values.field(part)
        whole = values.cast(pa.int32()) if pa.types.is_date32(values.type) else values
        found = pc.fill_null(whole, nothing).to_numpy(zero_copy_only=False)
        return fixed(found, dtype)

    def list_words(self, name: str) -> Sequence[str]:
        """The words that the lists of a column hold."""
        if not self.has(name):
            return []
        words: list[str] = self._encoded(name).dictionary.to_pylist()
        return words

    def list_codes(self, name: str) -> Array:
        """Their codes, -1 for none."""
        if not self.has(name):
            return fixed(np.zeros(1), "i4")
        return fixed(pc.fill_null(self._encoded(name).indices, -1).to_numpy(False), "i4")

    def _encoded(self, name: str) -> pa.DictionaryArray:
        if name not in self._lists:
            values = self._of[name].values
            words = values.field("method") if pa.types.is_struct(values.type) else values
            self._lists[name] = words.dictionary_encode()
        return self._lists[name]


def fixed(values: Array, dtype: Any) -> Array:
    """An array of one type that cannot be written: the compiled loop knows no other."""
    held = np.array(values, dtype=dtype) if values.dtype != dtype else values
    held = np.ascontiguousarray(held).view()
    held.flags.writeable = False
    return held


def _nothing(rows: int) -> Array:
    return fixed(np.zeros(rows // _BITS + 1), "u1")


def _there(held: pa.Array) -> Array:
    """A bit for each row that holds something; none at all where every row does."""
    if held.null_count == 0:
        return fixed(np.zeros(0), "u1")
    return _bitmap(held.buffers()[0], held)


def _bitmap(buffer: pa.Buffer, held: pa.Array) -> Array:
    """The bits of the rows of an array, the first of them in the lowest place."""
    bits = np.frombuffer(buffer, "u1")
    if held.offset % _BITS == 0:
        return fixed(bits[held.offset // _BITS :], "u1")
    apart = np.unpackbits(bits, bitorder="little")[held.offset :]
    return fixed(np.packbits(apart, bitorder="little"), "u1")


def _table(columns: _Columns) -> Table:
    kinds = np.array([0, *[kind_number(word) for word in columns.dictionary("kind")]], dtype="i1")
    held = {name: columns.numbers(_IN_TABLE.get(name, name)) for name in COLUMNS}
    return Table(
        rows=len(columns),
        row_bytes=len(columns) // _BITS + 1,
        kind=fixed(kinds[columns.codes("kind") + 1], "i1"),
        ints=_together(held, INTS, "i4", len(columns)),
        floats=_together(held, FLOATS, "f8", len(columns)),
        longs=_together(held, LONGS, "i8", len(columns)),
        flags=_together(held, FLAGS, "u1", len(columns) // _BITS + 1),
        there=_there_together(held, len(columns)),
        words_at=columns.begins("words"),
        words=columns.list_codes("words"),
        methods_at=columns.begins("methods"),
        methods=columns.list_codes("methods"),
        since=columns.inside("methods", "since", _NO_SUCH_DAY),
        capsules_at=columns.begins("capsules"),
        capsule_strengths=columns.inside("capsules", "mg", 0.0),
        capsule_counts=columns.inside("capsules", "quantity", 0),
    )


_IN_TABLE = {
    "instant": "at_instant",
    "recorded": "recorded_at",
    "prescription": "prescription_id",
}
"""The columns that have a shorter name here."""


def _together(held: dict[str, Numbers], names: Sequence[str], dtype: str, size: int) -> Array:
    """Some columns of one type, a row of a size for each; what is not there is nothing."""
    found = np.zeros((len(names), size), dtype=dtype)
    for row, name in zip(found, names, strict=True):
        values = held[name].values[:size]
        row[: len(values)] = values
    return fixed(found, dtype)


def _there_together(held: dict[str, Numbers], rows: int) -> Array:
    found = np.zeros((len(COLUMNS), rows // _BITS + 1), dtype="u1")
    for bits, name in zip(found, COLUMNS, strict=True):
        there = held[name].there[: len(bits)]
        bits[: len(there)] = there
        if len(there) == 0:
            bits[:] = _ALL
    return fixed(found, "u1")
