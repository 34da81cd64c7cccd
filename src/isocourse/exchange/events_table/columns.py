"""The columns of a batch in Arrow as arrays: the same memory wherever that is possible."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from isocourse.exchange.events_table.form import BY_NAME, DAY, FLAG, INSTANT, NUMBER, TEXT

Array = np.ndarray[Any, Any]
_NUMBERS = {TEXT: "i4", DAY: "i4", INSTANT: "i8", NUMBER: "f8"}
_WIDEST, _BITS, _ALL = 8, 8, 255
_ROOM = 2**16
NO_SUCH_DAY = -(2**31)


class Numbers(NamedTuple):
    """A column of numbers or codes, and which of them are there: a bit for each, or none at all."""

    values: Array
    there: Array


class Columns:
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

    def full(self, name: str) -> bool:
        """Whether there is such a column with something on every row."""
        return name in self._of and self._of[name].null_count == 0

    def numbers(self, name: str) -> Numbers:
        """A column of numbers, or the codes of its words, and which of them are there."""
        kind = BY_NAME[name].type
        dtype = "u1" if kind == FLAG else _NUMBERS.get(kind, "i4")
        if not self.has(name):
            return Numbers(_nothing(self._rows).view(dtype), _nothing(self._rows))
        held = self._of[name]
        held = held.indices if kind == TEXT else held
        if kind == FLAG:
            return Numbers(_bitmap(held.buffers()[1], held), _there(held))
        values = np.frombuffer(held.buffers()[1], dtype)[held.offset :][: self._rows]
        return Numbers(fixed(values, dtype), _there(held))

    def codes(self, name: str) -> Array:
        """The codes of a column of words, -1 where there is none."""
        return self._or(name, -1)

    def same(self, name: str) -> Array:
        """A column to compare row by row, nulls included."""
        return self._or(name, NO_SUCH_DAY)

    def _or(self, name: str, nothing: int) -> Array:
        if not self.has(name):
            return np.full(self._rows, nothing, dtype="i4")
        found = self.numbers(name)
        if len(found.there) == 0:
            return found.values
        return np.where(bits(found.there, self._rows), found.values, nothing)

    def is_there(self, name: str) -> Array:
        """Which rows hold something."""
        return bits(self.numbers(name).there, self._rows)

    def dictionary(self, name: str) -> Sequence[str]:
        """The words of a column in the order of their codes."""
        held: list[str] = self._of[name].dictionary.to_pylist() if self.has(name) else []
        return held

    def begins(self, name: str) -> Array:
        """Where the list of each row begins, and where that of the last one ends."""
        if not self.has(name):
            return _nothing(self._rows).view("i4")
        return fixed(self._of[name].offsets.to_numpy(), "i4")

    def inside(self, name: str, part: str, nothing: float) -> Array:
        """One part of what the lists hold, `nothing` where it is null."""
        dtype = "f8" if isinstance(nothing, float) else "i4"
        if not self.has(name):
            return _nothing(0).view(dtype)
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
            return _nothing(0).view("i4")
        return fixed(pc.fill_null(self._encoded(name).indices, -1).to_numpy(False), "i4")

    def _encoded(self, name: str) -> pa.DictionaryArray:
        if name not in self._lists:
            values = self._of[name].values
            words = values.field("method") if pa.types.is_struct(values.type) else values
            self._lists[name] = words.dictionary_encode()
        return self._lists[name]


def bits(there: Array, count: int) -> Array:
    """Which rows hold something, a byte for each."""
    if len(there) == 0:
        return np.ones(count, dtype=bool)
    return np.unpackbits(there, bitorder="little", count=count).astype(bool)


def bits_of(there: Array, rows: Array) -> Array:
    """Which of some rows hold something."""
    if len(there) == 0:
        return np.ones(len(rows), dtype=bool)
    return np.asarray((there[rows >> 3] >> (rows & 7).astype("u1")) & 1 == 1)


def bits_of_all(numbers: Numbers, rows: int) -> Array:
    """A bit for each row that holds something, also where every row does."""
    return numbers.there if len(numbers.there) else _everything(_rounded(rows))


def fixed(values: Array, dtype: Any) -> Array:
    """An array of one type that cannot be written: the compiled loop knows no other."""
    held = np.array(values, dtype=dtype) if values.dtype != dtype else values
    held = np.ascontiguousarray(held).view()
    held.flags.writeable = False
    return held


def _rounded(rows: int) -> int:
    return (rows // _ROOM + 1) * _ROOM


def _nothing(rows: int) -> Array:
    """Room for the values or the bits of a column that holds nothing; shared by all of them."""
    return _zeros(_rounded(rows + 1))


@lru_cache(maxsize=4)
def _zeros(rows: int) -> Array:
    return fixed(np.zeros(rows * _WIDEST, dtype="u1"), "u1")


@lru_cache(maxsize=4)
def _everything(rows: int) -> Array:
    return fixed(np.full(rows // _BITS, _ALL, dtype="u1"), "u1")


def _there(held: pa.Array) -> Array:
    """A bit for each row that holds something; none at all where every row does."""
    if held.null_count == 0:
        return fixed(np.zeros(0, dtype="u1"), "u1")
    return _bitmap(held.buffers()[0], held)


def _bitmap(buffer: pa.Buffer, held: pa.Array) -> Array:
    """The bits of the rows of an array, the first of them in the lowest place."""
    found = np.frombuffer(buffer, "u1")
    if held.offset % _BITS == 0:
        return fixed(found[held.offset // _BITS :], "u1")
    apart = np.unpackbits(found, bitorder="little")[held.offset :]
    return fixed(np.packbits(apart, bitorder="little"), "u1")
