"""Skin and blood over one step, in which the drug's effect is taken as constant.

Each slow state follows dx/dt = source - rate * x. Where the rate is constant over the step the
state is advanced exactly for a source that runs in a straight line; the gland's logistic growth is
solved exactly. That an effect leans to one end of a step is met to first order, by its moment:
one that comes late has more of its force left, and meets what the step before it has made. How far
a source's mean over the step lies from the middle of its ends is its bend, where it matters.
Every state but the harms starts at 1 and stays there without the drug.

- gland          dM/dt = (1 - M)(s + r M) - k I M
- lipogenesis    dL/dt = (1 - block I - L) / tau            sebum = floor + (1 - floor) M L
- keratin        dK/dt = (1 - block I - K) / tau
- bacteria       dB/dt = k (sebum^2 - B): starved, not killed
- gain           dN/dt = off (1 - N) - on I (N - floor)
- follicles      dR/dt = -release I R, and + recruit (1 - R) once acne has come back
- microcomedones dU/dt = k (sqrt(sebum) K R - U) - loss I U
- comedones      dC/dt = k (U - C) - loss I C
- flare          dF/dt = -k I F
- papules        dP/dt = k (N d(B) (w C + (1 - w) U) + gain I F C - P)
- nodules        dO/dt = k (N P - O)
- lipids, tolerance: first order towards their drive
"""

import math

from isocourse.models.kernel.kept import kept
from isocourse.models.kernel.rows import AT, LANES, ROWS
from isocourse.models.kernel.single import (
    FOUR,
    HALF,
    IN_6,
    IN_12,
    IN_24,
    IN_120,
    IN_720,
    IN_5040,
    ONE,
    QUARTER,
    TINY,
    ZERO,
)

W = LANES
_RATES = (
    ("lipid_rate", "keep_lipogenesis", "", "one_by_lipogenesis"),
    ("keratin_rate", "keep_keratin", "", "one_by_keratin"),
    ("bacteria_rate", "keep_bacteria", "part_bacteria", ""),
    ("papule_rate", "keep_papules", "part_papules", ""),
    ("nodule_rate", "keep_nodules", "part_nodules", ""),
    ("lipid_onset", "keep_lipid", "", "one_by_lipid"),
    ("tolerance_rate", "keep_tolerance", "", ""),
)
STEPPED = tuple(tuple(ROWS[name] * W if name else -1 for name in each) for each in _RATES)


@kept
def left(x):
    """exp(-x) for the x of a step, from 0 to about 3: a polynomial of x / 4, to the fourth."""
    y = x * QUARTER
    p = ONE - y * (
        ONE - y * (HALF - y * (IN_6 - y * (IN_24 - y * (IN_120 - y * (IN_720 - y * IN_5040)))))
    )
    p = p * p
    return p * p


@kept
def half_way(keep):
    """What is left at the end of a step of a lean about its middle, for what leaves `keep`."""
    return HALF * (ONE + keep)


@kept
def prepare(w, h):
    """What a step of h days leaves of each state whose rate never changes."""
    for k in range(len(STEPPED)):
        rate, keep, part, one = STEPPED[k]
        kept_of = w[keep : keep + W]
        rate_of = w[rate : rate + W]
        for j in range(W):
            kept_of[j] = left(rate_of[j] * h)
        if part >= 0:
            part_of = w[part : part + W]
            for j in range(W):
                part_of[j] = (ONE - kept_of[j]) / (rate_of[j] * h)
        if one >= 0:
            one_of = w[one : one + W]
            for j in range(W):
                one_of[j] = ONE / (rate_of[j] * h)


@kept
def step(w, h, day, bacteria_need, bacteria_half, from_comedones):
    """Advance skin and blood by h days from `day` on, under the effects of this step.

    Each part keeps what a later one needs of before the step: a processor looks ahead over several
    people only where the work on one of them is short.
    """
    sebum(w, h)
    inflammation(w, h)
    follicles(w, h, day)
    comedones(w, h)
    lesions(w, h, bacteria_need, bacteria_half, from_comedones)
    blood(w)


