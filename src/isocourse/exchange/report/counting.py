"""What a report counts: shares of verdicts, rules that block, stages, gaps, and what changed.

All of it is read lazily, a column at a time: a report needs no more memory for a nation.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from isocourse.rules import rules

TABLE, SUMMARY = "assessment", "summary.json"
ACTIONS = ("prescribe", "dispense")
"""Of the gates, those that are asked anew each month."""
BLOCKED = "blocked"
GAP_DAYS = (1, 8, 15, 29)
"""A gap of so many days or more is counted: any, more than one, two and four weeks."""


class NoRegistry(ValueError):
    """A folder that holds no assessed registry; the text says what was found."""


@dataclass(frozen=True)
class Registry:
    """An assessed registry: what was asked, and a row for each course."""

    asked: dict[str, Any]
    rows: pl.LazyFrame

    @property
    def courses(self) -> int:
        """How many courses there are."""
        return int(self.asked["courses"])


def registry(folder: str | os.PathLike[str]) -> Registry:
    """What assess-many has written into a folder. Raises NoRegistry."""
    root = Path(folder)
    try:
        asked = json.loads((root / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NoRegistry(
            f"{root}: found no {SUMMARY}, expected the folder of a finished assess-many; "
            "run it to its end first."
        ) from None
    whole = root / f"{TABLE}.parquet"
    found = [whole] if whole.exists() else sorted((root / TABLE).rglob("*.parquet"))
    if not found:
        raise NoRegistry(f"{root}: found no table, expected {TABLE}.parquet; assess again.")
    return Registry(asked, pl.scan_parquet(found, hive_partitioning=False))


def verdicts(held: Registry, action: str) -> pl.DataFrame:
    """place, verdict, courses: what is said of an action."""
    columns = ["place", pl.col(action).cast(pl.String).alias("verdict")]
    return _counted(held.rows.select(columns), "place", "verdict")


def stages(held: Registry) -> pl.DataFrame:
    """place, stage, courses."""
    return _counted(held.rows.select("place", pl.col("stage").cast(pl.String)), "place", "stage")


def _counted(rows: pl.LazyFrame, *by: str) -> pl.DataFrame:
    return rows.group_by(by).agg(pl.len().alias("courses")).sort(by).collect(engine="streaming")


def blockers(action: str) -> Sequence[str]:
    """The rules that can close an action."""
    return [n for n, each in rules().items() if each.effect == "blocks" and action in each.actions]


def blocked_by(held: Registry, action: str) -> pl.DataFrame:
    """rule, place, courses, alone: where each rule closes an action, and where nothing else does.

    Of the courses that are blocked; a rule that closes none is left out.
    """
    names = blockers(action)
    bits = [pl.col(name).fill_null(value=False) for name in names]
    shut = held.rows.filter(pl.col(action) == BLOCKED).with_columns(
        pl.sum_horizontal(bits).alias("_reasons")
    )
    sums = [bit.sum().alias(name) for bit, name in zip(bits, names, strict=True)]
    alone = [
        (bit & (pl.col("_reasons") == 1)).sum().alias(f"alone {name}")
        for bit, name in zip(bits, names, strict=True)
    ]
    wide = shut.group_by("place").agg(*sums, *alone).sort("place").collect(engine="streaming")
    long = wide.unpivot(names, index="place", variable_name="rule", value_name="courses")
    other = wide.unpivot(
        [f"alone {name}" for name in names], index="place", variable_name="rule", value_name="alone"
    ).with_columns(pl.col("rule").str.strip_prefix("alone "))
    joined = long.join(other, on=("place", "rule"), how="left").filter(pl.col("courses") > 0)
    told = joined.select("rule", "place", "courses", "alone")
    return told.sort("courses", "rule", "place", descending=[True, False, False])


def gaps(events: str | os.PathLike[str]) -> pl.DataFrame:
    """place, courses, and for each length of GAP_DAYS the courses with such a gap.

    A gap is the days from the end of what was handed over until capsules are handed over again;
    capsules left over are used up first. Hand-overs that were taken back do not count, nor do those
    of an earlier course. A treatment that ended is no gap.
    """
    paths = Path(events)
    found = sorted(paths.rglob("*.parquet")) if paths.is_dir() else [paths]
    rows = pl.scan_parquet(found, hive_partitioning=paths.is_dir())
    held = rows.collect_schema().names()
    if "earlier" in held:  # each course of a person counts its entries from 0
        rows = rows.filter(pl.col("earlier").is_null())
    given = rows.filter(pl.col("kind").cast(pl.String) == "dispense")
    if "retracts" in held:
        back = rows.filter(pl.col("retracts").is_not_null())
        back = back.select("course_id", pl.col("retracts").alias("order"))
        given = given.join(back, on=("course_id", "order"), how="anti")
    day = pl.col("at").cast(pl.Int32)
    before = pl.col("days").cum_sum() - pl.col("days")
    ends = given.select(
        pl.col("course_id"),
        pl.col("place").cast(pl.String),
        day.alias("day"),
        # each supply begins when it is handed over or when the ones before are used up
        _of_course(pl.col("days").cum_sum() + (day - before).cum_max()).alias("end"),
        pl.col("at"),
        pl.col("order"),
    )
    lasting = pl.col("day") - _of_course(pl.col("end").shift(1))
    longest = (
        ends.with_columns(lasting.alias("gap"))
        .group_by("course_id")
        .agg(pl.col("place").first(), pl.col("gap").max().fill_null(0))
    )
    counts = [(pl.col("gap") >= days).sum().alias(f"{days}") for days in GAP_DAYS]
    by_place = longest.group_by("place").agg(pl.len().alias("courses"), *counts)
    return by_place.sort("place").collect(engine="streaming")


def _of_course(expression: pl.Expr) -> pl.Expr:
    """The same within each course, hand-over after hand-over."""
    return expression.over("course_id", order_by=["at", "order"])


def changed(one: Registry, other: Registry, action: str) -> pl.DataFrame:
    """place, before, after, courses: what is said of an action in two assessments of the courses.

    Raises NoRegistry when they are not of the same courses.
    """
    both = _named(one, action, "before").join(
        _named(other, action, "after").drop("place"), on="course_id", how="full", coalesce=True
    )
    odd = both.filter(pl.col("before").is_null() | pl.col("after").is_null())
    lacking = odd.select("course_id").head(1).collect(engine="streaming")
    if len(lacking):
        raise NoRegistry(
            f"course {lacking.item()}: found it in one of the two registries, expected the same "
            "courses in both; assess one table twice."
        )
    return _counted(both.select("place", "before", "after"), "place", "before", "after")


def _named(held: Registry, action: str, name: str) -> pl.LazyFrame:
    return held.rows.select("course_id", "place", pl.col(action).cast(pl.String).alias(name))
