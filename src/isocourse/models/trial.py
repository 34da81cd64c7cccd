"""A virtual trial: every arm on the same people, each outcome predicted beside the published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from isocourse.models.outcomes import Columns, columns_of, needed_days
from isocourse.models.parameters import Parameters, parameters
from isocourse.models.people import Population, draw
from isocourse.models.quantities import TIMELESS
from isocourse.models.regimen import DAYS_IN_A_WEEK, Phase
from isocourse.models.running import Course, Taking, run
from isocourse.models.trial_file import ArmPart, AtPart, OutcomePart, PopulationPart, TrialFile

LEAST, MOST = 4000, 20_000
"""People simulated for a prediction, however small or large the trial is."""
REPEATS = 200
_RESAMPLED = 2000
"""Trials larger than this are resampled at this size, and their scatter scaled."""
LOW, HIGH = 5, 95


@dataclass(frozen=True)
class Outcome:
    """One outcome, predicted and published."""

    trial: str
    asked: OutcomePart
    predicted: float | None
    low: float | None
    high: float | None

    @property
    def agrees(self) -> bool | None:
        """Whether the prediction lies in the band; nothing is said without one."""
        if self.asked.band is None or self.predicted is None:
            return None
        return self.asked.band[0] <= self.predicted <= self.asked.band[1]

    def json(self) -> dict[str, Any]:
        """The outcome as one line of a trial's result."""
        asked = self.asked
        said = {
            "trial": self.trial,
            "arm": asked.arm,
            "quantity": asked.quantity,
            "at": asked.at.model_dump(exclude_unset=True),
            "predicted": _rounded(self.predicted),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "observed": asked.observed,
            "band": asked.band,
            "agrees": self.agrees,
        }
        more = {"ratio_to": asked.ratio_to, "measurement": asked.measurement}
        return said | {name: each for name, each in more.items() if each is not None}


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")


@dataclass(frozen=True)
class Arm:
    """An arm that was run: its people's course, and how large it is in the trial."""

    course: Course
    n: int


@dataclass(frozen=True)
class Trial:
    """A trial that was run: arms by name, and outcomes in the order of the file."""

    file: TrialFile
    arms: Mapping[str, Arm]
    outcomes: tuple[Outcome, ...]


def run_trial(
    file: TrialFile,
    seed: int = 1,
    of: Parameters | None = None,
    people: int | None = None,
    threads: int | None = None,
) -> Trial:
    """Run every arm and predict every outcome.

    The same people (by number) take part in every arm, so that arms differ by what is taken.
    """
    of = parameters() if of is None else of
    arms = {each.name: arm_of(file, each, seed, of, people, threads) for each in file.arm}
    outcomes = tuple(_outcome(file, each, arms, seed) for each in file.outcome)
    return Trial(file, arms, outcomes)


def arm_of(
    file: TrialFile, arm: ArmPart, seed: int, of: Parameters, people: int | None,
    threads: int | None,
) -> Arm:  # fmt: skip
    """Run one arm of a trial, written down by week and whenever an outcome looks at it."""
    _, n = population_of(file.population, arm.population)
    count = people or max(LEAST, min(n, MOST))
    return Arm(some_of(file, arm, seed, of, 0, count, threads), n)


def some_of(
    file: TrialFile, arm: ArmPart, seed: int, of: Parameters, first: int, count: int,
    threads: int | None = None,
) -> Course:  # fmt: skip
    """The course of people number `first` to `first + count` of an arm."""
    who, _ = population_of(file.population, arm.population)
    taking = taking_of(arm)
    stop = sum(phase.days for phase in taking.phases)
    days: set[int] = set()
    for each in file.outcome:
        if arm.name in (each.arm, each.ratio_to) and not each.quantity.startswith("relapse_"):
            days.update(needed_days(each.quantity, day_of(each.at, stop)))
    days |= set(range(DAYS_IN_A_WEEK, max([stop, *days]) + 1, DAYS_IN_A_WEEK))
    days = {day for day in days if day > 0} or {stop}
    return run(draw(who, of, count, seed, first), of, taking, sorted(days), threads)


