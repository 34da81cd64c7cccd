"""How good forecasts were: each look afterwards, held against the band that was drawn before it.

A band is of the patient's own level. A single look scatters about it, as the model says for counts
and laboratories; so the band is widened by that scatter before it is asked whether the look lay
inside. Looks at one patient are alike, so a share is the mean of the patients' own shares, and its
interval (Wilson) counts patients and not looks.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isocourse.course.forecasting.forecast import Forecast, Outlook
from isocourse.models.observing import LABS, Observed
from isocourse.models.parameters import parameters
from isocourse.models.people import LESIONS
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.models.summary import QUANTILES

OUTCOMES = (*LESIONS, *LABS)
INNER, OUTER = (QUANTILES[1], QUANTILES[-2]), (QUANTILES[0], QUANTILES[-1])
"""Between which shares the inner and the outer band lie."""
Numbers = NDArray[np.float64]
Bands = Mapping[str, Sequence[Sequence[float]]]


@cache
def choices() -> Mapping[str, Any]:
    """How it is judged."""
    return tomllib.loads((files(__package__) / "judging.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Look:
    """One look, held against a forecast: how far ahead it was, and where it lay."""

    outcome: str
    days_ahead: int
    below: float  # share of what was expected that is lower, half of what is the same

    @property
    def in_half(self) -> bool:
        """Whether it lay where half of the looks should."""
        return INNER[0] <= self.below <= INNER[1]

    @property
    def in_nine_of_ten(self) -> bool:
        """Whether it lay where nine in ten should."""
        return OUTER[0] <= self.below <= OUTER[1]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often looks at an outcome lay inside; None where there are too few patients to say."""

    outcome: str
    patients: int
    looks: int
    half: Share | None
    nine_of_ten: Share | None


def bands(made: Forecast, outlook: Outlook) -> dict[str, list[list[float]]]:
    """What has to be kept of a forecast: for each outcome the quantiles by week, from week 1 on."""
    return {
        name: [[round(float(each), 2) for each in row] for row in outlook.weekly.quantiles[name]]
        for name in OUTCOMES
    }


def judged(kept: Bands, each: Observed, made_on: int) -> Look | None:
    """A look against a kept band, days from the first capsule; None where it says little.

    `kept` is as `bands` gives it.
    """
    ahead = each.day - made_on
    known = choices()
    if each.what not in kept or not known["least_days_ahead"] <= ahead <= known["most_days_ahead"]:
        return None
    rows = np.array(kept[each.what])
    week = each.day / DAYS_IN_A_WEEK
    if not 1 <= week <= rows.shape[1]:
        return None
    weeks = np.arange(1, rows.shape[1] + 1)
    levels = np.array([np.interp(week, weeks, row) for row in rows])
    expected = _looks(each.what, levels)
    lower = np.mean(expected < each.value) + np.mean(expected == each.value) / 2
    return Look(each.what, ahead, float(lower))


def _looks(what: str, levels: Numbers) -> Numbers:
    """What single looks would show where the patient's own level has these quantiles."""
    of, stream = parameters(), np.random.default_rng(1)
    own = _drawn(levels, (np.arange(choices()["draws"]) + 0.5) / choices()["draws"])
    if what in LESIONS:
        size = of["count_scatter"] ** -2
        mean = own * stream.gamma(size, 1 / size, len(own))
        return stream.poisson(np.maximum(mean, 0)).astype(np.float64)
    made: Numbers = own * np.exp(of["lab_noise"] * stream.standard_normal(len(own)))
    return made


def _drawn(levels: Numbers, shares: Numbers) -> Numbers:
    """Levels at some shares; beyond the outermost quantiles it goes on as steeply."""
    inside = np.interp(shares, QUANTILES, levels)
    first, last = QUANTILES[0], QUANTILES[-1]
    down = (levels[1] - levels[0]) / (QUANTILES[1] - first)
    up = (levels[-1] - levels[-2]) / (last - QUANTILES[-2])
    low = levels[0] - down * (first - shares)
    high = levels[-1] + up * (shares - last)
    made: Numbers = np.where(shares < first, low, np.where(shares > last, high, inside))
    return np.maximum(made, 0)


def coverage(by_patient: Iterable[Sequence[Look]]) -> list[Coverage]:
    """How often looks lay inside, by outcome."""
    held = [list(each) for each in by_patient]
    return [_coverage(name, held) for name in OUTCOMES]


def _coverage(outcome: str, held: Sequence[Sequence[Look]]) -> Coverage:
    mine = [[look for look in each if look.outcome == outcome] for each in held]
    mine = [each for each in mine if each]
    looks = sum(map(len, mine))
    if len(mine) < choices()["fewest_patients"]:
        return Coverage(outcome, len(mine), looks, None, None)
    half = _share([float(np.mean([look.in_half for look in each])) for each in mine])
    nine = _share([float(np.mean([look.in_nine_of_ten for look in each])) for each in mine])
    return Coverage(outcome, len(mine), looks, half, nine)


def _share(of_patients: Sequence[float]) -> Share:
    """The mean of the patients' shares, with Wilson's interval for so many patients."""
    n, p = len(of_patients), float(np.mean(of_patients))
    z = NormalDist().inv_cdf((1 + choices()["confidence"]) / 2)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    return Share(p, max(middle - half, 0.0), min(middle + half, 1.0))
