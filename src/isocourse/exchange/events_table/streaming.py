"""A table batch after batch, with the courses that stand across a boundary put together."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.course.many.answers import Answers
from isocourse.course.many.asking import At, ask
from isocourse.exchange.events_table.columns import Columns, columns_of
from isocourse.exchange.events_table.dense import Column
from isocourse.exchange.events_table.opening import Opened
from isocourse.exchange.events_table.pages.columns import Group
from isocourse.exchange.events_table.pieces import begins_of, piece_of
from isocourse.exchange.events_table.rows import Origin, Rows

ROWS_AT_ONCE = 200_000
"""So many rows of a larger row group are held by each worker."""
ROWS_WHOLE = 1_500_000
"""Up to so many rows a row group is held whole by each worker: some 100 MB for entries as usual."""


@dataclass(frozen=True, slots=True)
class Told:
    """The answers of some courses in the order of the table, with their names and places."""

    course_id: pa.Array
    place: pa.Array
    answers: Answers
    rows: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows that stood together."""

    columns: Columns
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class _Seam:
    """Rows of a course that stands across a boundary."""

    batch: pa.RecordBatch
    origin: Origin


class _Whole(NamedTuple):
    """Whether the first course of a batch begins in it, and whether its last one ends in it."""

    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of a batch: a course that is not whole in it is left for its neighbours."""

    head: _Seam | None  # the end of a course that began before, all of it or not
    ends: bool  # whether that course, if any, ends here
    told: Told | None
    tail: _Seam | None  # the beginning of a course that goes on after


def told(table: Opened, asked: At, workers: int | None = None) -> Iterator[Told]:
    """The answers of all courses of a table, in its order.

    Each row group is read by one worker, batch by batch; the workers take turns, so that no more
    than a few batches are held at once.
    """
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())  # it gives less memory back between batches
    try:
        yield from _in_order(table, asked, workers or os.cpu_count() or 1)
    finally:
        pa.set_memory_pool(usual)


def _in_order(table: Opened, asked: At, workers: int) -> Iterator[Told]:
    """The same, with the courses that no batch holds whole put together."""
    seam: list[_Seam] = []
    for read in _in_turns(table, asked, workers):
        seam += [] if read.head is None else [read.head]
        if not read.ends:
            continue
        if seam:
            yield _tell(table, _joined(seam), asked)
        if read.told is not None:
            yield read.told
        seam = [] if read.tail is None else [read.tail]
    if seam:
        yield _tell(table, _joined(seam), asked)


def _in_turns(table: Opened, asked: At, workers: int) -> Iterator[_Read]:
    """What became of each batch, in the order of the table."""
    groups = iter(range(table.file.num_row_groups))
    whole = _whole(table.file)
    with ThreadPoolExecutor(workers) as pool:
        ahead: deque[Future[list[_Read]]] = deque()

        def start() -> None:
            group = next(groups, None)
            if group is not None:
                read = partial(_of_group, table, group, whole[group], asked)
                ahead.append(pool.submit(lambda: list(read())))

        for _ in range(workers + 1):
            start()
        try:
            while ahead:
                reads = ahead.popleft().result()
                start()
                yield from reads
        finally:
            for each in ahead:
                each.cancel()


def _whole(file: pq.ParquetFile) -> list[_Whole]:
    """Whether each row group begins and ends with a course of its own, as far as is known.

    It does where all names of one group come before all names of the other, as the file says.
    """
    paths = [file.schema.column(n).path for n in range(file.metadata.num_columns)]
    column = paths.index("course_id")
    held = [_names(file, group, column) for group in range(file.num_row_groups)]
    apart = [
        one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])
        for one, other in pairwise(held)
    ]
    return [_Whole(*each) for each in zip([True, *apart], [*apart, True], strict=True)]


def _names(file: pq.ParquetFile, group: int, column: int) -> tuple[str, str] | None:
    """The bounds of the names of a row group, where the file tells them."""
    bounds = file.metadata.row_group(group).column(column).statistics
    if bounds is None or not bounds.has_min_max or bounds.null_count != 0:
        return None
    try:
        return (bounds.min, bounds.max) if isinstance(bounds.min, str) else None
    except UnicodeDecodeError:  # names that are no text are told of where they are read
        return None


def _of_group(table: Opened, group: int, whole: _Whole, asked: At) -> Iterator[_Read]:
    first, rows = 0, table.file.metadata.row_group(group).num_rows
    for columns in batches(table, group):
        last = first + len(columns)
        part = _Part(columns, (Origin(group, first, len(columns)),))
        here = _Whole(whole.first and first == 0, whole.last and last == rows)
        yield _apart(table, part, here, asked)
        first = last


def batches(table: Opened, group: int, wanted: Sequence[str] | None = None) -> Iterator[Columns]:
    """The rows of a row group: all of them, or as many at once as may be held."""
    told = table.file.metadata.row_group(group)
    names = table.held if wanted is None else list(wanted)
    if 0 < told.num_rows <= ROWS_WHOLE:
        whole = Group(table.bytes, told, table.leaves, table.file.schema_arrow)
        yield whole.columns(names, partial(table.batch, group))
        return
    yield from map(columns_of, table.batches(group, names, ROWS_AT_ONCE))


def _apart(table: Opened, part: _Part, whole: _Whole, asked: At) -> _Read:
    """The whole courses of a batch answered, the others set aside."""
    begins = begins_of(part.columns.codes("course_id"))
    count = len(part.columns)
    if len(begins) == 1 and not (whole.first and whole.last):
        ends = whole.first or whole.last  # a course that began before ends here, or before it
        every = _slice(part, 0, count)
        return _Read(None, ends, None, every) if whole.first else _Read(every, ends, None, None)
    wanted = slice(0 if whole.first else 1, len(begins) if whole.last else len(begins) - 1)
    told = _tell(table, part, asked, wanted) if wanted.stop > wanted.start else None
    head = None if whole.first else _slice(part, 0, int(begins[1]))
    tail = None if whole.last else _slice(part, int(begins[-1]), count)
    return _Read(head, True, told, tail)


def _slice(part: _Part, first: int, last: int) -> _Seam:
    (origin,) = part.origins
    batch = part.columns.batch(first, last)
    return _Seam(batch, Origin(origin.group, origin.first + first, last - first))


def _joined(seams: list[_Seam]) -> _Part:
    table = pa.Table.from_batches([each.batch for each in seams]).unify_dictionaries()
    batch = table.combine_chunks().to_batches()[0]
    return _Part(columns_of(batch), tuple(each.origin for each in seams))


def _tell(table: Opened, part: _Part, asked: At, wanted: slice = slice(None)) -> Told:
    """The answers of the courses of some rows, or of those wanted of them."""
    rows = Rows(table, part.columns.batch, part.origins)

    piece = piece_of(part.columns, rows.course, wanted)
    answers = ask(piece, asked)
    return Told(
        names_at(part.columns.of("course_id"), piece.first),
        names_at(part.columns.of("place"), piece.first),
        answers,
        int(piece.last[-1] - piece.first[0]),
    )


def names_at(column: Column, rows: Any) -> pa.Array:
    """The words of some rows."""
    codes = column.spread(-1)[rows]
    return column.dictionary.take(pa.array(codes, mask=codes < 0))
