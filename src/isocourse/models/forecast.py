"""One person or many, week by week: what a regimen does, with the range of what is likely.

A population is run in parts and summarised as it comes: sums and counts in bins are all that is
kept, so that ten million people need no more memory than ten thousand.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from isocourse.models.outcomes import alt, clear, lesion_at, relapsed, triglycerides
from isocourse.models.parameters import Parameter, Parameters, parameters
from isocourse.models.people import Population, draw
from isocourse.models.quantities import RELAPSE
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.models.running import Course, Taking, run

Numbers = NDArray[np.float64]
BINS = 2000
PART = 1024
"""People whom a core takes at a time, from drawing to summary: what is in memory for each core."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Shown:
    """A quantity that is told by week: unit, the range of its bins, and how it is had."""

    unit: str
    most: float
    of: Callable[[Course, int | None], Numbers]


def _state(name: str) -> Callable[[Course, int | None], Numbers]:
    return lambda course, day: course.at(name, day)


def _count(name: str) -> Callable[[Course, int | None], Numbers]:
    return lambda course, day: lesion_at(course, name, day)


SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        "sebum": Shown("share of before", 1.2, _state("sebum")),
        "c_acnes": Shown("share of before", 1.2, _state("bacteria")),
        "comedones": Shown("count", 300.0, _count("comedones")),
        "papules_pustules": Shown("count", 300.0, _count("papules_pustules")),
        "nodules": Shown("count", 150.0, _count("nodules")),
        "isotretinoin": Shown("ng/mL, mean of the day", 4000.0, _state("concentration")),
        "triglycerides": Shown("mg/dL", 1500.0, triglycerides),
        "alt": Shown("U/L", 600.0, alt),
    }
)


@dataclass
class Forecast:
    """What is likely, week by week: means, quantiles, and shares of people."""

    weeks: NDArray[np.int64]
    people: int = 0
    means: dict[str, Numbers] = field(default_factory=dict)
    quantiles: dict[str, Numbers] = field(default_factory=dict)  # [quantile, week]
    clear: Numbers = field(default_factory=lambda: np.empty(0))  # share clear or almost clear
    relapse: dict[str, float] = field(default_factory=dict)  # share within three years, by what
    taken_mg: float = 0.0

    def at(self, quantity: str, week: int) -> dict[str, float]:
        """A quantity in a week: its mean and its quantiles."""
        row = int(np.searchsorted(self.weeks, week))
        if row == len(self.weeks) or self.weeks[row] != week or quantity not in self.means:
            raise KeyError(
                f"found {quantity!r} in week {week}, expected one of {', '.join(SHOWN)} in a week "
                f"from {self.weeks[0]} to {self.weeks[-1]}."
            )
        told = {
            f"{q:.0%}": float(self.quantiles[quantity][k, row]) for k, q in enumerate(QUANTILES)
        }
        return {"mean": float(self.means[quantity][row]), **told}


def simulate_population(
    taking: Taking,
    population: Population | None = None,
    people: int = 10_000,
    weeks: int = 52,
    seed: int = 1,
    of: Parameters | None = None,
    threads: int | None = None,
) -> Forecast:
    """What is likely for people like these, from the first capsule on."""
    who, of = population or Population(), of or parameters()
    days = [DAYS_IN_A_WEEK * week for week in range(1, weeks + 1)]
    workers = threads or os.cpu_count() or 1
    idle: SimpleQueue[_Bins] = SimpleQueue()
    made = [_Bins(weeks) for _ in range(workers)]
    for bins in made:
        idle.put(bins)

    def part(first: int) -> _Sums:
        some = draw(who, of, min(PART, people - first), seed, first)
        course = run(some, of, taking, days, 1)
        bins = idle.get()
        try:
            return _summed(course, bins)
        finally:
            idle.put(bins)

    with ThreadPoolExecutor(workers) as pool:
        sums = _Sums(weeks)
        for each in pool.map(part, range(0, people, PART)):
            sums.add(each)
    return sums.told(made)


