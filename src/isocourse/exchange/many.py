"""A registry assessed: a table of entries in, a table of assessments out.

A registry in many files is assessed file by file; see `exchange.parts`.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.course.many.asking import At
from isocourse.course.settings import DEFAULT, Settings
from isocourse.exchange.events_table.opening import Opened, open_table, unreadable
from isocourse.exchange.events_table.pieces import begins_of
from isocourse.exchange.events_table.refusing import BadTable
from isocourse.exchange.events_table.result import (
    FORMAT,
    counted,
    nothing_counted,
    result_schema,
    rows_told,
)
from isocourse.exchange.events_table.streaming import Told, batches, names_at, told

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BadTable", "assess_many", "assess_table"]

ROWS_TOGETHER = 50_000
"""So many rows of the result stand in one row group: a group costs much for each column."""
TABLE, SUMMARY = "assessment.parquet", "summary.json"
Moment = date | datetime
Path_ = str | os.PathLike[str]
Seen = Callable[[int], object]


def assess_table(
    path: Path_,
    at: Moment,
    *,
    known_at: Moment | None = None,
    settings: Settings = DEFAULT,
    rules_of: date | None = None,
    facts: bool = True,
) -> "pl.DataFrame":
    """One row for each course of a Parquet table, as a Polars frame, with its facts.

    Of a folder: of all the tables in it. Raises BadTable for a table that cannot be used and
    NoValue for a day whose rules are not known.
    """
    import polars as pl

    schema, asked = result_schema(facts), At(at, known_at, settings, rules_of)
    tables = sorted(Path(path).rglob("*.parquet")) if Path(path).is_dir() else [path]
    with tempfile.TemporaryDirectory() as folder:
        batches = [
            rows_told(each, schema)
            for table in tables
            for each in _told(table, asked, Path(folder))
        ]
    frame = pl.from_arrow(pa.Table.from_batches(batches, schema=schema))
    assert isinstance(frame, pl.DataFrame)  # noqa: S101
    return frame


def assess_many(
    path: Path_,
    folder: Path_,
    asked: At,
    *,
    facts: bool = False,
    seen: Seen = lambda entries: None,
) -> dict[str, Any]:
    """Write the assessment table of a registry and its summary into a folder; give the summary.

    Nothing is left in the folder unless everything was written. `seen` is told how many entries
    were read. Raises BadTable, NoValue, and FileExistsError when the folder holds a table already.
    """
    out = Path(folder)
    for name in (TABLE, SUMMARY):
        if (out / name).exists():
            raise FileExistsError(f"{out / name}: found a file of that name already")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".unfinished-") as unfinished:
        work = Path(unfinished)
        summary = {**heading(asked), **write_table(path, work / TABLE, asked, facts, seen)}
        text = json.dumps(summary, ensure_ascii=False, indent=1) + "\n"
        (work / SUMMARY).write_text(text, encoding="utf-8")
        for name in (TABLE, SUMMARY):
            (work / name).replace(out / name)
    return summary


def heading(asked: At) -> dict[str, Any]:
    """What was asked, as a summary begins."""
    given = {"known_at": asked.known_at, "rules_of": asked.rules_of}
    return {
        "format": FORMAT,
        "at": asked.at.isoformat(),
        **{name: moment.isoformat() for name, moment in given.items() if moment is not None},
        "settings": asked.settings.name,
    }


def write_table(
    path: Path_,
    target: Path,
    asked: At,
    facts: bool,
    seen: Seen,
    threads: int | None = None,
) -> dict[str, Any]:
    """Write the assessment table of one file, and give its counts.

    Gathered first, in the folder of the target, where the rows of a course stand apart.
    """
    schema, counts = result_schema(facts), nothing_counted()
    how = {"compression": "zstd", "compression_level": 1, "write_statistics": ["course_id"]}
    with pq.ParquetWriter(target, schema, **how) as writer, ThreadPoolExecutor(1) as beside:
        written = beside.submit(lambda: None)
        for held in _together(path, asked, target.parent, threads, schema, counts, seen):
            written.result()  # one is written while the next is made, and no more than one
            written = beside.submit(writer.write_table, pa.Table.from_batches(held, schema))
        written.result()
    return counts


def _together(
    path: Path_,
    asked: At,
    work: Path,
    threads: int | None,
    schema: pa.Schema,
    counts: dict[str, Any],
    seen: Seen,
) -> Iterator[list[pa.RecordBatch]]:
    """The rows of the result, so many together as stand in one row group; they are counted."""
    held: list[pa.RecordBatch] = []
    for each in _told(path, asked, work, threads):
        held.append(rows_told(each, schema))
        counted(each, counts)
        seen(each.rows)
        if sum(batch.num_rows for batch in held) >= ROWS_TOGETHER:
            yield held
            held = []
    yield held


def _told(path: Path_, asked: At, work: Path, threads: int | None = None) -> Iterator[Told]:
    """The answers of all courses. Rows that stand apart are first put together in a file."""
    table = open_table(put_together(path, work))
    yield from _named(path, told(table, asked, threads))


def put_together(path: Path_, work: Path) -> Path_:
    """The path of the table, or of the same in `work` where the rows of a course stood apart."""
    try:
        together = _stand_together(open_table(path))
    except BadTable as bad:
        raise BadTable(str(path), bad.faults) from None
    return path if together else _gathered(path, work)


def _named(path: Path_, answers: Iterator[Told]) -> Iterator[Told]:
    """The same answers; a fault names the table."""
    try:
        yield from answers
    except BadTable as bad:
        raise BadTable(str(path), bad.faults) from None


def _stand_together(table: Opened) -> bool:
    """Whether the rows of every course stand together: no name begins twice."""
    begun: list[np.ndarray[Any, Any]] = []
    last: str | None = None
    for group in range(table.file.num_row_groups):
        for columns in batches(table, group, ["course_id"]):
            column = columns.of("course_id")
            names = names_at(column, begins_of(column.spread(-1)))
            following = names[len(names) - 1].as_py()
            if names[0].as_py() == last:
                names = names.slice(1)
            last = following
            begun.append(_digests(names))
    every = np.concatenate(begun) if begun else np.zeros(0)
    return len(np.unique(every)) == len(every)


def _digests(names: pa.Array) -> np.ndarray[Any, Any]:
    """A number for each name. Two names with one number only have the table gathered in vain."""
    import polars as pl

    found: np.ndarray[Any, Any] = pl.Series(names).hash().to_numpy()
    return found


def _gathered(path: Path_, work: Path) -> Path:
    """The same table in the order of its courses, written beside the answers. Raises BadTable."""
    import polars as pl

    gathered = work / "gathered.parquet"
    try:
        pl.scan_parquet(Path(path)).sort("course_id").sink_parquet(gathered, row_group_size=200_000)
    except (pl.exceptions.PolarsError, OSError) as error:
        if isinstance(error, OSError) and error.errno == ENOSPC:
            raise
        raise BadTable(str(path), [unreadable("the file", error)]) from None
    return gathered
