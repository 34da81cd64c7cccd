"""The drug model in CyRK: DOP853 compiled by numba, the equations as in `tests.models.reference`.

It shares no code with the compiled course. Fast enough to be the reference for thousands.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.models.reference import START, Person

Solve = Callable[[Person, float], NDArray[Any]]
_DOP853 = 2
_ROWS = (
    "half_skin", "half_lipid", "stem_source", "regrowth", "apoptosis", "lipid_rate", "lipid_block",
    "keratin_rate", "keratin_block", "bacteria_rate", "calm_off", "calm_on", "calm_floor",
    "flare_rate", "release", "micro_rate", "micro_loss", "comedone_rate", "comedone_loss",
    "papule_rate", "flare_gain", "nodule_rate", "lipid_onset", "tolerance_rate", "dryness_rate",
    "sebum_floor",
)  # fmt: skip


def cyrk(days: list[int], doses: Callable[[Person], list[tuple[float, float]]]) -> Solve | None:
    """CyRK, from bend to bend of the input; None when it is not installed."""
    try:
        from CyRK import nbsolve_ivp
    except ImportError:
        return None
    from numba import njit

    course = _course(njit, nbsolve_ivp)

    def solve(person: Person, tolerance: float) -> NDArray[Any]:
        begins = [hour + person.common["lag"] for hour, mg in doses(person) if mg > 0]
        length = person.common["duration"]
        bends = {0.0, *(24.0 * d for d in days), *begins, *(each + length for each in begins)}
        stops = np.array(sorted(each for each in bends if each <= 24.0 * max(days)))
        rate = doses(person)[0][1] * person.share / length
        middles = (stops[:-1] + stops[1:]) / 2
        last = np.searchsorted(np.array(begins), middles, side="right") - 1
        given = np.where(last >= 0, np.array(begins)[np.maximum(last, 0)], -np.inf)
        come = np.where(middles < given + length, rate, 0.0)
        at = np.searchsorted(stops, 24.0 * np.array(days)) - 1
        found = course(_constants(person), stops, come, START, tolerance)
        made: NDArray[Any] = found[at]
        return made

    return solve


def _constants(person: Person) -> tuple[float, ...]:
    kinetic = [
        person.absorption, person.clearance, person.centre, person.flow, person.periphery,
        person.oxo_ratio, person.oxo_rate,
    ]  # fmt: skip
    common = [person.common[name] for name in ("need", "half", "from_comedones")]
    return tuple(map(float, (*kinetic, *common, *(person.row[name] for name in _ROWS))))


def _course(njit: Any, solve_ivp: Any) -> Any:
    @njit
    def slopes(t, y, come, c):
        depot, centre, periphery, oxo = y[0], y[1], y[2], y[3]
        m, l, k, b, n, f, z = y[4], y[5], y[6], y[7], y[8], y[9], y[10]  # noqa: E741
        u, co, p, nd, e, to, d = y[11], y[12], y[13], y[14], y[15], y[16], y[17]
        ka, cl, v1, q, v2, ratio, ke, need, half, share = c[:10]
        hs, hl, s, r, ap, lr, lb, kr, kb, br, off, on, floor = c[10:23]
        fr, rel, mr, ml, cr, closs, pr, fg, nr, lo, tr, dr, sf = c[23:]
        conc = 1000.0 * centre / v1
        across = q * (centre / v1 - periphery / v2)
        hit = conc / (conc + hs)
        lip = conc / (conc + hl)
        sebum = sf + (1.0 - sf) * m * l
        drive = 1.0 - need + need * b * (1.0 + half) / (b + half)
        source = n * drive * (share * co + (1.0 - share) * u) + fg * hit * f * co
        out = np.empty(18)
        out[0] = come - ka * depot
        out[1] = ka * depot - cl / v1 * centre - across
        out[2] = across
        out[3] = ke * (ratio * conc - oxo)
        out[4] = (1.0 - m) * (s + r * m) - ap * hit * m
        out[5] = lr * (1.0 - lb * hit - l)
        out[6] = kr * (1.0 - kb * hit - k)
        out[7] = br * (sebum * sebum - b)
        out[8] = off * (1.0 - n) - on * hit * (n - floor)
        out[9] = -fr * hit * f
        out[10] = -rel * hit * z
        out[11] = mr * (np.sqrt(sebum) * k * z - u) - ml * hit * u
        out[12] = cr * (u - co) - closs * hit * co
        out[13] = pr * (source - p)
        out[14] = nr * (n * p - nd)
        out[15] = lo * (lip - e)
        out[16] = tr * (e - to)
        out[17] = dr * (conc - d)
        out[4:] /= 24.0
        return out

    @njit
    def course(constants, stops, come, start, tolerance):
        y = start.copy()
        found = np.empty((len(stops) - 1, len(y)))
        for part in range(len(stops) - 1):
            span = (stops[part], stops[part + 1])
            given = (come[part], constants)
            absolute = tolerance * 1e-3
            made = solve_ivp(
                slopes, span, y, given, tolerance, absolute, rk_method=_DOP853, warnings=False
            )
            y = made.y[:, -1].copy()
            found[part] = y
        return found

    return course
