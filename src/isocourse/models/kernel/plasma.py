"""Plasma: the exact concentration between two doses, and the mean effect in each part of a slot.

A dose enters after a lag at a constant rate and then leaves in three exponentials: disposition is
linear, so each mode m follows dm/dt = input - rate * m and is advanced exactly. The effect
c / (c + half) is averaged by Gauss-Legendre quadrature between the bends of the input: the mean of
the effect is not the effect of the mean.
"""

import numpy as np

from isocourse.models.kernel.kept import kept
from isocourse.models.kernel.rows import AT, LANES
from isocourse.models.kernel.single import ZERO

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
def tables_of_slot(w, length, lag, duration, at, hours, count, table, leap):
    """For each point five rows: what is left of each mode, what 1 mg gives, what dries the lips.

    The fourth is the concentration after a dose of 1 mg, the fifth what a concentration at the
    point adds to the dryness at the end of the slot. `leap` gets what a whole slot does to each
    mode: the share left, and what a dose adds. The release lasts from `lag` for `duration` hours
    and is over before the slot ends.
    """
    dries_of_slot(w, length, at, hours, count, table)
    over = lag + duration
    whole, back = np.empty(3 * W), np.empty(3 * W)
    for i in range(3 * W):
        rate = float(w[AT.rate_1 + i])
        whole[i] = (1.0 - decayed(rate * duration)) / (rate * duration)
        back[i] = whole[i] / decayed(rate * over)
    for q in range(count):
        now = at[q]
        given = table[(q * 5 + 3) * W : (q * 5 + 4) * W]
        given[:] = ZERO
        for k in range(3):
            here = table[(q * 5 + k) * W : (q * 5 + k + 1) * W]
            rates = w[AT.rate_1 + k * W : AT.rate_1 + (k + 1) * W]
            gains = w[AT.gain_1 + k * W : AT.gain_1 + (k + 1) * W]
            ends = back[k * W : (k + 1) * W]
            if now <= lag:
                for j in range(W):
                    here[j] = gains[j] * decayed(float(rates[j]) * now)
            elif now < over:
                for j in range(W):
                    rate = float(rates[j])
                    here[j] = gains[j] * decayed(rate * now)
                    given[j] += gains[j] * (1.0 - decayed(rate * (now - lag))) / (rate * duration)
            else:
                for j in range(W):
                    stays = decayed(float(rates[j]) * now)
                    here[j] = gains[j] * stays
                    given[j] += gains[j] * (stays * ends[j])
    for i in range(3 * W):
        stays = decayed(float(w[AT.rate_1 + i]) * length)
        leap[i] = stays
        leap[3 * W + i] = stays * back[i]


@kept
def dries_of_slot(w, length, at, hours, count, table):
    """What a concentration at each point adds to the dryness at the end of the slot."""
    for q in range(count):
        here = table[(q * 5 + 4) * W : (q * 5 + 5) * W]
        left = length - at[q]
        for j in range(W):
            rate = float(w[AT.dryness_rate + j]) / 24.0
            here[j] = rate * hours[q] * decayed(rate * left)


@kept
def mean_effects(w, count, weight, part, middle, table, effects, dried):
    """The mean effect in each part of the slot, its first moment, and what is added to dryness.

    The cuts tell the compiler that no place lies before the first: so it does several at once.
    """
    effects[:] = 0.0
    for q in range(count):
        here = effects[part[q] * 4 * W : (part[q] + 1) * 4 * W]
        of = table[q * 5 * W : (q + 1) * 5 * W]
        share = weight[q]
        lean = middle[q]
        for j in range(W):
            c = (
                w[AT.mode_1 + j] * of[j]
                + w[AT.mode_1 + W + j] * of[W + j]
                + w[AT.mode_1 + 2 * W + j] * of[2 * W + j]
                + w[AT.dose + j] * of[3 * W + j]
            )
            c = max(c, ZERO)
            dried[j] += c * of[4 * W + j]
            skin = c + w[AT.half_skin + j]
            lipid = c + w[AT.half_lipid + j]
            both = share * c / (skin * lipid)  # one division for the two
            on_skin = both * lipid
            on_lipid = both * skin
            here[j] += on_skin
            here[W + j] += on_lipid
            here[2 * W + j] += on_skin * lean
            here[3 * W + j] += on_lipid * lean


@kept
def moved(w, held, apart):
    """How far the concentration that is there at the start lies from an earlier one, at most.

    `apart` is room to work in. Halves are compared with each other, several people at once.
    """
    for j in range(W):
        by = ZERO
        for k in range(3):
            by += abs((w[AT.mode_1 + k * W + j] - held[k * W + j]) * w[AT.gain_1 + k * W + j])
        apart[j] = by / w[AT.half_skin + j]
    some = W
    while some > 1:
        some //= 2
        for j in range(some):
            apart[j] = max(apart[j], apart[some + j])
    return apart[0]


@kept
def advance_modes(w, leap):
    """Every mode at the end of the slot, exactly."""
    for k in range(3):
        for j in range(W):
            left = w[AT.mode_1 + k * W + j] * leap[k * W + j]
            w[AT.mode_1 + k * W + j] = left + w[AT.dose + j] * leap[(3 + k) * W + j]
