"""A batch in Arrow as dense columns, and a few rows of dense columns as a batch in Arrow."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from isocourse.exchange.events_table.arrow import TYPES
from isocourse.exchange.events_table.dense import (
    NO_SUCH_DAY,
    Array,
    Column,
    Lists,
    empty,
    filled,
    marked,
    no_lists,
    words_for,
)
from isocourse.exchange.events_table.form import (
    BY_NAME,
    CAPSULES,
    DAY,
    FLAG,
    INSTANT,
    METHODS,
    NUMBER,
    TEXT,
    WHOLE,
    WORDS,
)

_NUMBERS = {TEXT: "i4", DAY: "i4", WHOLE: "i4", INSTANT: "i8", NUMBER: "f8", FLAG: "u1"}
LISTED = frozenset({WORDS, METHODS, CAPSULES})
PARTS: Mapping[str, Mapping[str, tuple[str, float]]] = {
    WORDS: {"": ("i4", -1)},
    METHODS: {"method": ("i4", -1), "since": ("i4", NO_SUCH_DAY)},
    CAPSULES: {"mg": ("f8", 0.0), "quantity": ("i4", 0)},
}
"""What stands in the lists of a type: how it is held, and what stands for nothing."""
WORDED = {WORDS: "", METHODS: "method"}
"""The part of a list that is a word, and so a code of a dictionary."""


class Columns:
    """The columns of a batch; one that the table does not have holds nothing."""

    def __init__(self, rows: int, flat: dict[str, Column], lists: dict[str, Lists]) -> None:
        self._rows, self._flat, self._lists = rows, flat, lists

    def __len__(self) -> int:
        return self._rows

    @property
    def names(self) -> list[str]:
        """The columns that the table has."""
        return [*self._flat, *self._lists]

    def of(self, name: str) -> Column:
        """A column of numbers, or of codes of words."""
        if name not in self._flat:
            return empty(self._rows, _NUMBERS[BY_NAME[name].type])
        return self._flat[name]

    def has(self, name: str) -> bool:
        """Whether there is such a column with something in it."""
        return name in self._flat and self._flat[name].held > 0

    def full(self, name: str) -> bool:
        """Whether there is such a column with something on every row."""
        return name in self._flat and self._flat[name].full

    def codes(self, name: str) -> Array:
        """The code of the word of each row, -1 where there is none."""
        return self.of(name).spread(-1)

    def same(self, name: str) -> Array:
        """A column to compare row by row, nulls included."""
        return self.of(name).spread(NO_SUCH_DAY)

    def dictionary(self, name: str) -> Sequence[str]:
        """The words of a column in the order of their codes."""
        held: list[str] = self.of(name).dictionary.to_pylist() if self.has(name) else []
        return held

    def lists(self, name: str) -> Lists:
        """The lists of a column."""
        if name in self._lists:
            return self._lists[name]
        parts = {part: np.zeros(1, how[0]) for part, how in PARTS[BY_NAME[name].type].items()}
        return Lists(no_lists(self._rows), parts)

    def batch(self, first: int, last: int) -> pa.RecordBatch:
        """Some rows in Arrow, their columns in the order of their names: however they were read."""
        held = {name: _flat_rows(name, each, first, last) for name, each in self._flat.items()}
        held |= {name: _list_rows(name, each, first, last) for name, each in self._lists.items()}
        names = sorted(held)
        return pa.RecordBatch.from_arrays([held[name] for name in names], names=names)


def columns_of(batch: pa.RecordBatch) -> Columns:
    """The columns of a batch whose types are those of the form."""
    flat, lists = {}, {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if BY_NAME[name].type in LISTED:
            lists[name] = lists_of(column, BY_NAME[name].type)
        else:
            flat[name] = column_of(column, BY_NAME[name].type)
    return Columns(batch.num_rows, flat, lists)


def column_of(held: pa.Array, kind: str) -> Column:
    """A column of Arrow without the room for its nulls."""
    rows, words = len(held), None
    if kind == TEXT:
        held, words = held.indices, held.dictionary
    if held.null_count == rows:
        return empty(rows, _NUMBERS[kind])
    values = _plain(held.drop_null() if held.null_count else held, kind)
    if held.null_count == 0:
        return filled(values, rows, words)
    there = np.zeros(words_for(rows), dtype="u8")
    bits = np.packbits(held.is_valid().to_numpy(zero_copy_only=False), bitorder="little")
    there.view("u1")[: len(bits)] = bits
    return marked(values, there, rows - held.null_count, rows, words)


def _plain(held: pa.Array, kind: str) -> Array:
    """Values without nulls."""
    if kind == FLAG:
        return np.asarray(held.to_numpy(zero_copy_only=False)).astype("u1")
    whole = {DAY: pa.int32(), INSTANT: pa.int64()}.get(kind)
    found = (held.cast(whole) if whole else held).to_numpy()
    return np.ascontiguousarray(found, dtype=_NUMBERS[kind])


def lists_of(held: pa.Array, kind: str) -> Lists:
    """A column of lists of Arrow."""
    first, inside = held.offsets[0].as_py(), held.flatten()
    begins = np.asarray(held.offsets.to_numpy()) - first
    if held.null_count:  # what stands behind a null is no part of the table
        begins = np.append(0, np.cumsum(pc.fill_null(held.value_lengths(), 0).to_numpy()))
    parts, words = {}, list[str]()
    for part, (dtype, nothing) in PARTS[kind].items():
        values = inside.flatten()[inside.type.get_field_index(part)] if part else inside
        if WORDED.get(kind) == part:
            values = values.dictionary_encode()
            words, values = values.dictionary.to_pylist(), values.indices
        elif pa.types.is_date32(values.type):
            values = values.cast(pa.int32())
        found = pc.fill_null(values, nothing).to_numpy(zero_copy_only=False)
        parts[part] = _never_empty(np.ascontiguousarray(found, dtype=dtype))
    return Lists(np.ascontiguousarray(begins, dtype="i4"), parts, words)


def _never_empty(values: Array) -> Array:
    return values if len(values) else np.zeros(1, values.dtype)


def _flat_rows(name: str, column: Column, first: int, last: int) -> pa.Array:
    """Some rows of a column in Arrow."""
    kind = BY_NAME[name].type
    marks = column.marks
    begins = int(np.count_nonzero(marks[:first]))
    here = marks[first:last]
    values = np.zeros(last - first, dtype=column.values.dtype)
    values[here] = column.values[begins : begins + int(np.count_nonzero(here))]
    found = pa.array(values.astype(bool) if kind == FLAG else values, mask=~here)
    if kind == TEXT:
        return pa.DictionaryArray.from_arrays(found, column.dictionary)
    return found.cast(TYPES[kind])


def _list_rows(name: str, lists: Lists, first: int, last: int) -> pa.Array:
    """Some rows of a column of lists in Arrow."""
    kind = BY_NAME[name].type
    begins = lists.begins[first : last + 1]
    one, other = int(begins[0]), int(begins[-1])
    arrays: dict[str, Any] = {}
    for part, (_, nothing) in PARTS[kind].items():
        values = lists.parts[part][one:other]
        found = pa.array(values, mask=values == nothing)
        if WORDED.get(kind) == part:
            found = pa.array(lists.words, pa.string()).take(found)
        arrays[part] = found
    if kind == WORDS:
        inside = arrays[""]
    else:
        fields = TYPES[kind].value_type
        cast = [arrays[each.name].cast(each.type) for each in fields]
        inside = pa.StructArray.from_arrays(cast, fields=list(fields))
    return pa.ListArray.from_arrays(pa.array(begins - one, pa.int32()), inside)
