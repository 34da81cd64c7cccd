"""The columns of a batch with room only for what is there: what the compiled loop reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from isocourse.exchange.events_table.pages.runs import count_before

Array = np.ndarray[Any, Any]
WORD = 64
"""So many rows have their bits in one number."""
NO_SUCH_DAY = -(2**31)


@dataclass(frozen=True, slots=True)
class Column:
    """The values of the rows that hold something, in their order; words as codes."""

    values: Array
    there: Array  # a bit for each row, u8
    before: Array  # for each WORD of rows, how many before them hold something, i4
    held: int
    rows: int
    dictionary: Any = None  # an array of Arrow: the words in the order of their codes

    @property
    def full(self) -> bool:
        """Whether every row holds something."""
        return self.held == self.rows

    @property
    def marks(self) -> Array:
        """Which rows hold something, a byte for each."""
        if self.full:
            return np.ones(self.rows, dtype=bool)
        bits = np.unpackbits(self.there.view("u1"), count=self.rows, bitorder="little")
        return bits.view(bool)

    def spread(self, nothing: int) -> Array:
        """A value for every row, `nothing` where there is none."""
        if self.full:
            return self.values[: self.rows]
        out = np.full(self.rows, nothing, dtype=self.values.dtype)
        out[self.marks] = self.values[: self.held]
        return out


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists: where that of each row begins, and what stands in them, one thing after the other."""

    begins: Array  # i4, one more than there are rows
    parts: dict[str, Array] = field(default_factory=dict)  # codes of words, days, strengths, counts
    words: Sequence[str] = ()


def empty(rows: int, dtype: Any) -> Column:
    """A column that holds nothing."""
    return Column(_nothing(8).view(dtype), *_bits(words_for(rows), 0), 0, rows, _NO_WORDS)


def filled(values: Array, rows: int, words: Any = None) -> Column:
    """A column of which every row holds something."""
    return Column(values, *_bits(words_for(rows), 1), rows, rows, words)


def marked(values: Array, there: Array, held: int, rows: int, words: Any = None) -> Column:
    """A column of which some rows hold something, as the bits of `there` say."""
    if held == rows:
        return filled(values, rows, words)
    before = np.empty(len(there), dtype="i4")
    count_before(there, before)
    return Column(values, there, before, held, rows, words)


def words_for(rows: int) -> int:
    """How many numbers hold a bit for each row, and for the one after the last."""
    return rows // WORD + 1


_NO_WORDS = pa.array([], pa.string())


@lru_cache(maxsize=4)
def _nothing(size: int) -> Array:
    held = np.zeros(size, dtype="u1")
    held.flags.writeable = False
    return held


@lru_cache(maxsize=4)
def no_lists(rows: int) -> Array:
    """Where the list of each row begins where none has one."""
    return np.zeros(rows + 1, dtype="i4")


@lru_cache(maxsize=8)
def _bits(words: int, of_all: int) -> tuple[Array, Array]:
    """The same bit for every row; columns that are alike share it."""
    there = np.full(words, np.uint64(2**64 - 1) if of_all else 0, dtype="u8")
    before = np.arange(words, dtype="i4") * WORD if of_all else np.zeros(words, dtype="i4")
    for each in (there, before):
        each.flags.writeable = False
    return there, before