@kept
def sebum(w, h):
    """Gland, lipogenesis, and the sebum that they make."""
    each = ONE / h
    for j in range(W):
        hit = w[AT.hit_skin + j]
        lean = w[AT.lean_skin + j]
        r = w[AT.regrowth + j]
        s = w[AT.stem_source + j]
        growth = r - s - w[AT.apoptosis + j] * hit
        spread = math.sqrt(growth * growth + FOUR * r * s)
        upper = (growth + spread) * w[AT.gland_inverse + j]
        lower = (growth - spread) * w[AT.gland_inverse + j]
        m0 = w[AT.gland + j]
        above = (m0 - upper) * left(spread * h)
        below = m0 - lower
        m = (upper * below - above * lower) / (below - above)
        m_bend = (m - m0) * (r * (m + m0) - growth) * h * IN_12
        pull = w[AT.apoptosis + j] * lean
        m -= (s + r * m * m) * pull
        w[AT.gland + j] = m
        goal = ONE - w[AT.lipid_block + j] * hit
        l0 = w[AT.lipogenesis + j]
        l1 = goal + (l0 - goal) * w[AT.keep_lipogenesis + j]
        rate = w[AT.lipid_rate + j]
        l1 -= rate * rate * w[AT.lipid_block + j] * lean * half_way(w[AT.keep_lipogenesis + j])
        w[AT.lipogenesis + j] = l1
        # how far the mean of sebum over the step lies from the middle of its ends
        bend = goal - (l1 - l0) * w[AT.one_by_lipogenesis + j] - HALF * (l0 + l1)
        whole = ONE - w[AT.sebum_floor + j]
        w[AT.bend + j] = whole * (m * (bend + l1 * pull * each) + l1 * m_bend)
        now = w[AT.sebum_floor + j] + whole * m * l1
        w[AT.sebum_before + j] = w[AT.sebum + j]
        w[AT.sebum + j] = now
        w[AT.root_before + j] = w[AT.root_of_sebum + j]
        w[AT.root_of_sebum + j] = math.sqrt(now)


@kept
def inflammation(w, h):
    """Bacteria, which live on sebum, and the inflammatory gain."""
    for j in range(W):
        hit = w[AT.hit_skin + j]
        before = w[AT.sebum_before + j]
        now = w[AT.sebum + j]
        keep = w[AT.keep_bacteria + j]
        part = w[AT.part_bacteria + j]
        b1 = keep * w[AT.bacteria + j] + (part - keep) * before * before + (ONE - part) * now * now
        apart = now - before
        b1 += (ONE - keep) * ((before + now) * w[AT.bend + j] - apart * apart * IN_6)
        w[AT.bacteria + j] = b1
        n0 = w[AT.gain + j]
        on = w[AT.calm_on + j] * hit
        off = w[AT.calm_off + j]
        one = ONE / (on + off)
        goal = (off + on * w[AT.calm_floor + j]) * one
        keep = left((on + off) * h)
        n1 = goal + (n0 - goal) * keep
        lean = w[AT.lean_skin + j] * half_way(keep)
        n1 -= off * (ONE - w[AT.calm_floor + j]) * w[AT.calm_on + j] * lean
        w[AT.gain_before + j] = n0
        w[AT.gain + j] = n1


@kept
def follicles(w, h, day):
    """Keratin, and the follicles that still make lesions: what fills the microcomedones."""
    each = ONE / h
    for j in range(W):
        hit = w[AT.hit_skin + j]
        k0 = w[AT.keratin + j]
        goal = ONE - w[AT.keratin_block + j] * hit
        k1 = goal + (k0 - goal) * w[AT.keep_keratin + j]
        rate = w[AT.keratin_rate + j]
        lean = w[AT.lean_skin + j] * half_way(w[AT.keep_keratin + j])
        k1 -= rate * rate * w[AT.keratin_block + j] * lean
        k_bend = goal - (k1 - k0) * w[AT.one_by_keratin + j] - HALF * (k0 + k1)
        w[AT.keratin + j] = k1
        since = min(max((day + h - w[AT.relapse + j]) * each, ZERO), ONE)
        back = w[AT.recruit + j] * since
        rate = back + w[AT.release + j] * hit + TINY
        f0 = w[AT.follicles + j]
        goal = back / rate
        f1 = goal + (f0 - goal) * left(rate * h)
        w[AT.follicles + j] = f1
        root = w[AT.root_of_sebum + j]
        w[AT.filled_before + j] = w[AT.root_before + j] * k0 * f0
        w[AT.filled + j] = root * k1 * f1
        w[AT.filled_bend + j] = f1 * (root * k_bend + k1 * HALF * w[AT.bend + j] / root)