def population_of(whole: PopulationPart, own: PopulationPart) -> tuple[Population, int]:
    """The population of an arm: what it does not say is as in the trial, or as usual."""

    def said(name: str) -> Any:
        value = getattr(own, name)
        return getattr(whole, name) if value is None else value

    given: dict[str, Any] = {}
    for part, short in (("weight_kg", "weight"), ("age_years", "age")):
        if said(part) is not None:
            given |= {f"{short}_mean": said(part).mean, f"{short}_sd": said(part).sd}
    given |= {name: said(name) for name in ("male", "severity") if said(name) is not None}
    if said("lesions") is not None:
        given["lesions"] = said("lesions").model_dump(exclude_none=True)
    return Population(**given), said("n") or 100


def taking_of(arm: ArmPart) -> Taking:
    """What an arm takes, as the model wants it."""
    phases = []
    for each in arm.regimen:
        unit = "mg/kg/day" if each.unit.startswith("mg/kg") else "mg/day"
        weeks = 1 / DAYS_IN_A_WEEK if each.once else each.weeks or 0.0
        phases.append(
            Phase(
                each.dose, weeks, unit, each.doses_per_day, each.days_on or 1, each.cycle_days or 1
            )
        )
    return Taking(tuple(phases), arm.formulation, arm.food)


def day_of(at: AtPart, stop: int) -> int:
    """The day whose end is meant."""
    if at.weeks_after_stop is not None:
        return stop + round(at.weeks_after_stop * DAYS_IN_A_WEEK)
    return round((at.week or 0.0) * DAYS_IN_A_WEEK)


def _outcome(file: TrialFile, asked: OutcomePart, arms: Mapping[str, Arm], seed: int) -> Outcome:
    arm = arms[asked.arm]
    found = _columns(asked, arm)
    other = arms[asked.ratio_to] if asked.ratio_to is not None else None
    against = None if other is None else _columns(asked, other)
    stream = np.random.Generator(np.random.Philox(key=np.array([seed, 2**63], np.uint64)))
    figure = found.expected()
    repeats = _repeated(found, arm.n, stream)
    if against is not None and other is not None:
        figure = _divided(figure, against.expected())
        with np.errstate(divide="ignore", invalid="ignore"):
            repeats = repeats / _repeated(against, other.n, stream)
    if not np.isfinite(figure):
        return Outcome(file.title, asked, None, None, None)
    low, high = np.nanpercentile(repeats, (LOW, HIGH)) if len(repeats) else (figure, figure)
    return Outcome(file.title, asked, figure, float(low), float(high))


def _divided(one: float, other: float) -> float:
    return one / other if other else float("nan")


def _columns(asked: OutcomePart, arm: Arm) -> Columns:
    return figures_of(asked, arm.course)


def figures_of(asked: OutcomePart, course: Course) -> Columns:
    """What an outcome looks at in each person of an arm, and the statistic that is made of it."""
    stop = sum(phase.days for phase in course.taking.phases)
    day = 0 if asked.quantity in TIMELESS else day_of(asked.at, stop)
    return columns_of(asked.quantity, course, day, asked.at.weeks_after_stop)


def _repeated(found: Columns, n: int, stream: np.random.Generator) -> Any:
    """The figure in repeated trials of n people, drawn from all that were simulated."""
    size = min(n, _RESAMPLED)
    pool = len(found.columns[0])
    rows = max(1, _CHUNK // size)
    made = [
        found.figure(stream.integers(0, pool, (min(rows, REPEATS - start), size)))
        for start in range(0, REPEATS, rows)
    ]
    figures = np.concatenate(made)
    centre = float(found.figure())
    return found.expected() + (figures - centre) * np.sqrt(size / n)


_CHUNK = 200_000
