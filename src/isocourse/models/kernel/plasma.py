"""Plasma: the exact concentration between two doses, and the mean effect in each part of a slot.

A dose enters after a lag at a constant rate and then leaves in three exponentials: disposition is
linear, so each mode m follows dm/dt = input - rate * m and is advanced exactly. The effect
c / (c + half) is averaged by Gauss-Legendre quadrature between the bends of the input: the mean of
the effect is not the effect of the mean.
"""

import numpy as np

from isocourse.models.kernel.kept import kept
from isocourse.models.kernel.rows import AT, LANES

W = LANES
NODES = 6
"""Points of a panel."""
MOST = 44
"""Points of a slot at most."""
_X, _G = np.polynomial.legendre.leggauss(NODES)
POINTS = tuple((_X + 1) / 2)
WEIGHTS = tuple(_G / 2)
SMALL = 1e-12


@kept
def points_of_slot(length, parts, lag, duration, at, weight, part, hours, middle):
    """Place the quadrature points of a slot: when, weights within their part, hours; how many."""
    ends = np.empty(parts + 4)
    ends[0] = 0.0
    ends[1] = lag
    ends[2] = min(lag + duration, length)
    for k in range(parts):
        ends[3 + k] = length * (k + 1) / parts
    ends = np.sort(ends[: parts + 3])
    count = 0
    for k in range(parts + 2):
        width = ends[k + 1] - ends[k]
        if width < SMALL:
            continue
        for n in range(NODES):
            at[count] = ends[k] + width * POINTS[n]
            weight[count] = width * WEIGHTS[n] * parts / length
            hours[count] = width * WEIGHTS[n]
            part[count] = min(int(at[count] / length * parts), parts - 1)
            middle[count] = (at[count] - (part[count] + 0.5) * length / parts) / 24.0
            count += 1
    return count


@kept
def decayed(x):
    """exp(-x) for x from 0 to about 60, in a form that the compiler does for several at once."""
    y = x * (1.0 / 256.0)
    p = 1.0 - y * (
        1.0 - y * (0.5 - y * (1 / 6 - y * (1 / 24 - y * (1 / 120 - y * (1 / 720 - y / 5040)))))
    )
    for _ in range(8):
        p = p * p
    return p


@kept
def tables_of_slot(w, length, lag, duration, at, hours, count, decay, response, leap, drying):
    """For each point: what is left of each mode, and the concentration after a dose of 1 mg.

    `leap` gets what a whole slot does to each mode: the share left, and what a dose adds. The
    release lasts from `lag` for `duration` hours and is over before the slot ends. `drying` gets
    what the concentration at a point adds to the dryness at the end of the slot.
    """
    for q in range(count):
        for j in range(W):
            rate = w[AT.dryness_rate + j] / 24.0
            drying[q * W + j] = rate * hours[q] * decayed(rate * (length - at[q]))
    response[: count * W] = 0.0
    for q in range(count + 1):
        now = at[q] if q < count else length
        released = min(max(now - lag, 0.0), duration)
        after = max(now - lag - released, 0.0)
        for k in range(3):
            for j in range(W):
                rate = w[AT.rate_1 + k * W + j]
                stays = decayed(rate * now)
                came = (1.0 - decayed(rate * released)) / (rate * duration) * decayed(rate * after)
                if q == count:
                    leap[k * W + j] = stays
                    leap[(3 + k) * W + j] = came
                else:
                    gain = w[AT.gain_1 + k * W + j]
                    decay[(q * 3 + k) * W + j] = gain * stays
                    response[q * W + j] += gain * came


@kept
def mean_effects(w, count, weight, part, middle, decay, response, drying, effects, dried):
    """The mean effect in each part of the slot, its first moment, and what is added to dryness."""
    effects[:] = 0.0
    for q in range(count):
        skin = part[q] * 4 * W
        lean = middle[q]
        for j in range(W):
            c = (
                w[AT.mode_1 + j] * decay[q * 3 * W + j]
                + w[AT.mode_1 + W + j] * decay[(q * 3 + 1) * W + j]
                + w[AT.mode_1 + 2 * W + j] * decay[(q * 3 + 2) * W + j]
                + w[AT.dose + j] * response[q * W + j]
            )
            c = max(c, 0.0)
            dried[j] += c * drying[q * W + j]
            on_skin = weight[q] * c / (c + w[AT.half_skin + j])
            on_lipid = weight[q] * c / (c + w[AT.half_lipid + j])
            effects[skin + j] += on_skin
            effects[skin + W + j] += on_lipid
            effects[skin + 2 * W + j] += on_skin * lean
            effects[skin + 3 * W + j] += on_lipid * lean


@kept
def moved(w, held):
    """How far the concentration that is there at the start lies from an earlier one, at most."""
    most = 0.0
    for j in range(W):
        apart = 0.0
        for k in range(3):
            apart += abs((w[AT.mode_1 + k * W + j] - held[k * W + j]) * w[AT.gain_1 + k * W + j])
        most = max(most, apart / w[AT.half_skin + j])
    return most


@kept
def advance_modes(w, leap):
    """Every mode at the end of the slot, exactly."""
    for k in range(3):
        for j in range(W):
            left = w[AT.mode_1 + k * W + j] * leap[k * W + j]
            w[AT.mode_1 + k * W + j] = left + w[AT.dose + j] * leap[(3 + k) * W + j]
