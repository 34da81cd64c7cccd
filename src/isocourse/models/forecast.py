"""One person or many, week by week: what a regimen does, with the range of what is likely.

A population is run in parts, each from drawing to summary on one core.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from queue import SimpleQueue
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from isocourse.models.parameters import Parameter, Parameters, parameters
from isocourse.models.people import People, Population, draw
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.models.running import Taking, run
from isocourse.models.summary import SHOWN, Bins, Forecast, Limit, Sums, summed

Numbers = NDArray[np.float64]
PART = 1696
"""People whom a core takes at a time, from drawing to summary: what is in memory for each core.
Whole blocks, and so many that two cores have done with ten thousand people at the same time."""


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

    def some(first: int) -> People:
        return draw(who, of, min(PART, people - first), seed, first)

    return forecast_of(some, people, taking, weeks, of, threads)


def forecast_of(
    some: Callable[[int], People],
    people: int,
    taking: Taking,
    weeks: int,
    of: Parameters,
    threads: int | None = None,
    limits: Sequence[Limit] = (),
    since: int = 0,
) -> Forecast:
    """What is likely for the people whom `some` gives, PART at a time from a number on.

    Limits are looked at from the end of week `since` on.
    """
    days = [DAYS_IN_A_WEEK * week for week in range(1, weeks + 1)]
    workers = threads or os.cpu_count() or 1
    idle: SimpleQueue[int] = SimpleQueue()
    bins = Bins(weeks, workers)
    for core in range(workers):
        idle.put(core)

    def part(first: int) -> Sums:
        course = run(some(first), of, taking, days, 1)
        core = idle.get()
        try:
            return summed(course, bins, core, limits, since)
        finally:
            idle.put(core)

    with ThreadPoolExecutor(workers) as pool:
        sums = Sums(weeks)
        for each in pool.map(part, range(0, people, PART)):
            sums.add(each)
    return sums.told(bins)


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


_BETWEEN_PEOPLE = ("gags_spread", "nosebleed_spread", "alt_tail_share")


def _without_spread(each: Parameter) -> Parameter:
    gone = each.spread is not None or each.name in ("gags_spread", "nosebleed_spread")
    spread = None if each.spread is None else 0.0
    value = (
        0.0 if each.name in ("gags_spread", "nosebleed_spread", "alt_tail_share") else each.value
    )
    return replace(each, spread=spread, value=value) if gone or value != each.value else each
