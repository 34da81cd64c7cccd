"""Timing: peers take turns, so that a busy machine slows each of them alike."""

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Run = Callable[[], object]


@dataclass(frozen=True)
class Timing:
    """How long something took, in seconds, over its runs."""

    name: str
    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the runs took no longer."""
        return statistics.median(self.runs)

    @property
    def p95(self) -> float:
        """Nineteen runs in twenty took no longer."""
        return sorted(self.runs)[-(-95 * len(self.runs) // 100) - 1]

    @property
    def a_second(self) -> float:
        """How many runs fit into a second, slow ones included."""
        return len(self.runs) / sum(self.runs)


def in_turns(peers: Mapping[str, Run], rounds: int, warm: int = 2, ahead: int = 0) -> list[Timing]:
    """Each peer called in every round, after rounds that do not count.

    In a round `ahead` calls go before the one that counts: the peer before has filled the
    processor's caches with its own code, and a service that runs does the same thing again.
    """
    runs: dict[str, list[float]] = {name: [] for name in peers}
    for number in range(warm + rounds):
        for name, run in peers.items():
            for _ in range(ahead):
                run()
            begun = time.perf_counter()
            run()
            taken = time.perf_counter() - begun
            if number >= warm:
                runs[name].append(taken)
    return [Timing(name, tuple(held)) for name, held in runs.items()]


def process(*words: str) -> Run:
    """A command in a process of its own, which has to succeed."""
    return lambda: subprocess.run(words, check=True, capture_output=True)  # noqa: S603
