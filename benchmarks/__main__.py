"""Measure isocourse beside named peers, in one run on one machine. Prints, and asserts no time.

Method: in every round each peer is called once on the same course, after rounds that do not count;
given are the median and the 95th percentile of the rounds, and the median as a multiple of that of
the first peer of the table. The shipped base courses are taken in turn. Nothing is written but
with --out FILE, which gets the same numbers as JSON.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.commands import commands
from benchmarks.growing import growing
from benchmarks.measuring import Timing
from benchmarks.one_course import one_course
from isocourse.events import course_schema
from isocourse.on_screen.machine import machine

Row = dict[str, Any]


def main() -> None:
    """Print every table, and write them where asked."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    wanted.add_argument("--out", type=Path, metavar="FILE", help="write the numbers as JSON")
    out = wanted.parse_args().out
    where = machine()
    print("\n".join(f"{name:<10}{said}" for name, said in where.items()))
    print(f"\n{(__doc__ or '').strip()}")
    tables = {"one course, running process": table("one course, running process", one_course())}
    for size, timings in growing():
        title = f"{size} entries"
        tables[title] = table(title, timings, per=size)
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "course.schema.json"
        schema.write_text(json.dumps(course_schema()), encoding="utf-8")
        tables["fresh process"] = table("fresh process", commands(schema))
    if out is not None:
        said = {"machine": where, "method": (__doc__ or "").strip(), "tables": tables}
        out.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def table(title: str, timings: Iterable[Timing], per: int | None = None) -> list[Row]:
    """Print a table, its first peer the measure of the others, and give its rows."""
    held = list(timings)
    last = "a second" if per is None else "µs an entry"
    print(f"\n{title:<44}{'median ms':>11}{'p95 ms':>11}{'ratio':>9}{last:>13}")
    rows = [row(each, held[0], per) for each in held]
    for each in rows:
        print(
            f"  {each['name']:<42}{each['median_ms']:>11.3f}{each['p95_ms']:>11.3f}"
            f"{each['ratio']:>8.2f}x{each[last]:>13,.1f}"
        )
    return rows


def row(timing: Timing, measure: Timing, per: int | None) -> Row:
    """One line of a table: milliseconds, the multiple of the measure, and how many fit."""
    last = (
        {"a second": timing.a_second}
        if per is None
        else {"µs an entry": timing.median * 1_000_000 / per}
    )
    return {
        "name": timing.name,
        "runs": len(timing.runs),
        "median_ms": timing.median * 1000,
        "p95_ms": timing.p95 * 1000,
        "ratio": timing.median / measure.median,
        **last,
    }


if __name__ == "__main__":
    main()