@kept
def comedones(w, h):
    """Microcomedones, and the comedones that they become."""
    each = ONE / h
    for j in range(W):
        hit = w[AT.hit_skin + j]
        rate = w[AT.micro_rate + j] + w[AT.micro_loss + j] * hit
        keep = left(rate * h)
        one = ONE / rate
        part = (ONE - keep) * one * each
        u0 = w[AT.micro + j]
        come = (part - keep) * w[AT.filled_before + j] + (ONE - part) * w[AT.filled + j]
        come += (ONE - keep) * w[AT.filled_bend + j]
        u1 = keep * u0 + w[AT.micro_rate + j] * one * come
        w[AT.micro_before + j] = u0
        w[AT.micro + j] = u1
        rate = w[AT.comedone_rate + j] + w[AT.comedone_loss + j] * hit
        keep = left(rate * h)
        one = ONE / rate
        part = (ONE - keep) * one * each
        c0 = w[AT.comedones + j]
        w[AT.comedones_before + j] = c0
        come = (part - keep) * u0 + (ONE - part) * u1
        w[AT.comedones + j] = keep * c0 + w[AT.comedone_rate + j] * one * come


@kept
def lesions(w, h, bacteria_need, bacteria_half, from_comedones):
    """Papules and pustules with the early flare, and nodules."""
    for j in range(W):
        hit = w[AT.hit_skin + j]
        n0 = w[AT.gain_before + j]
        n1 = w[AT.gain + j]
        b1 = w[AT.bacteria + j]
        c0 = w[AT.comedones_before + j]
        c1 = w[AT.comedones + j]
        e0 = w[AT.primed + j]
        e1 = e0 * left(w[AT.flare_rate + j] * hit * h)
        w[AT.primed + j] = e1
        flare = w[AT.flare_gain + j] * hit
        d0 = w[AT.drive + j]
        d1 = ONE - bacteria_need + bacteria_need * b1 * (ONE + bacteria_half) / (b1 + bacteria_half)
        w[AT.drive + j] = d1
        made0 = from_comedones * c0 + (ONE - from_comedones) * w[AT.micro_before + j]
        made1 = from_comedones * c1 + (ONE - from_comedones) * w[AT.micro + j]
        in0 = n0 * d0 * made0 + flare * e0 * c0
        in1 = n1 * d1 * made1 + flare * e1 * c1
        keep = w[AT.keep_papules + j]
        part = w[AT.part_papules + j]
        p0 = w[AT.papules + j]
        p1 = keep * p0 + (part - keep) * in0 + (ONE - part) * in1
        rate = w[AT.papule_rate + j]
        lean = w[AT.lean_skin + j] * half_way(keep)
        p1 += rate * rate * w[AT.flare_gain + j] * e1 * c1 * lean
        w[AT.papules + j] = p1
        w[AT.papules_most + j] = max(w[AT.papules_most + j], p1)
        keep = w[AT.keep_nodules + j]
        part = w[AT.part_nodules + j]
        come = (part - keep) * n0 * p0 + (ONE - part) * n1 * p1
        w[AT.nodules + j] = keep * w[AT.nodules + j] + come


@kept
def blood(w):
    """The effect on blood lipids, and the tolerance that grows with it."""
    for j in range(W):
        lipid = w[AT.hit_lipid + j]
        l0 = w[AT.lipid + j]
        l1 = lipid + (l0 - lipid) * w[AT.keep_lipid + j]
        rate = w[AT.lipid_onset + j]
        l1 += rate * rate * w[AT.lean_lipid + j] * half_way(w[AT.keep_lipid + j])
        w[AT.lipid + j] = l1
        mean = lipid - (l1 - l0) * w[AT.one_by_lipid + j]  # of the effect over the step, exactly
        w[AT.tolerance + j] = mean + (w[AT.tolerance + j] - mean) * w[AT.keep_tolerance + j]
