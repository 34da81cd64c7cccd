"""How often the long runs repeat, and where a soak writes down what it found."""

import json
import os
from datetime import UTC, datetime
from typing import Any

from tests.project.tree import ROOT

from isocourse.on_screen.machine import machine

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
REPORTS = ROOT / "benchmarks" / "results" / "soak"


def times(sample: int, soak: int) -> int:
    """How many rounds: a few in `make test`, many in `make soak`."""
    return soak if SOAK else sample


def report(name: str, **found: Any) -> None:
    """In a soak: what was done and found, for the page that is made of it."""
    if not SOAK:
        return
    REPORTS.mkdir(parents=True, exist_ok=True)
    here = machine()
    where = [here["processor"].partition(", load")[0], here["system"], here["python"]]
    said = {"on": datetime.now(UTC).date().isoformat(), "machine": ", ".join(where), **found}
    text = json.dumps(said, indent=1, sort_keys=True) + "\n"
    (REPORTS / f"{name}.json").write_text(text, encoding="utf-8")
