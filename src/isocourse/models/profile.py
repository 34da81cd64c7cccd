"""Plasma profiles: areas, peaks and half-lives of one dose and of a dosing day at steady state."""

import math

import numpy as np
from numpy.typing import NDArray

from isocourse.models.disposition import concentration
from isocourse.models.people import HOURS_IN_A_DAY, release
from isocourse.models.regimen import UNITS
from isocourse.models.running import Course

Numbers = NDArray[np.float64]
_STEP = 0.2  # h, of the grid on which a peak is looked for
_ONCE = 24.0  # h after a single dose within which a peak lies
_MOST = 1000
"""People whose profiles are drawn; more would change no figure that is shown."""


def kinetic(quantity: str, course: Course, day: int) -> Numbers:
    """A kinetic quantity for each person."""
    drug, _, name = quantity.partition("_")
    oxo = drug == "oxo"
    rates = course.kinetics.oxo_rates if oxo else course.kinetics.rates
    gains = course.kinetics.oxo_gains if oxo else course.kinetics.gains
    if name == "half_life_h":
        made: Numbers = math.log(2) / rates.min(axis=0)
        return made
    if name == "auc_ng_h_ml":
        area: Numbers = daily_mg(course) * (gains / rates).sum(axis=0)
        return area
    if name == "cavg_ng_ml":
        ratio = course.people["oxo_ratio"] if oxo else 1.0
        found: Numbers = course.at("concentration", day) * ratio
        return found
    times, drawn = day_at_steady_state(course, rates, gains)
    peak = drawn.max(axis=0) if name == "cmax_ng_ml" else times[drawn.argmax(axis=0)]
    return np.resize(peak, len(course.people))


def daily_mg(course: Course) -> Numbers:
    """What everyone takes on a day of the last phase with a dose; of one dose, that dose."""
    phase = next(
        (p for p in reversed(course.taking.phases) if p.dose > 0), course.taking.phases[-1]
    )
    per_kg = phase.unit == UNITS[0]
    return phase.dose * (course.people["weight"] if per_kg else np.ones(len(course.people)))


def is_once(course: Course) -> bool:
    """Whether a single dose is taken: one phase of one day."""
    phases = course.taking.phases
    return len(phases) == 1 and phases[0].days == 1


def day_at_steady_state(course: Course, rates: Numbers, gains: Numbers) -> tuple[Numbers, Numbers]:
    """Concentrations [time, person] after one dose, or over a dosing day at steady state."""
    some = slice(0, min(_MOST, rates.shape[1]))
    rates, gains = rates[:, some], gains[:, some]
    of, taking = course.parameters, course.taking
    duration = release(of, taking.formulation, taking.food)
    phase = next((p for p in reversed(taking.phases) if p.dose > 0), taking.phases[-1])
    mg = daily_mg(course)[some] / phase.doses_per_day
    if is_once(course):
        at = np.arange(0.0, _ONCE + _STEP / 2, _STEP)
        return at, concentration(rates, gains, [(0.0, mg)], at, duration, of["lag"])
    every = HOURS_IN_A_DAY / phase.doses_per_day * (phase.cycle_days / phase.days_on)
    at = np.arange(0.0, every, _STEP)
    made = concentration(rates, gains, [(0.0, mg)], at, duration, of["lag"])
    for rate, gain in zip(rates, gains, strict=True):
        end = -np.expm1(-rate * duration) / (rate * duration)
        end = end * np.exp(-rate * (every - of["lag"] - duration))
        start = mg * end / -np.expm1(-rate * every)
        made += gain * start * np.exp(-rate * at[:, None])
    return at, made
