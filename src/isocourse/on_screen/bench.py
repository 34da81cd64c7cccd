"""The bench command: how fast isocourse is on this machine, one course and a registry."""

import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from isocourse.on_screen.machine import machine
from isocourse.on_screen.refused import Refused

ROUNDS = 200
_LEAST, _MOST = 100, 10_000_000
_DAY = date(2026, 12, 10)
_STEPS = (100, 10, 1)
"""A registry is taken at a hundredth, a tenth and the whole of its size, to see the cost grow."""
_METHOD = (
    "The shipped examples in turn, each assessed whole; then an invented registry of 40 entries a "
    "course, read from Parquet, verdicts and one bit for each rule written to Parquet."
)


@dataclass(frozen=True, slots=True)
class One:
    """How long one course takes in a running process."""

    courses: int
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Many:
    """How long a registry takes, from file to file."""

    courses: int
    seconds: float
    courses_per_second: float


def bench(courses: int, as_json: bool) -> None:
    """Measure and write. Raises Refused for a size that cannot be measured."""
    if not _LEAST <= courses <= _MOST:
        raise Refused(
            f"--courses: found {courses}, expected {_LEAST:,} to {_MOST:,}; give another number."
        )
    ran_on, screen = machine(), Console(stderr=True)
    sizes = sorted({max(_LEAST, courses // step) for step in _STEPS})
    with Progress(console=screen, disable=not screen.is_terminal, transient=True) as bar:
        task = bar.add_task("measuring", total=1 + len(sizes))
        one = _one_course()
        bar.advance(task)
        many = [_registry(size, lambda: bar.advance(task)) for size in sizes]
    if as_json:
        found = {"one_course": asdict(one), "registry": [asdict(each) for each in many]}
        sys.stdout.write(json.dumps({"machine": ran_on, "method": _METHOD, **found}, indent=1))
        sys.stdout.write("\n")
    else:
        sys.stdout.write(_told(ran_on, one, many))


def _one_course() -> One:
    """Each shipped example assessed in turn, on the first of its days."""
    from isocourse.course import assess
    from isocourse.on_screen.shipped import examples

    held = [(each.course, each.asks[0].at) for each in examples()]
    for course, at in held:  # compiled code and rules are loaded
        assess(course, at)
    taken = []
    gc.collect()
    for number in range(max(ROUNDS, len(held))):
        course, at = held[number % len(held)]
        begun = time.perf_counter()
        assess(course, at)
        taken.append((time.perf_counter() - begun) * 1000)
    return One(len(held), statistics.median(taken), statistics.quantiles(taken, n=20)[-1])


def _registry(courses: int, done: Callable[[], object]) -> Many:
    """An invented registry assessed, from file to file."""
    try:
        from isocourse.course.many.asking import At, ask
        from isocourse.course.many.nobody import nobody
        from isocourse.exchange import many
        from isocourse.exchange.events_table.invented import write_registry
    except ModuleNotFoundError as missing:
        needed = "pip install 'isocourse[batch]'"
        raise Refused(f"Tables need {missing.name}, which is not installed: {needed}") from None
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "events.parquet"
        write_registry(table, courses, _DAY)
        ask(nobody("us"), At(_DAY))  # compiled code is loaded
        begun = time.perf_counter()
        many.assess_many(table, Path(folder) / "out", At(_DAY))
        seconds = time.perf_counter() - begun
    done()
    return Many(courses, seconds, courses / seconds)


def _told(ran_on: dict[str, str], one: One, many: list[Many]) -> str:
    lines = [f"{name:<11}{said}" for name, said in ran_on.items()]
    lines += ["", _METHOD, "", f"{'one course':<20}{'median':>12}{'95 in 100':>12}"]
    named = f"{one.courses} examples"
    lines += [f"{named:<20}{one.median_ms:>9.2f} ms{one.p95_ms:>9.2f} ms", ""]
    lines += [f"{'a registry':<20}{'seconds':>12}{'a second':>12}{'µs each':>12}"]
    for each in many:
        size = f"{each.courses:,} courses"
        micros = each.seconds / each.courses * 1_000_000
        lines.append(
            f"{size:<20}{each.seconds:>12.2f}{each.courses_per_second:>12,.0f}{micros:>12.1f}"
        )
    return "\n".join(lines) + "\n"
