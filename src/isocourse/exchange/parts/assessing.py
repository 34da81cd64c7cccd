"""A registry in a folder of files, assessed part by part."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from isocourse import __version__
from isocourse.course.many.asking import At
from isocourse.exchange.events_table.refusing import BadTable, Fault
from isocourse.exchange.events_table.result import counts_together
from isocourse.exchange.many import heading, write_table
from isocourse.exchange.parts.doing import Numbers, Run, Seen, counts_of, finish, opened
from isocourse.exchange.parts.part import Part, parts_of, with_what_folders_say
from isocourse.exchange.parts.where import Where, here

TABLE = "assessment"
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Assessing:
    """One part of a registry, from entries to assessments."""

    asked: At
    facts: bool = False
    threads: int | None = None

    @property
    def table(self) -> str:
        """The folder of its results."""
        return TABLE

    def __call__(self, part: Part, target: Path, seen: Seen) -> Numbers:
        """Write the assessment table of a part, and give its counts."""
        path = with_what_folders_say(part, target.parent)
        try:
            return write_table(path, target, self.asked, self.facts, seen, self.threads)
        except BadTable as bad:
            raise BadTable(part.path, bad.faults) from None


def assess_parts(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str],
    asked: At,
    *,
    facts: bool = False,
    where: Where = here,
    seen: Seen = lambda entries: None,
) -> dict[str, Any]:
    """Assess every file of a registry in a folder, or those that an earlier run left; the summary.

    What is done stays, whatever happens to the rest: the same call goes on with it. `where` says
    on which machines; the answer is the same to the byte. `seen` is told how many entries were
    read. Raises BadTable, NoValue, and Elsewhere when `out` holds something else.
    """
    work = Assessing(asked, facts, None if where is here else 1)
    parts = parts_of(folder)
    question = {**heading(asked), "facts": facts, "isocourse": __version__}
    run = Run(work, parts, Path(out), question)
    with opened(run) as left:
        seen(sum(part.rows for part in parts) - sum(part.rows for part in left))
        where(run, left, seen)
        faults = list(_in_two_parts(run))
        if faults:
            raise BadTable(str(folder), faults)
        counts = counts_together(_counts(run))
        summary = {**heading(asked), "parts": len(parts), **counts}
        finish(run, summary)
    return summary


def _counts(run: Run) -> Iterator[Numbers]:
    for part in run.parts:
        found = counts_of(run.out, part)
        assert found is not None  # noqa: S101
        yield found["counts"]


def _in_two_parts(run: Run) -> Iterator[Fault]:
    """Every course whose rows stand in two files: each would be told of half a course."""
    digests, of_part = [], []
    for number, part in enumerate(run.parts):
        names = pq.read_table(run.out / TABLE / part.name, columns=["course_id"]).column(0)
        found = _digests(names)
        digests.append(found)
        of_part.append(np.full(len(found), number, np.int32))
    every, parts = np.concatenate(digests), np.concatenate(of_part)
    order = np.argsort(every, kind="stable")
    twice = np.flatnonzero(every[order][1:] == every[order][:-1])
    for one, other in zip(order[twice][:_NAMED], order[twice + 1][:_NAMED], strict=True):
        yield from _fault(
            run, [(int(parts[n]), int(n - np.argmax(parts == parts[n]))) for n in (one, other)]
        )


def _fault(run: Run, places: Sequence[tuple[int, int]]) -> Iterator[Fault]:
    names = [_name(run, part, row) for part, row in places]
    if names[0] != names[1]:  # two names with one digest
        return
    first, second = (run.parts[part].name for part, _ in places)
    yield Fault(
        f"course {names[0]}",
        f"its rows in {first} and in {second}",
        "all rows of a course in one file",
        "put them together",
    )


def _name(run: Run, part: int, row: int) -> str:
    table = pq.read_table(run.out / TABLE / run.parts[part].name, columns=["course_id"])
    return str(table.column(0)[row].as_py())


def _digests(names: pa.ChunkedArray) -> Any:
    import polars as pl

    return pl.Series(names).hash().to_numpy()
