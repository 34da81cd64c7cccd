"""Timing: many runs, the middle one and a slow one, and the machine they ran on."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Timing:
    """How long something took, in seconds, over its runs."""

    name: str
    runs: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return statistics.median(self.runs)

    @property
    def slow(self) -> float:
        """The 95th percentile."""
        return sorted(self.runs)[int(0.95 * (len(self.runs) - 1))]


def timed(name: str, run: Callable[[], object], times: int, warm: int = 3) -> Timing:
    """A function called so many times, after a few calls that do not count."""
    for _ in range(warm):
        run()
    runs = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        runs.append(time.perf_counter() - begun)
    return Timing(name, tuple(runs))


def command(*words: str) -> Callable[[], object]:
    """A command in a process of its own, which has to succeed."""
    return lambda: subprocess.run(words, check=True, capture_output=True)  # noqa: S603


def machine() -> str:
    """What this ran on."""
    model = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [x for x in info.read_text().splitlines() if x.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {python}"