def simulate_person(
    taking: Taking,
    weight: float = 70.0,
    male: bool = True,
    severity: str = "severe",
    weeks: int = 52,
    of: Parameters | None = None,
) -> dict[str, Numbers]:
    """The typical person of a weight, week by week: each quantity, and the week.

    Typical is the middle of everything that differs between people; a mean over people is not the
    course of the typical one.
    """
    of = of or parameters()
    typical = Parameters(
        MappingProxyType({name: _without_spread(each) for name, each in of.held.items()}), ()
    )
    who = Population(weight, 0.0, male=1.0 if male else 0.0, severity=severity)
    days = [DAYS_IN_A_WEEK * week for week in range(1, weeks + 1)]
    course = run(draw(who, typical, 1), typical, taking, days, 1)
    told = {
        name: np.array([float(each.of(course, d)[0]) for d in days]) for name, each in SHOWN.items()
    }
    return {"week": np.arange(1.0, weeks + 1), **told}


def _without_spread(each: Parameter) -> Parameter:
    gone = each.spread is not None or each.name == "gags_spread"
    spread = None if each.spread is None else 0.0
    value = 0.0 if each.name in ("gags_spread", "alt_tail_share") else each.value
    return replace(each, spread=spread, value=value) if gone or value != each.value else each


class _Bins:
    """Counts in bins by week of the people whom one core has taken; their order does not matter."""

    def __init__(self, weeks: int) -> None:
        """Start with nobody."""
        self.of = {name: np.zeros((weeks, BINS), np.int32) for name in SHOWN}


class _Sums:
    """Sums over people. Parts are added in their order, so that any number of cores gives these."""

    def __init__(self, weeks: int) -> None:
        """Start with nobody."""
        self.weeks, self.people, self.taken = weeks, 0, 0.0
        self.sums = {name: np.zeros(weeks) for name in SHOWN}
        self.clear = np.zeros(weeks)
        self.relapsed = dict.fromkeys(RELAPSE, 0.0)

    def add(self, part: "_Sums") -> None:
        """Count some more people."""
        for name, sums in part.sums.items():
            self.sums[name] += sums
        for name, count in part.relapsed.items():
            self.relapsed[name] += count
        self.clear += part.clear
        self.people += part.people
        self.taken += part.taken

    def told(self, bins: Sequence[_Bins]) -> Forecast:
        """The summary of everyone."""
        return Forecast(
            np.arange(1, self.weeks + 1),
            self.people,
            {name: total / self.people for name, total in self.sums.items()},
            {name: self._quantiles(name, [each.of[name] for each in bins]) for name in SHOWN},
            self.clear / self.people,
            {name: count / self.people for name, count in self.relapsed.items()},
            self.taken / self.people,
        )

    def _quantiles(self, name: str, bins: Sequence[NDArray[np.int32]]) -> Numbers:
        """Quantiles by week, off by less than a bin."""
        counts = np.sum(bins, axis=0)
        weeks = np.arange(self.weeks) * self.people
        wanted = weeks + np.array(QUANTILES)[:, None] * self.people  # among everyone, week on week
        place = np.searchsorted(np.cumsum(counts), wanted) - np.arange(self.weeks) * BINS
        made: Numbers = (place + 0.5) * SHOWN[name].most / BINS
        return made


def _summed(course: Course, bins: _Bins) -> _Sums:
    """The sums over the people of a part, who are counted in the bins as well."""
    from isocourse.models.kernel.tally import tally

    made = _Sums(len(course.plan.written))
    for name, each in SHOWN.items():
        tally(each.of(course, None), 0.0, each.most, made.sums[name], bins.of[name])
    made.clear += clear(course, None).sum(axis=1)
    for name, definition in RELAPSE.items():
        made.relapsed[name] = float(relapsed(course, definition, 156).sum())
    made.people = len(course.people)
    made.taken = float(course.taken_mg.sum())
    return made
