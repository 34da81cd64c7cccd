"""Disposition: from volumes and flows to the rates and gains of three exponentials, exactly.

Depot (absorption) -> centre <-> periphery, elimination from the centre, 4-oxo-isotretinoin made
from what is eliminated. Hours, litres, milligrams; concentrations in ng/mL.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NG_ML_IN_A_MG_L = 1000
_APART = 1e-5
"""Rates closer than this, as a share, are moved apart: the formula divides by their difference."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Disposition:
    """Rates [3, person] in /h, gains [3, person] in ng/mL for a mg, and those of the metabolite."""

    rates: Numbers
    gains: Numbers
    oxo_rates: Numbers  # [4, person]
    oxo_gains: Numbers

    @property
    def clearance(self) -> Numbers:
        """Apparent clearance, L/h: the dose for the area under the curve."""
        area: Numbers = (self.gains / self.rates).sum(axis=0)
        return NG_ML_IN_A_MG_L / area


def disposition(
    clearance: Numbers,
    volume_1: Numbers,
    flow: Numbers,
    volume_2: Numbers,
    absorption: Numbers,
    oxo_ratio: Numbers,
    oxo_rate: Numbers,
) -> Disposition:
    """The exact modes of every person."""
    k10, k12, k21 = clearance / volume_1, flow / volume_1, flow / volume_2
    total = k10 + k12 + k21
    root = np.sqrt(total**2 - 4 * k10 * k21)
    fast, slow = (total + root) / 2, 2 * k10 * k21 / (total + root)
    absorption = _apart(_apart(absorption, fast), slow)
    scale = NG_ML_IN_A_MG_L * absorption / volume_1
    rates = np.array([absorption, fast, slow])
    gains = np.empty_like(rates)
    for k in range(3):
        others = [rates[n] - rates[k] for n in range(3) if n != k]
        gains[k] = scale * (k21 - rates[k]) / (others[0] * others[1])
    oxo_rate = oxo_rate.copy()
    for rate in rates:
        oxo_rate = _apart(oxo_rate, rate)
    made = oxo_ratio * oxo_rate
    passed = made * gains / (oxo_rate - rates)
    own = -passed.sum(axis=0)
    return Disposition(
        rates, gains, np.concatenate([rates, [oxo_rate]]), np.concatenate([passed, [own]])
    )


def _apart(rate: Numbers, other: Numbers) -> Numbers:
    near = np.abs(rate - other) < _APART * other
    return np.where(near, other * (1 + _APART), rate)


def concentration(
    rates: Numbers, gains: Numbers, doses: list[tuple[float, Numbers]], at: Numbers, release: float,
    lag: float,
) -> Numbers:  # fmt: skip
    """The concentration [time, person] at hours after the first of some doses (hour, mg each)."""
    made = np.zeros((len(at), rates.shape[1]))
    for hour, mg in doses:
        since = at[:, None] - hour - lag
        inside = np.clip(since, 0, release)
        after = np.clip(since - release, 0, None)
        for rate, gain in zip(rates, gains, strict=True):
            come = -np.expm1(-rate * inside) / (rate * release) * np.exp(-rate * after)
            made += mg * gain * come
    return made
