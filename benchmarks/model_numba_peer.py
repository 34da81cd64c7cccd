"""The drug model in solvers that numba compiles: CyRK's DOP853 and numbalsoda's LSODA.

The equations are those of `tests.models.reference`; no code is shared with the compiled course.
CyRK is fast enough to be the reference for thousands. numbalsoda needs a Fortran compiler to
install.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray, cfunc, njit
from numpy.typing import NDArray
from tests.models.reference import START, Person

Doses = Callable[[Person], list[tuple[float, float]]]
Solve = Callable[[Person, float], NDArray[Any]]
_DOP853 = 2
_ROWS = (
    "half_skin", "half_lipid", "stem_source", "regrowth", "apoptosis", "lipid_rate", "lipid_block",
    "keratin_rate", "keratin_block", "bacteria_rate", "calm_off", "calm_on", "calm_floor",
    "flare_rate", "release", "micro_rate", "micro_loss", "comedone_rate", "comedone_loss",
    "papule_rate", "flare_gain", "nodule_rate", "lipid_onset", "tolerance_rate", "dryness_rate",
    "sebum_floor",
)  # fmt: skip


def cyrk(days: list[int], doses: Doses) -> Solve | None:
    """CyRK, from bend to bend of the input; None when it is not installed."""
    try:
        from CyRK import nbsolve_ivp
    except ImportError:
        return None
    return _solver(days, doses, _by_cyrk(nbsolve_ivp))


def numbalsoda(days: list[int], doses: Doses) -> Solve | None:
    """numbalsoda, from bend to bend of the input; None when it is not installed."""
    try:
        from numbalsoda import lsoda, lsoda_sig
    except ImportError:
        return None
    return _solver(days, doses, _by_numbalsoda(lsoda, lsoda_sig))


def _solver(days: list[int], doses: Doses, course: Any) -> Solve:
    def solve(person: Person, tolerance: float) -> NDArray[Any]:
        begins = np.array([hour + person.common["lag"] for hour, mg in doses(person) if mg > 0])
        length = person.common["duration"]
        ends = 24.0 * np.array(days)
        stops = np.unique(np.concatenate([[0.0], ends, begins, begins + length]))
        stops = stops[stops <= ends.max()]
        middles = (stops[:-1] + stops[1:]) / 2
        last = np.searchsorted(begins, middles, side="right") - 1
        given = np.where(last >= 0, begins[np.maximum(last, 0)], -np.inf)
        rate = doses(person)[0][1] * person.share / length
        come = np.where(middles < given + length, rate, 0.0)
        found = course(_constants(person), stops, come, START, tolerance)
        made: NDArray[Any] = found[np.searchsorted(stops, ends) - 1]
        return made

    return solve


def _constants(person: Person) -> NDArray[Any]:
    kinetic = [
        person.absorption, person.clearance, person.centre, person.flow, person.periphery,
        person.oxo_ratio, person.oxo_rate,
    ]  # fmt: skip
    common = [person.common[name] for name in ("need", "half", "from_comedones")]
    return np.array([0.0, *kinetic, *common, *(person.row[name] for name in _ROWS)])


@njit
def _slopes(y, c, out):
    """Every state's rate of change, per hour; `c` begins with what comes in."""
    come, ka, cl, v1, q, v2, ratio, ke, need, half, share = (
        c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10],
    )  # fmt: skip
    hs, hl, s, r, ap, lr, lb = c[11], c[12], c[13], c[14], c[15], c[16], c[17]
    kr, kb, br, off, on, floor = c[18], c[19], c[20], c[21], c[22], c[23]
    fr, rel, mr, ml, cr, closs = c[24], c[25], c[26], c[27], c[28], c[29]
    pr, fg, nr, lo, tr, dr, sf = c[30], c[31], c[32], c[33], c[34], c[35], c[36]
    depot, centre, periphery, oxo = y[0], y[1], y[2], y[3]
    m, l, k, b, n, f, z = y[4], y[5], y[6], y[7], y[8], y[9], y[10]  # noqa: E741
    u, co, p, nd, e, to, d = y[11], y[12], y[13], y[14], y[15], y[16], y[17]
    conc = 1000.0 * centre / v1
    across = q * (centre / v1 - periphery / v2)
    hit = conc / (conc + hs)
    lip = conc / (conc + hl)
    sebum = sf + (1.0 - sf) * m * l
    drive = 1.0 - need + need * b * (1.0 + half) / (b + half)
    source = n * drive * (share * co + (1.0 - share) * u) + fg * hit * f * co
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
    for k in range(4, 18):
        out[k] /= 24.0


def _by_cyrk(solve_ivp: Any) -> Any:
    @njit
    def slopes(t, y, c):
        out = np.empty(18)
        _slopes(y, c, out)
        return out

    @njit
    def course(constants, stops, come, start, tolerance):
        y, c = start.copy(), constants.copy()
        found = np.empty((len(stops) - 1, len(y)))
        for part in range(len(stops) - 1):
            c[0] = come[part]
            span = (stops[part], stops[part + 1])
            absolute = tolerance * 1e-3
            made = solve_ivp(
                slopes, span, y, (c,), tolerance, absolute, rk_method=_DOP853, warnings=False
            )
            y = made.y[:, -1].copy()
            found[part] = y
        return found

    return course


def _by_numbalsoda(lsoda: Any, signature: Any) -> Any:
    @cfunc(signature)
    def slopes(t, y, out, c):
        _slopes(carray(y, (18,)), carray(c, (37,)), carray(out, (18,)))

    address = slopes.address

    @njit
    def course(constants, stops, come, start, tolerance):
        y, c = start.copy(), constants.copy()
        found = np.empty((len(stops) - 1, len(y)))
        for part in range(len(stops) - 1):
            c[0] = come[part]
            span = np.array([stops[part], stops[part + 1]])
            made, _ = lsoda(address, y, span, c, tolerance, tolerance * 1e-3)
            y = made[-1].copy()
            found[part] = y
        return found

    return course
