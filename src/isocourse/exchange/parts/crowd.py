"""A virtual trial of any size: people arm by arm and part by part, a row for each person."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from isocourse import __version__
from isocourse.exchange.parts.doing import Numbers, Run, Seen, finish, opened
from isocourse.exchange.parts.part import Part
from isocourse.exchange.parts.where import Where, here
from isocourse.models import read_trial
from isocourse.models.outcomes import Columns
from isocourse.models.parameters import parameters
from isocourse.models.running import Course
from isocourse.models.trial import figures_of, some_of
from isocourse.models.trial_file import ArmPart, OutcomePart, TrialFile

TABLE = "people"
FORMAT = "isocourse.trial-people/1"
TOGETHER = 102_400
"""People in a part: a hundred batches of draws."""
_AT_ONCE = 10_240
_OF_PERSON = ("weight", "age", "male")


@dataclass(frozen=True, slots=True)
class Crowd:
    """Some people of one arm, from drawing to outcomes."""

    text: bytes  # the trial file
    seed: int = 1
    threads: int | None = None

    @property
    def table(self) -> str:
        """The folder of its results."""
        return TABLE

    def __call__(self, part: Part, target: Path, seen: Seen) -> Numbers:
        """Write a row for each person of a part."""
        file = read_trial(self.text, part.path)
        said = dict(part.said)
        arm = next(each for each in file.arm if each.name == said["arm"])
        first, writer = int(said["first"]), None
        for begin in range(first, first + part.rows, _AT_ONCE):
            count = min(_AT_ONCE, first + part.rows - begin)
            table = _table(file, arm, self.seed, begin, count, self.threads)
            if writer is None:
                writer = pq.ParquetWriter(target, table.schema, compression="zstd")
            writer.write_table(table)
            seen(count)
        assert writer is not None  # noqa: S101
        writer.close()
        return {"people": part.rows}


def _table(
    file: TrialFile, arm: ArmPart, seed: int, first: int, count: int, threads: int | None
) -> pa.Table:
    course = some_of(file, arm, seed, parameters(), first, count, threads)
    made: dict[str, Any] = {
        "arm": pa.array([arm.name] * count, pa.dictionary(pa.int32(), pa.string())),
        "person": np.arange(first, first + count, dtype=np.int64),
    }
    made |= {name: course.people[name] for name in _OF_PERSON}
    made["taken_mg"] = course.taken_mg
    for number, asked in enumerate(file.outcome):
        mine = arm.name in (asked.arm, asked.ratio_to)
        columns = figures_of(asked, course if mine else _one(file, asked.arm, seed)).columns
        for nth, column in enumerate(columns):
            values = np.asarray(column, np.float64) if mine else pa.nulls(count, pa.float64())
            made[f"{name_of(number, asked)}.{nth}"] = values
    return pa.table(made)


def _one(file: TrialFile, arm: str, seed: int) -> Course:
    """The first person of an arm: which columns an outcome has."""
    return some_of(file, _arm(file, arm), seed, parameters(), 0, 1, 1)


def name_of(number: int, asked: OutcomePart) -> str:
    """The column of an outcome: its number in the file, its quantity, and when."""
    at = asked.at.model_dump(exclude_none=True)
    when = "_".join(f"{key}_{value:g}" for key, value in at.items()) or "single"
    return f"outcome_{number + 1}.{asked.quantity}.{when}"


def parts_of_trial(file: TrialFile, name: str, text: bytes, people: int) -> Sequence[Part]:
    """The people of every arm, in parts."""
    seal = hashlib.blake2b(text, digest_size=12).hexdigest()
    return [
        Part(
            f"arm-{number + 1:02}-{first // TOGETHER:05}.parquet",
            name,
            f"{seal}-{people}",
            min(TOGETHER, people - first),
            (("arm", arm.name), ("first", str(first))),
        )
        for number, arm in enumerate(file.arm)
        for first in range(0, people, TOGETHER)
    ]


def run_crowd(
    text: bytes,
    name: str,
    people: int,
    out: str | os.PathLike[str],
    *,
    seed: int = 1,
    where: Where = here,
    seen: Seen = lambda people: None,
) -> dict[str, Any]:
    """Run so many people through every arm, in parts; the figure of each outcome over them all.

    A run that was ended goes on with the parts that are left. Raises BadTrial and Elsewhere.
    """
    file = read_trial(text, name)
    work = Crowd(text, seed, None if where is here else 1)
    parts = parts_of_trial(file, name, text, people)
    question = {
        "format": FORMAT,
        "trial": file.title,
        "file": hashlib.sha256(text).hexdigest(),
        "people": people,
        "seed": seed,
        "isocourse": __version__,
    }
    run = Run(work, parts, Path(out), question)
    with opened(run) as left:
        seen(sum(part.rows for part in parts) - sum(part.rows for part in left))
        where(run, left, seen)
        outcomes = [_figure(run, file, n, each) for n, each in enumerate(file.outcome)]
        summary = {**question, "outcomes": outcomes}
        finish(run, summary)
    return summary


def _figure(run: Run, file: TrialFile, number: int, asked: OutcomePart) -> dict[str, Any]:
    """An outcome over everybody who was run."""
    found = _over(run, file, number, asked, asked.arm)
    if asked.ratio_to is not None:
        against = _over(run, file, number, asked, asked.ratio_to)
        found = found / against if against else float("nan")
    return {
        "arm": asked.arm,
        "quantity": asked.quantity,
        "at": asked.at.model_dump(exclude_unset=True),
        "predicted": float(f"{found:.6g}") if np.isfinite(found) else None,
        "observed": asked.observed,
        "band": asked.band,
        **({} if asked.ratio_to is None else {"ratio_to": asked.ratio_to}),
    }


def _over(run: Run, file: TrialFile, number: int, asked: OutcomePart, arm: str) -> float:
    """A statistic over all people of an arm, one column at a time."""
    of = [run.out / TABLE / p.name for p in run.parts if dict(p.said)["arm"] == arm]
    begins = f"{name_of(number, asked)}."
    names = [n for n in pq.read_schema(of[0]).names if n.startswith(begins)]
    columns = tuple(pl.read_parquet(of, columns=[name])[name].to_numpy() for name in names)
    statistic = figures_of(asked, _one(file, arm, 1)).statistic
    return float(Columns(statistic, columns).figure())


def _arm(file: TrialFile, name: str) -> ArmPart:
    return next(each for each in file.arm if each.name == name)
