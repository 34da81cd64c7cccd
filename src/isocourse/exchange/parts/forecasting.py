"""Forecasts of a registry: a row for each course and regimen, part by part."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from isocourse import __version__
from isocourse.course.forecasting import (
    Forecast,
    Outlook,
    basis,
    possible,
    regimens,
    under,
    written,
)
from isocourse.course.settings import DEFAULT, Settings
from isocourse.events import Course
from isocourse.events.moments import Moment
from isocourse.exchange.events_table.courses import courses
from isocourse.exchange.events_table.opening import open_table
from isocourse.exchange.events_table.refusing import BadTable
from isocourse.exchange.many import put_together
from isocourse.exchange.parts.doing import Numbers, Run, Seen, counts_of, finish, opened
from isocourse.exchange.parts.part import Part, parts_of, with_what_folders_say
from isocourse.exchange.parts.where import Where, here
from isocourse.models.quantities import RELAPSE
from isocourse.models.summary import QUANTILES

TABLE = "forecast"
FORMAT = "isocourse.forecast-table/1"
LESIONS = ("comedones", "papules_pustules", "nodules")
LIMITS = (
    "triglycerides_lower_dose",
    "triglycerides_most",
    "alt_raised",
    "alt_repeat",
    "alt_grave",
)
DRYNESS = ("cheilitis", "dry_skin", "dry_eyes", "nosebleed")
_TOGETHER = 5_000
_COUNTS = ("courses", "rows", "no_regimen", "not_possible")


def forecast_schema() -> pa.Schema:
    """The columns of the forecast table. Shares are of twins, from 0 to 1."""
    fields = [("course_id", pa.string()), ("place", pa.string()), ("week", pa.int32())]
    fields += [("observations", pa.int32()), ("disagrees", pa.int32())]
    fields += [("supposed", pa.list_(pa.string())), ("regimen", pa.string())]
    fields += [
        ("not_possible", pa.string()),
        ("ends", pa.date32()),
        ("mg_per_day", pa.float64()),
        ("capsules", pa.int32()),
    ]
    fields += [("cumulative_mg_per_kg", pa.float64()), ("chance_of_gap", pa.float64())]
    fields += [(f"weeks_to_clear.{share}", pa.float64()) for share in (25, 50, 75)]
    fields += [(f"{n}.at_end.{round(q * 100)}", pa.float64()) for n in LESIONS for q in QUANTILES]
    fields += [(f"over.{name}", pa.float64()) for name in LIMITS]
    fields += [(f"dry.{name}", pa.float64()) for name in DRYNESS]
    fields += [(f"relapse.{_short(name)}", pa.float64()) for name in RELAPSE]
    return pa.schema(fields, metadata={"format": FORMAT})


class BadRegimen(ValueError):
    """A regimen that is not written as one; the text says what was expected."""


def _short(name: str) -> str:
    """The definition of relapse that a share stands for: any, systemic or second_course."""
    return name.removeprefix("relapse_").removesuffix("_share")


@dataclass(frozen=True, slots=True)
class Forecasting:
    """One part of a registry, from entries to forecasts."""

    at: Moment
    known_at: Moment | None = None
    settings: Settings = DEFAULT
    wished: tuple[str, ...] = ()
    people: int = 1_000
    seed: int = 1
    threads: int | None = None

    @property
    def table(self) -> str:
        """The folder of its results."""
        return TABLE

    def __call__(self, part: Part, target: Path, seen: Seen) -> Numbers:
        """Write the forecast table of a part, and give its counts."""
        path = put_together(with_what_folders_say(part, target.parent), target.parent)
        schema, counts = forecast_schema(), dict.fromkeys(_COUNTS, 0)
        held: list[dict[str, Any]] = []
        with pq.ParquetWriter(target, schema, compression="zstd") as writer:
            try:
                for course in courses(open_table(path)):
                    made, cannot = self._of(course)
                    rows = list(_rows(made, cannot))
                    counts["courses"] += 1
                    counts["rows"] += len(rows)
                    counts["no_regimen"] += not made.outlooks
                    counts["not_possible"] += len(cannot)
                    held += rows
                    seen(len(course.events))
                    if len(held) >= _TOGETHER:
                        writer.write_table(pa.Table.from_pylist(held, schema))
                        held.clear()
            except BadTable as bad:
                raise BadTable(part.path, bad.faults) from None
            writer.write_table(pa.Table.from_pylist(held, schema))
        return counts

    def _of(self, course: Course) -> tuple[Forecast, dict[str, str]]:
        """The forecast of one course, and why it cannot have what it cannot have."""
        of = basis(
            course, self.at, known_at=self.known_at, settings=self.settings,
            people=self.people, seed=self.seed,
        )  # fmt: skip
        can, cannot = possible(of.seen, self.wished)
        compared = regimens(of.seen, can)
        return under(of, compared), cannot if compared else {}


def _rows(made: Forecast, cannot: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A row for each regimen; one without a regimen where none is forecast.

    What was wished and cannot be has a row with the reason and nothing else.
    """
    of_course = {
        "course_id": made.course_id,
        "place": made.place,
        "week": made.week,
        "observations": len(made.seen.observed),
        "disagrees": len(made.disagrees),
        "supposed": list(made.seen.supposed),
    }
    if not made.outlooks:
        yield of_course
    for each in made.outlooks:
        yield of_course | _row(each)
    for text, why in cannot.items():
        yield of_course | {"regimen": f"typed-{text.strip()}", "not_possible": why}


