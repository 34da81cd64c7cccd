"""A table batch after batch, with the courses that stand across a boundary put together."""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.course.many.answers import Answers
from isocourse.course.many.asking import At, ask
from isocourse.exchange.events_table.opening import Opened, as_read, columns_read
from isocourse.exchange.events_table.pieces import piece_of
from isocourse.exchange.events_table.rows import Origin, Rows

ROWS_AT_ONCE = 200_000
"""So many rows are held by each worker: some 100 MB."""

Array = np.ndarray[Any, Any]


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


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of a batch: its first and last course are left for its neighbours."""

    head: _Part
    told: Told | None
    tail: _Part | None


def told(table: Opened, asked: At, workers: int | None = None) -> Iterator[Told]:
    """The answers of all courses of a table, in its order.

    Each row group is read by one worker, batch by batch; the workers take turns, so that no more
    than a few batches are held at once.
    """
    seam: list[_Part] = []
    for read in _in_turns(table, asked, workers or os.cpu_count() or 1):
        seam.append(read.head)
        if read.tail is None:
            continue
        yield _tell(table.file, _joined(seam), asked)
        if read.told is not None:
            yield read.told
        seam = [read.tail]
    if seam:
        yield _tell(table.file, _joined(seam), asked)


def _in_turns(table: Opened, asked: At, workers: int) -> Iterator[_Read]:
    """What became of each batch, in the order of the table."""
    groups = iter(range(table.file.num_row_groups))
    with ThreadPoolExecutor(workers) as pool:
        ahead: deque[Future[list[_Read]]] = deque()

        def start() -> None:
            group = next(groups, None)
            if group is not None:
                ahead.append(pool.submit(lambda: list(_of_group(table.reader(), group, asked))))

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


def _of_group(file: pq.ParquetFile, group: int, asked: At) -> Iterator[_Read]:
    first = 0
    batches = file.iter_batches(
        ROWS_AT_ONCE, row_groups=[group], columns=columns_read(file), use_threads=False
    )
    for raw in batches:
        if raw.num_rows:
            yield _apart(file, _Part(as_read(raw), (Origin(group, first, raw.num_rows),)), asked)
        first += raw.num_rows


def _apart(file: pq.ParquetFile, part: _Part, asked: At) -> _Read:
    """The courses inside a batch answered, the first and the last set aside."""
    codes = part.batch.column("course_id").indices.to_numpy(zero_copy_only=False)
    begins = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    if len(begins) == 1:
        return _Read(part, None, None)
    head, tail = int(begins[1]), int(begins[-1])
    inside = _tell(file, part, asked, (head, tail)) if tail > head else None
    return _Read(_slice(part, 0, head), inside, _slice(part, tail, part.batch.num_rows))


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


def _tell(
    file: pq.ParquetFile, part: _Part, asked: At, inside: tuple[int, int] | None = None
) -> Told:
    """The answers of the courses of some rows, or of those between two of them."""
    if inside is not None:
        part = _slice(part, *inside)
    rows = Rows(file, part.batch, part.origins)
    bounds: list[Array] = []

    def course(number: int) -> Any:
        return rows.course(int(bounds[0][number]), int(bounds[1][number]))

    piece = piece_of(part.batch, course)
    bounds += [piece.first, piece.last]
    answers = ask(piece, asked)
    first = pa.array(piece.first)
    return Told(
        part.batch.column("course_id").take(first).cast(pa.string()),
        part.batch.column("place").take(first).cast(pa.string()),
        answers,
        part.batch.num_rows,
    )
