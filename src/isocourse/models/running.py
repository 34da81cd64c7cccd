"""Run people through a regimen on every core; the answer does not depend on how many there are."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isocourse.models.disposition import Disposition
from isocourse.models.kernel.rows import LANES, NONE_MISSED, OUTPUTS
from isocourse.models.parameters import Parameters
from isocourse.models.people import People, common_of, disposition_of, release, rows_of
from isocourse.models.regimen import Phase, Plan, plan

Numbers = NDArray[np.float64]
_NONE_BEFORE = ("lipid", "tolerance", "dryness", "dryness_most", "concentration")
_SHARE = 32 * LANES
"""People that a core takes at a time."""


@dataclass(frozen=True)
class Taking:
    """How the drug is taken: phases, formulation, meal, share of doses really taken, and after."""

    phases: tuple[Phase, ...]
    formulation: str = "conventional"
    food: str = "high_fat"
    adherence: float = 1.0
    maintenance: bool = False  # a topical retinoid after the course
    missed_from: int = 0  # the day from which doses are missed; those before were all taken

    def __post_init__(self) -> None:
        """Refuse a share of doses that is none."""
        if not 0 < self.adherence <= 1:
            raise ValueError(f"adherence: found {self.adherence}, expected above 0, up to 1.")


@dataclass(frozen=True)
class Course:
    """What happened to some people: each output by day written down and person."""

    people: People
    taking: Taking
    plan: Plan
    kinetics: Disposition
    parameters: Parameters
    out: NDArray[Any]  # [day written, output, person], single precision
    end: Numbers  # [3, person]

    def at(self, name: str, day: int | None) -> Numbers:
        """One output at the end of a day; before the first day, what is there without the drug.

        None stands for every day that is written down: [day, person].
        """
        if day is None:
            every: Numbers = self.out[:, OUTPUTS.index(name)]
            return every
        if day <= 0:
            return np.full(self.out.shape[2], 0.0 if name in _NONE_BEFORE else 1.0)
        row = int(np.searchsorted(self.plan.written, day))
        if row == len(self.plan.written) or self.plan.written[row] != day:
            raise ValueError(f"day {day} was not written down.")
        found: Numbers = self.out[row, OUTPUTS.index(name)]
        return found

    @property
    def taken_mg(self) -> Numbers:
        """Everything each person took."""
        taken: Numbers = self.end[0]
        return taken

    @property
    def hazard(self) -> Numbers:
        """Each person's cumulative hazard of relapse that needs systemic treatment."""
        hazard: Numbers = self.end[1]
        return hazard


def run(
    people: People,
    of: Parameters,
    taking: Taking,
    days: Sequence[int],
    threads: int | None = None,
) -> Course:
    """Everyone's course, written down at the ends of these days."""
    from isocourse.models.kernel.course import simulate

    planned = plan(taking.phases, days)
    kinetics = disposition_of(people, of, taking.formulation, taking.food)
    rows = rows_of(people, of, kinetics, taking.adherence, taking.maintenance)
    common = common_of(of, release(of, taking.formulation, taking.food))
    count = len(people)
    out = np.empty((len(planned.written), len(OUTPUTS), _room_for(count)), np.float32)
    end = np.empty((3, count))

    def one(start: int) -> None:
        simulate(
            rows, start, min(start + _SHARE, count), people.first, common, planned.slots,
            planned.mg, planned.mg_per_kg, planned.last, planned.written,
            taking.missed_from if taking.adherence < 1 else NONE_MISSED,
            people.seed, out, end,
        )  # fmt: skip

    starts = range(0, count, _SHARE)
    workers = threads or os.cpu_count() or 1
    if workers == 1 or len(starts) == 1:
        for start in starts:
            one(start)
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(one, starts))
    return Course(people, taking, planned, kinetics, of, out[:, :, :count], end)


def _room_for(people: int) -> int:
    """Whole blocks, and a little: rows 4 KiB apart would push each other out of the cache."""
    return -(-people // LANES) * LANES + LANES // 2
