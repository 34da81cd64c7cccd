"""A regimen: what is taken on each day, from phases of daily, alternate-day or pulsed doses."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FORMULATIONS = ("conventional", "lidose", "micronised", "suspension")
FOODS = ("high_fat", "ordinary", "fasted")
UNITS = ("mg/kg/day", "mg/day")
MOST_MG_PER_KG, MOST_MG = 20.0, 1000.0
"""Beyond these a dose is a slip of the pen: ten times what has ever been given for acne."""
MOST_WEEKS = 520
MOST_DOSES = 4
DAYS_IN_A_WEEK = 7
_QUARTERS, _HALVES, _DAYS = 21, 35, 56
"""Days after the drug comes up to which a step is a quarter of a day, half a day, a day; later it
is two days. Chosen on 300 people so that no error passes 1e-4; `benchmarks.model` tells those of
others."""
_CHANGED, _SETTLED = 14, 84
"""Days after a change of dose up to which a step is half a day, and a day."""
_LONG, _LONGEST = 2, 4
"""Days in a step when all is slow: under the drug, and `_SETTLED` days after it."""


class BadRegimen(ValueError):
    """A regimen that nobody can take; the text says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Phase:
    """The same dose for some weeks: daily, or on `days_on` days of every `cycle_days`."""

    dose: float
    weeks: float
    unit: str = "mg/kg/day"
    doses_per_day: int = 1
    days_on: int = 1
    cycle_days: int = 1

    def __post_init__(self) -> None:
        """Refuse what nobody can take."""
        most = MOST_MG_PER_KG if self.unit == UNITS[0] else MOST_MG
        _within("dose", self.dose, 0, most, self.unit)
        _within("weeks", self.weeks, 0, MOST_WEEKS, "weeks")
        if self.unit not in UNITS:
            raise BadRegimen(f"unit: found {self.unit!r}, expected {' or '.join(UNITS)}.")
        for name, value, low, high in (
            ("doses_per_day", self.doses_per_day, 1, MOST_DOSES),
            ("cycle_days", self.cycle_days, 1, MOST_WEEKS * DAYS_IN_A_WEEK),
            ("days_on", self.days_on, 1, self.cycle_days),
        ):
            if value != int(value) or not low <= value <= high:
                raise BadRegimen(
                    f"{name}: found {value}, expected a whole number, {low} to {high}."
                )

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return round(self.weeks * DAYS_IN_A_WEEK)


def _within(name: str, value: float, low: float, high: float, unit: str) -> None:
    if not (math.isfinite(value) and low <= value <= high):
        raise BadRegimen(f"{name}: found {value}, expected {low:g} to {high:g} {unit}.")


@dataclass(frozen=True)
class Plan:
    """A regimen day by day, as the compiled course takes it."""

    slots: NDArray[np.int64]  # [day, 2]: doses of the day; steps in it
    mg: NDArray[np.float64]  # of each dose
    mg_per_kg: NDArray[np.float64]
    last: int  # day on which the drug ends; -1 when there is none
    written: NDArray[np.int64]  # ends of days that are written down

    @property
    def on_drug(self) -> NDArray[np.bool_]:
        """Whether anything is taken, day by day."""
        return (self.mg + self.mg_per_kg) > 0


def plan(phases: Sequence[Phase], written: Sequence[int]) -> Plan:
    """The days of a regimen, and on until the last day that is asked for."""
    return _plan(tuple(phases), tuple(written))


@lru_cache(64)  # people are run in parts, all by one plan
def _plan(phases: tuple[Phase, ...], written: tuple[int, ...]) -> Plan:
    if not phases:
        raise BadRegimen("regimen: found no phase, expected one at least.")
    length = max([sum(each.days for each in phases), *written])
    slots = np.ones((length, 2), np.int64)
    mg, mg_per_kg = np.zeros(length), np.zeros(length)
    start = 0
    for each in phases:
        day = np.arange(each.days)
        on = day % each.cycle_days < each.days_on
        to = mg_per_kg if each.unit == UNITS[0] else mg
        to[start : start + each.days] = np.where(on, each.dose / each.doses_per_day, 0.0)
        slots[start : start + each.days, 0] = each.doses_per_day
        start += each.days
    slots[start:, 0] = phases[-1].doses_per_day
    taken = np.flatnonzero(mg + mg_per_kg)
    last = int(taken[-1]) if len(taken) else -1
    days = np.unique(np.asarray(written, np.int64))
    slots[:, 1] = _steps(mg + mg_per_kg, days, last)
    for held in (slots, mg, mg_per_kg, days):
        held.flags.writeable = False
    return Plan(slots, mg, mg_per_kg, last, days)


def _steps(dose: NDArray[np.float64], written: NDArray[np.int64], last: int) -> NDArray[np.int64]:
    """Small steps while the skin settles after the drug comes, days in one when all is slow.

    0 says that the step goes on with the next day; a day that is written down, and the last day of
    the drug, end one.
    """
    steps = np.ones(len(dose), np.int64)
    begun = np.flatnonzero(dose)[:1]
    start = int(begun[0]) if len(begun) else 0
    steps[start : start + _HALVES] = 2
    steps[start : start + _QUARTERS] = MOST_DOSES
    changed = np.flatnonzero(np.diff(dose) != 0) + 1
    since = np.arange(len(dose)) - start
    for day in map(int, changed):
        since[day:] = np.minimum(since[day:], np.arange(len(dose) - day) + _DAYS - _SETTLED)
        near = steps[day : day + _CHANGED]
        near[near == 1] = 2
    ends = np.zeros(len(dose), np.bool_)
    ends[written[(written > 0) & (written <= len(dose))] - 1] = True
    ends[[last, len(dose) - 1]] = True
    open_days = 0
    for day in range(start, len(dose)):
        open_days += 1
        most = _LONGEST if day - open_days >= last + _SETTLED else _LONG
        if open_days < most and since[day] > _DAYS and not ends[day] and since[day + 1] > _DAYS:
            steps[day] = 0
        else:
            open_days = 0
    return steps
