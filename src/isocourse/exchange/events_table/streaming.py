"""A table batch after batch, with the courses that stand across a boundary put together."""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.course.many.answers import Answers
from isocourse.course.many.asking import At, ask
from isocourse.exchange.events_table.opening import Opened, as_read, columns_read
from isocourse.exchange.events_table.pieces import begins_of, piece_of
from isocourse.exchange.events_table.rows import Origin, Rows

ROWS_AT_ONCE = 200_000
"""So many rows are held by each worker: some 100 MB."""


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

    batch: pa.RecordBatch
    origins: tuple[Origin, ...]


class _Whole(NamedTuple):
    """Whether the first course of a batch begins in it, and whether its last one ends in it."""

    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of a batch: a course that is not whole in it is left for its neighbours."""

    head: _Part | None  # the end of a course that began before, all of it or not
    ends: bool  # whether that course, if any, ends here
    told: Told | None
    tail: _Part | None  # the beginning of a course that goes on after


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
    seam: list[_Part] = []
    for read in _in_turns(table, asked, workers):
        seam += [] if read.head is None else [read.head]
        if not read.ends:
            continue
        if seam:
            yield _tell(table.file, _joined(seam), asked)
        if read.told is not None:
            yield read.told
        seam = [] if read.tail is None else [read.tail]
    if seam:
        yield _tell(table.file, _joined(seam), asked)


def _in_turns(table: Opened, asked: At, workers: int) -> Iterator[_Read]:
    """What became of each batch, in the order of the table."""
    groups = iter(range(table.file.num_row_groups))
    whole = _whole(table.file)
    with ThreadPoolExecutor(workers) as pool:
        ahead: deque[Future[list[_Read]]] = deque()

        def start() -> None:
            group = next(groups, None)
            if group is not None:
                read = partial(_of_group, group=group, whole=whole[group], asked=asked)
                ahead.append(pool.submit(lambda: list(read(table.reader()))))

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
    return (bounds.min, bounds.max) if isinstance(bounds.min, str) else None


def _of_group(file: pq.ParquetFile, group: int, whole: _Whole, asked: At) -> Iterator[_Read]:
    first, rows = 0, file.metadata.row_group(group).num_rows
    batches = file.iter_batches(
        ROWS_AT_ONCE, row_groups=[group], columns=columns_read(file), use_threads=False
    )
    for raw in batches:
        last = first + raw.num_rows
        if raw.num_rows:
            part = _Part(as_read(raw), (Origin(group, first, raw.num_rows),))
            here = _Whole(whole.first and first == 0, whole.last and last == rows)
            yield _apart(file, part, here, asked)
        first = last


def _apart(file: pq.ParquetFile, part: _Part, whole: _Whole, asked: At) -> _Read:
    """The whole courses of a batch answered, the others set aside."""
    begins = begins_of(part.batch.column("course_id").indices.to_numpy(zero_copy_only=False))
    if len(begins) == 1 and not (whole.first and whole.last):
        ends = whole.first or whole.last  # a course that began before ends here, or before it
        return _Read(None, ends, None, part) if whole.first else _Read(part, ends, None, None)
    wanted = slice(0 if whole.first else 1, len(begins) if whole.last else len(begins) - 1)
    told = _tell(file, part, asked, wanted) if wanted.stop > wanted.start else None
    head = None if whole.first else _slice(part, 0, int(begins[1]))
    tail = None if whole.last else _slice(part, int(begins[-1]), part.batch.num_rows)
    return _Read(head, True, told, tail)


def _slice(part: _Part, first: int, last: int) -> _Part:
    (origin,) = part.origins
    batch = pa.RecordBatch.from_arrays(
        [pa.concat_arrays([each]) for each in part.batch.slice(first, last - first).columns],
        names=part.batch.schema.names,
    )
    return _Part(batch, (Origin(origin.group, origin.first + first, last - first),))


def _joined(parts: list[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    table = pa.Table.from_batches([part.batch for part in parts]).unify_dictionaries()
    batch = table.combine_chunks().to_batches()[0]
    return _Part(batch, tuple(origin for part in parts for origin in part.origins))


def _tell(file: pq.ParquetFile, part: _Part, asked: At, wanted: slice = slice(None)) -> Told:
    """The answers of the courses of some rows, or of those wanted of them."""
    rows = Rows(file, part.batch, part.origins)

    def course(number: int) -> Any:
        return rows.course(int(piece.first[number]), int(piece.last[number]))

    piece = piece_of(part.batch, course, wanted)
    answers = ask(piece, asked)
    first = pa.array(piece.first)
    return Told(
        part.batch.column("course_id").take(first).cast(pa.string()),
        part.batch.column("place").take(first).cast(pa.string()),
        answers,
        int(piece.last[-1] - piece.first[0]),
    )