def _row(each: Outlook) -> dict[str, Any]:
    weekly, end = each.weekly, max(-(-each.whole_days // 7) - 1, 0)
    return {
        "regimen": each.regimen.key,
        "ends": each.ends,
        "mg_per_day": each.cumulative_mg / each.whole_days if each.whole_days else None,
        "capsules": each.capsules,
        "cumulative_mg_per_kg": each.cumulative_mg_per_kg,
        "chance_of_gap": each.chance_of_gap,
        **dict(
            zip((f"weeks_to_clear.{n}" for n in (25, 50, 75)), each.weeks_to_clear, strict=True)
        ),
        **{
            f"{name}.at_end.{round(q * 100)}": float(weekly.quantiles[name][k, end])
            for name in LESIONS
            for k, q in enumerate(QUANTILES)
        },
        **{f"over.{name}": float(weekly.over[name][-1]) for name in LIMITS},
        **{f"dry.{name}": float(weekly.dry_by[name][-1]) for name in DRYNESS},
        **{f"relapse.{_short(name)}": weekly.relapse[name] for name in RELAPSE},
    }


def forecast_parts(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str],
    work: Forecasting,
    *,
    where: Where = here,
    seen: Seen = lambda entries: None,
) -> dict[str, Any]:
    """Forecast every course of a registry in a folder, or of the parts that were left.

    A row for each course and regimen. Raises BadTable, NoValue, Elsewhere, and BadRegimen for what
    is not written as a regimen.
    """
    for text in work.wished:
        try:
            written(text)
        except ValueError as bad:
            raise BadRegimen(str(bad)) from None
    parts = parts_of(folder)
    question = {
        "format": FORMAT,
        "at": work.at.isoformat(),
        "known_at": None if work.known_at is None else work.known_at.isoformat(),
        "settings": work.settings.name,
        "wished": list(work.wished),
        "people": work.people,
        "seed": work.seed,
        "isocourse": __version__,
    }
    run = Run(work, parts, Path(out), question)
    with opened(run) as left:
        seen(sum(part.rows for part in parts) - sum(part.rows for part in left))
        where(run, left, seen)
        counts = dict.fromkeys(_COUNTS, 0)
        for part in parts:
            found = counts_of(run.out, part)
            assert found is not None  # noqa: S101
            for name in _COUNTS:
                counts[name] += found["counts"][name]
        summary = {**question, "parts": len(parts), **counts}
        finish(run, summary)
    return summary
