"""The dose of many courses, in columns: `course.dosing.answer` for a registry."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from isocourse.course.dosing.answer import DECIMALS, NANOGRAMS_IN_A_MILLIGRAM
from isocourse.course.dosing.finish import FURTHEST
from isocourse.course.many.answers import Answers, Array
from isocourse.words.codes import NULL

_SMALL = 1000  # µg in a mg
_UNIT = 10**DECIMALS

AMOUNTS = {
    "today_mg_per_day": "dose_today",
    "cumulative_mg.prescribed": "total_prescribed",
    "cumulative_mg.dispensed": "total_dispensed",
    "cumulative_mg.taken": "total_taken",
}
PER_KG = {
    "today_mg_per_kg": ("dose_today", "sound_weight"),
    "cumulative_mg_per_kg.start_weight": ("total_taken", "start_weight"),
    "cumulative_mg_per_kg.latest_weight": ("total_taken", "sound_weight"),
}
BY_DAY = "cumulative_mg_per_kg.day_by_day"
FINISH = ("finish_from", "finish_until")
NUMBERS = (*AMOUNTS, *PER_KG, BY_DAY)


@dataclass(frozen=True, slots=True)
class Told:
    """A column: its values, and where they are not known."""

    values: Array
    missing: Array


def doses(answers: Answers) -> Iterator[Told]:
    """The columns of NUMBERS, then the days of FINISH."""
    for fact in AMOUNTS.values():
        amount = answers.fact(fact)
        yield Told(amount / _SMALL, amount == NULL)
    for amount_of, weight_of in PER_KG.values():
        yield _per(answers.fact(amount_of), answers.fact(weight_of))
    by_day = answers.fact("taken_by_day_weights")
    yield _per(by_day, np.full(len(by_day), NANOGRAMS_IN_A_MILLIGRAM, dtype="i8"))
    yield from _finish(answers)


def _per(amount: Array, divided_by: Array) -> Told:
    """A share to two decimals, halves to the even number, exact in whole numbers."""
    missing = (amount == NULL) | (divided_by == NULL)
    parts, whole = np.where(missing, 0, amount), np.where(missing, 1, divided_by)
    share, rest = np.divmod(parts * _UNIT, whole)
    up = (2 * rest > whole) | ((2 * rest == whole) & (share % 2 == 1))
    return Told((share + up) / _UNIT, missing)


def _finish(answers: Answers) -> Iterator[Told]:
    """The days on which the lower and the upper target are reached."""
    daily, taken = _daily(answers), answers.fact("total_taken")
    grams = answers.fact("sound_weight")
    goes_on = (daily > 0) & (taken != NULL) & (grams != NULL)
    targets = np.zeros((2, len(answers.facts)), dtype="i8")
    for in_force, which in answers.groups:
        targets[:, which] = np.array(in_force.dosing.target)[:, None]
    ahead = [
        np.maximum(0, -(-(target * grams - taken) // np.where(goes_on, daily, 1)) - 1)
        for target in np.where(goes_on, targets, 0)
    ]
    for days in ahead:
        yield Told(answers.day + days, ~goes_on | (ahead[-1] > FURTHEST))


def _daily(answers: Answers) -> Array:
    """`course.dosing.finish.daily_dose`: 0 where treatment does not go on or it is not known."""
    ended = np.zeros(len(answers.facts), dtype=bool)
    for fact in ("stopped", "pregnancy_known", "positive_test"):
        ended |= _yes(answers, fact)
    mean, daily = answers.fact("mean_dose"), answers.fact("daily_dose")
    prescribed = np.where(_yes(answers, "intermittent") | (daily == NULL), 0, daily)
    return np.where(ended | (mean == NULL), 0, np.where(mean == 0, prescribed, mean))


def _yes(answers: Answers, fact: str) -> Array:
    value = answers.fact(fact)
    return np.asarray((value != 0) & (value != NULL))
