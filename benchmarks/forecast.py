"""Forecasts for patients whose truth is known, and their speed: `python -m benchmarks.forecast`.

Calibration: synthetic patients are drawn from the population, treated, and observed as in a clinic
at three visits. Where the truth stands among their twins is even from 0 to 1 if forecasts are
honest (simulation-based calibration), and bands of 50 and 90 % hold so many; `later` is what is
observed two months after the last visit that the twins were told of. Speed: a forecast of an
example course from the file to every regimen, twins found anew.
"""

import argparse
import json
import time
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats
from tests.models.synthetic import tried

from isocourse.course.forecasting import forecast
from isocourse.events import read_course
from isocourse.models.parameters import parameters
from isocourse.on_screen.machine import machine

COURSE, DAY = "us-man.course.json", date(2026, 12, 10)


def main() -> None:
    """Print the tables, and write them where asked."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.forecast", description=__doc__)
    wanted.add_argument("--out", type=Path, metavar="FILE")
    wanted.add_argument("--patients", type=int, default=200)
    wanted.add_argument("--people", type=int, default=1024)
    given = wanted.parse_args()
    print("\n".join(f"{name:<10}{said}" for name, said in machine().items()))
    rows = [*_calibrated(given.patients, given.people), *map(_speed, (2_000, 10_000))]
    if given.out is not None:
        text = json.dumps({"machine": machine(), "method": __doc__, "rows": rows}, indent=1)
        given.out.write_text(text + "\n", encoding="utf-8")


def _calibrated(patients: int, people: int) -> list[dict[str, Any]]:
    found: dict[str, list[float]] = {}
    for number in range(patients):
        each = tried(parameters(), number, people)
        for name, rank in (each.ranks | {f"later {k}": v for k, v in each.later.items()}).items():
            found.setdefault(name, []).append(rank)
    print(f"\n{patients} patients{'':<24}{'in 50 %':>9}{'in 90 %':>9}{'even, p':>9}")
    rows = []
    for name, ranks in found.items():
        inside = [float(np.mean(np.abs(np.array(ranks) - 0.5) <= b / 2)) for b in (0.5, 0.9)]
        even = float(stats.kstest(ranks, "uniform").pvalue)
        print(f"  {name:<34}{inside[0]:>9.1%}{inside[1]:>9.1%}{even:>9.2f}")
        rows.append({"name": name, "50": inside[0], "90": inside[1], "p": even})
    return rows


def _speed(people: int) -> dict[str, Any]:
    text = (files("isocourse") / "examples" / "patients" / COURSE).read_text(encoding="utf-8")
    course = read_course(text)
    forecast(course, DAY, people=people)
    begun, worked = time.perf_counter(), time.process_time()
    made = forecast(course, DAY, people=people)
    wall, processor = time.perf_counter() - begun, time.process_time() - worked
    print(
        f"\n{people:,} twins, {len(made.outlooks)} regimens: {wall:.2f} s, processor "
        f"{processor:.2f} s, twins counted at once {made.twins.counted:.0f}"
    )
    return {"name": f"{people} twins", "seconds": wall, "processor": processor}


if __name__ == "__main__":
    main()
