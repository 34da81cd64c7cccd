"""A row group as dense columns: from its pages where their form is usual, else from Arrow."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.exchange.events_table.columns import (
    LISTED,
    PARTS,
    WORDED,
    Columns,
    column_of,
    lists_of,
)
from isocourse.exchange.events_table.dense import Column, Lists, filled, marked, words_for
from isocourse.exchange.events_table.form import BY_NAME, DAY, FLAG, INSTANT, NUMBER, TEXT, WHOLE
from isocourse.exchange.events_table.pages.chunk import (
    BOOLEAN,
    DOUBLE,
    INT32,
    INT64,
    Chunk,
    Leaf,
    Page,
    Unfamiliar,
    Values,
    words_of,
)
from isocourse.exchange.events_table.pages.chunk import TEXT as BYTES
from isocourse.exchange.events_table.pages.header import BROKEN
from isocourse.exchange.events_table.pages.lists import ROWS, THINGS, read_lists
from isocourse.exchange.events_table.pages.runs import read_marks

Array = np.ndarray[Any, Any]
Leaves = Mapping[str, Sequence[Leaf]]
_PHYSICAL = {TEXT: BYTES, DAY: INT32, WHOLE: INT32, INSTANT: INT64, NUMBER: DOUBLE, FLAG: BOOLEAN}
_OF_PARTS = {"": BYTES, "method": BYTES, "since": INT32, "mg": DOUBLE, "quantity": INT32}


def leaves_of(file: pq.ParquetFile, plain: Iterable[str]) -> Leaves:
    """The leaves of the columns whose pages may be read here, of those that are plainly typed."""
    every = [file.schema.column(n) for n in range(file.metadata.num_columns)]
    found: dict[str, list[Leaf]] = {name: [] for name in plain}
    for number, each in enumerate(every):
        name = each.path.partition(".")[0]
        if name in found:
            levels = each.max_definition_level, each.max_repetition_level
            found[name].append(Leaf(number, each.path, each.physical_type, *levels))
    return {name: held for name, held in found.items() if _usual(name, held)}


def _usual(name: str, leaves: Sequence[Leaf]) -> bool:
    """Whether the leaves of a column are those that its type has."""
    kind = BY_NAME[name].type
    if kind in LISTED:
        wanted = [_OF_PARTS[part] for part in PARTS[kind]]
        return all(each.repeated == 1 for each in leaves) and wanted == [
            each.physical for each in leaves
        ]
    (leaf,) = leaves
    return leaf.repeated == 0 and leaf.defined <= 1 and leaf.physical == _PHYSICAL[kind]


class Group:
    """One row group of a file, column by column."""

    def __init__(self, file: pa.Buffer, told: Any, leaves: Leaves, schema: pa.Schema) -> None:
        self._file, self._told, self._leaves, self._schema = file, told, leaves, schema
        self.rows: int = told.num_rows

    def columns(self, names: Sequence[str], by_arrow: Any) -> Columns:
        """The columns named; `by_arrow` gives a batch of those that are not of the usual form."""
        flat, lists, left = dict[str, Column](), dict[str, Lists](), list[str]()
        for name in names:
            try:
                self._read(name, flat, lists)
            except Unfamiliar:
                left.append(name)
        for name, array in by_arrow(left).items():
            if BY_NAME[name].type in LISTED:
                lists[name] = lists_of(array, BY_NAME[name].type)
            else:
                flat[name] = column_of(array, BY_NAME[name].type)
        return Columns(self.rows, flat, lists)

    def _read(self, name: str, flat: dict[str, Column], lists: dict[str, Lists]) -> None:
        if name not in self._leaves:
            raise Unfamiliar(name)
        if BY_NAME[name].type in LISTED:
            lists[name] = self._lists(name)
        else:
            flat[name] = self._flat(self._leaves[name][0])

    def _chunk(self, leaf: Leaf) -> Chunk:
        return Chunk(self._file, self._told.column(leaf.number), leaf)

    def _flat(self, leaf: Leaf) -> Column:
        chunk = self._chunk(leaf)
        if chunk.entries != self.rows:
            raise Unfamiliar(leaf.path)
        values = Values(chunk, leaf.physical)
        there = np.zeros(words_for(self.rows) if leaf.defined else 0, dtype="u8")
        first = 0
        for page in chunk.pages():
            values.add(page, _marks(page, there, first) if leaf.defined else page.entries)
            first += page.entries
        words = words_of(chunk) if leaf.physical == BYTES else None
        if not leaf.defined:
            return filled(values.found, self.rows, words)
        return marked(values.room, there, len(values.found), self.rows, words)

    def _lists(self, name: str) -> Lists:
        """The lists of a column, whose leaves have to tell the same of where lists begin."""
        kind, parts, words = BY_NAME[name].type, dict[str, Array](), list[str]()
        thing = 1 + int(self._schema.field(name).nullable)
        begins = np.zeros(self.rows + 1, dtype="i4")
        for (part, (dtype, nothing)), leaf in zip(
            PARTS[kind].items(), self._leaves[name], strict=True
        ):
            chunk, here = self._chunk(leaf), np.zeros(self.rows + 1, dtype="i4")
            held, there = _things(chunk, leaf, thing, here)
            if parts and not np.array_equal(here, begins):
                raise Unfamiliar(leaf.path)
            begins, out = here, np.full(max(1, len(there)), nothing, dtype=dtype)
            out[: len(there)][there] = held
            parts[part] = out
            if WORDED.get(kind) == part:
                words = words_of(chunk).to_pylist()
        return Lists(begins, parts, words)


def _marks(page: Page, there: Array, first: int) -> int:
    """Write which of the rows of a page hold something; how many do."""
    held: int = read_marks(page.body.address, *page.defined, page.entries, there, first)
    if held == BROKEN:
        raise Unfamiliar("marks")
    return held


def _things(chunk: Chunk, leaf: Leaf, thing: int, begins: Array) -> tuple[Array, Array]:
    """The values in the lists of a leaf, and which things in the lists have one."""
    values, there = Values(chunk, leaf.physical), np.empty(chunk.entries, dtype=bool)
    met = np.zeros(2, dtype="i8")
    for page in chunk.pages():
        levels = (
            (*page.repeated, leaf.repeated.bit_length()),
            (*page.defined, leaf.defined.bit_length()),
        )
        how = page.entries, thing, leaf.defined, begins, there, met
        held = read_lists(page.body.address, *levels, page.end, *how)
        if held == BROKEN:
            raise Unfamiliar(leaf.path)
        values.add(page, held)
    if met[ROWS] != len(begins) - 1:
        raise Unfamiliar(leaf.path)
    return values.found, there[: met[THINGS]]
