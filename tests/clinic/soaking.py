"""How often the long runs repeat, and where a soak writes down what it found."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tests.project.tree import ROOT

from isocourse.on_screen.machine import machine

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
MINUTES = "ISOCOURSE_SOAK_MINUTES"
REPORTS = ROOT / "benchmarks" / "results" / "soak"


def times(sample: int, soak: int) -> int:
    """How many rounds: a few in `make test`, many in `make soak`."""
    return soak if SOAK else sample


def rounds(sample: int, soak: int) -> Iterator[int]:
    """The same, one after the other; a soak may be told after how many minutes to begin no more."""
    minutes = float(os.environ.get(MINUTES, "inf"))
    end = time.monotonic() + 60 * minutes
    for number in range(times(sample, soak)):
        if time.monotonic() > end:
            return
        yield number


def earlier(name: str) -> list[dict[str, Any]]:
    """What soaks found before: none is thrown away."""
    file = REPORTS / f"{name}.json"
    return json.loads(file.read_text("utf-8"))["runs"] if file.exists() else []


def report(name: str, **found: Any) -> None:
    """In a soak: what was done and found, beside what was before, for the page made of it."""
    if not SOAK:
        return
    REPORTS.mkdir(parents=True, exist_ok=True)
    here = machine()
    where = [here["processor"].partition(", load")[0], here["system"], here["python"]]
    said = {"on": datetime.now(UTC).date().isoformat(), "machine": ", ".join(where), **found}
    text = json.dumps({"runs": [*earlier(name), said]}, indent=1, sort_keys=True) + "\n"
    (REPORTS / f"{name}.json").write_text(text, encoding="utf-8")
