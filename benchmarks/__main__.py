"""Measure an assessment beside named peers, in one run on one machine. Prints; asserts nothing.

Method: every number is the median (and the 95th percentile) of many runs in one process after a
few that do not count; commands run in processes of their own. Peers: `json` with `jsonschema`
reads and validates the same file; the plain replay in `tests/agree` makes the same facts.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from typing import Any

import jsonschema
from tests.agree.replay import replay

from benchmarks.measuring import Timing, command, machine, timed
from isocourse.course import assess
from isocourse.course.worked import patients
from isocourse.events import course_schema, read_course

ASKED = {"us": date(2026, 12, 12)}
OTHERWISE = date(2026, 3, 3)
SIZES = (10, 100, 1000, 10_000)


def _texts() -> list[tuple[str, str]]:
    return [(str(file["place"]), json.dumps(file)) for file in patients().values()]


def one_course() -> Iterator[Timing]:
    """Reading and assessing one course in a running process, and what peers need for less."""
    texts = _texts()
    courses = [(read_course(text), ASKED.get(place, OTHERWISE)) for place, text in texts]
    validator = jsonschema.Draft202012Validator(course_schema())
    each_text, each_course, again, also = map(cycle, (texts, courses, texts, courses))
    yield timed("isocourse: assess a course", lambda: assess(*next(each_course)), 400)
    yield timed("isocourse: read a course file", lambda: read_course(next(each_text)[1]), 400)
    yield timed(
        f"json + jsonschema {version('jsonschema')}: validate the file",
        lambda: list(validator.iter_errors(json.loads(next(again)[1]))),
        50,
    )
    yield timed("plain replay: the same facts, no verdict", lambda: replay(*next(also)), 50)


def growing() -> Iterator[Timing]:
    """An assessment of a course with more and more entries."""
    for size in SIZES:
        file = _longer(size)
        course = read_course(json.dumps(file))
        yield timed(f"isocourse: assess {size} entries", lambda c=course: assess(c, OTHERWISE), 9)


def _longer(size: int) -> dict[str, Any]:
    file = json.loads(json.dumps(patients()["uk-man"]))
    first = date(2000, 1, 1)
    file["events"] += [
        {
            "id": f"more-{number}",
            "at": (first + timedelta(days=number % 9000)).isoformat(),
            "kind": "weight",
            "value": 60 + number % 20,
            "unit": "kg",
        }
        for number in range(size - len(file["events"]))
    ]
    return file


def commands() -> Iterator[Timing]:
    """Whole commands, each in a process of its own."""
    program = str(Path(sys.executable).parent / "isocourse")
    shipped = Path(__file__).parent.parent / "src" / "isocourse" / "examples" / "patients"
    file = str(shipped / "uk-man.course.json")
    yield timed("isocourse --help", command(program, "--help"), 7, warm=1)
    asked = (program, "assess", file, "--at", OTHERWISE.isoformat(), "--json")
    yield timed("isocourse assess, from a cold start", command(*asked), 5, warm=1)


def main() -> None:
    """Print every measurement with its ratio to the first of its group."""
    print(f"{machine()}\n{(__doc__ or '').strip()}\n")
    for group in (one_course, growing, commands):
        print(f"{(group.__doc__ or '').splitlines()[0]}")
        first: Timing | None = None
        for timing in group():
            first = first or timing
            ratio = timing.middle / first.middle
            print(
                f"  {timing.name:<58} {timing.middle * 1000:9.2f} ms"
                f"  p95 {timing.slow * 1000:9.2f} ms  x{ratio:.2f}"
            )
        print()


if __name__ == "__main__":
    main()
