"""The courses of a table one after the other, as objects, for what is asked of each by itself."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from isocourse.events import Course
from isocourse.exchange.events_table.opening import Opened
from isocourse.exchange.events_table.pieces import begins_of
from isocourse.exchange.events_table.rows import Origin, Rows

ROWS_AT_ONCE = 20_000


def courses(table: Opened) -> Iterator[Course]:
    """Every course, in the order of a table whose courses stand together. Raises BadTable."""
    held, origins = None, list[Origin]()
    for group in range(table.file.num_row_groups):
        first = 0
        for batch in table.batches(group, table.held, ROWS_AT_ONCE):
            held = batch if held is None else _joined([held, batch])
            origins.append(Origin(group, first, batch.num_rows))
            first += batch.num_rows
            rows, begins = Rows(table, partial(_some, held), origins), _begins(held)
            for one, other in pairwise(begins.tolist()):
                yield rows.course(one, other)
            held, origins = _rest(held, origins, int(begins[-1]))
    if held is not None:
        yield Rows(table, partial(_some, held), origins).course(0, held.num_rows)


def _some(batch: pa.RecordBatch, first: int, last: int) -> pa.RecordBatch:
    return batch.slice(first, last - first)


def _begins(batch: pa.RecordBatch) -> np.ndarray[Any, Any]:
    return begins_of(batch.column("course_id").indices.to_numpy(zero_copy_only=False))


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    table = pa.Table.from_batches(batches).unify_dictionaries()
    return table.combine_chunks().to_batches()[0]


def _rest(
    batch: pa.RecordBatch, origins: list[Origin], first: int
) -> tuple[pa.RecordBatch, list[Origin]]:
    """The rows from one on, which begin a course that may go on, and where they stand."""
    kept, skipped = list[Origin](), first
    for origin in origins:
        gone = min(skipped, origin.count)
        skipped -= gone
        if origin.count > gone:
            kept.append(Origin(origin.group, origin.first + gone, origin.count - gone))
    return batch.slice(first), kept
