"""Skin and blood over one step, in which the drug's effect is taken as constant.

Each slow state follows dx/dt = source - rate * x. Where the rate is constant over the step the
state is advanced exactly for a source that runs in a straight line; the gland's logistic growth is
solved exactly. That an effect leans to one end of a step is met to first order, by its moment.
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

W = LANES
TINY = 1e-30
_RATES = (
    ("lipid_rate", "keep_lipogenesis", ""),
    ("keratin_rate", "keep_keratin", ""),
    ("bacteria_rate", "keep_bacteria", "part_bacteria"),
    ("papule_rate", "keep_papules", "part_papules"),
    ("nodule_rate", "keep_nodules", "part_nodules"),
    ("lipid_onset", "keep_lipid", ""),
    ("tolerance_rate", "keep_tolerance", ""),
)
STEPPED = tuple((ROWS[a] * W, ROWS[b] * W, ROWS[c or b] * W if c else -1) for a, b, c in _RATES)


@kept
def left(x):
    """exp(-x) for the x of a step, from 0 to about 3: a polynomial of x / 4, to the fourth."""
    y = x * 0.25
    p = 1.0 - y * (
        1.0 - y * (0.5 - y * (1 / 6 - y * (1 / 24 - y * (1 / 120 - y * (1 / 720 - y / 5040)))))
    )
    p = p * p
    return p * p


@kept
def prepare(w, h):
    """What a step of h days leaves of each state whose rate never changes."""
    for k in range(len(STEPPED)):
        rate, keep, part = STEPPED[k]
        for j in range(W):
            x = w[rate + j] * h
            w[keep + j] = left(x)
            if part >= 0:
                w[part + j] = (1.0 - w[keep + j]) / x
    for j in range(W):
        w[AT.gland_inverse + j] = 0.5 / w[AT.regrowth + j]


@kept
def step(w, h, day, bacteria_need, bacteria_half, from_comedones):
    """Advance skin and blood by h days from `day` on, under the effects of this step."""
    for j in range(W):
        hit = w[AT.hit_skin + j]
        # gland and sebum
        r = w[AT.regrowth + j]
        s = w[AT.stem_source + j]
        growth = r - s - w[AT.apoptosis + j] * hit
        spread = math.sqrt(growth * growth + 4.0 * r * s)
        upper = (growth + spread) * w[AT.gland_inverse + j]
        lower = (growth - spread) * w[AT.gland_inverse + j]
        above = (w[AT.gland + j] - upper) * left(spread * h)
        below = w[AT.gland + j] - lower
        m = (upper * below - above * lower) / (below - above)
        lean = w[AT.lean_skin + j]
        pull = w[AT.apoptosis + j] * lean
        m -= (1.0 - m) * (s + r * m) * pull
        w[AT.gland + j] = m
        goal = 1.0 - w[AT.lipid_block + j] * hit
        l0 = w[AT.lipogenesis + j]
        lipogenesis = goal + (w[AT.lipogenesis + j] - goal) * w[AT.keep_lipogenesis + j]
        rate = w[AT.lipid_rate + j]
        lipogenesis -= rate * rate * w[AT.lipid_block + j] * lean
        # how far the mean of sebum over the step lies from the middle of its ends
        bend = goal - (lipogenesis - l0) / (rate * h) - 0.5 * (l0 + lipogenesis)
        bend = (1.0 - w[AT.sebum_floor + j]) * m * (bend + lipogenesis * pull / h)
        w[AT.lipogenesis + j] = lipogenesis
        before = w[AT.sebum + j]
        root0 = w[AT.root_of_sebum + j]
        sebum = w[AT.sebum_floor + j] + (1.0 - w[AT.sebum_floor + j]) * m * lipogenesis
        root1 = math.sqrt(sebum)
        w[AT.sebum + j] = sebum
        w[AT.root_of_sebum + j] = root1
        # bacteria live on sebum
        keep = w[AT.keep_bacteria + j]
        part = w[AT.part_bacteria + j]
        b0 = w[AT.bacteria + j]
        b1 = keep * b0 + (part - keep) * before * before + (1.0 - part) * sebum * sebum
        b1 += (1.0 - keep) * (before + sebum) * bend
        w[AT.bacteria + j] = b1
        # inflammatory gain
        n0 = w[AT.gain + j]
        on = w[AT.calm_on + j] * hit
        off = w[AT.calm_off + j]
        goal = (off + on * w[AT.calm_floor + j]) / (on + off)
        n1 = goal + (n0 - goal) * left((on + off) * h)
        n1 -= off * (1.0 - w[AT.calm_floor + j]) * w[AT.calm_on + j] * lean
        w[AT.gain + j] = n1
        # follicles, microcomedones, comedones
        k0 = w[AT.keratin + j]
        goal = 1.0 - w[AT.keratin_block + j] * hit
        k1 = goal + (k0 - goal) * w[AT.keep_keratin + j]
        rate = w[AT.keratin_rate + j]
        k1 -= rate * rate * w[AT.keratin_block + j] * lean
        k_bend = goal - (k1 - k0) / (rate * h) - 0.5 * (k0 + k1)
        w[AT.keratin + j] = k1
        back = w[AT.recruit + j] if day >= w[AT.relapse + j] else 0.0
        rate = back + w[AT.release + j] * hit + TINY
        f0 = w[AT.follicles + j]
        goal = back / rate
        f1 = goal + (f0 - goal) * left(rate * h)
        w[AT.follicles + j] = f1
        rate = w[AT.micro_rate + j] + w[AT.micro_loss + j] * hit
        keep = left(rate * h)
        one = 1.0 / rate
        part = (1.0 - keep) * one / h
        u0 = w[AT.micro + j]
        u1 = keep * u0 + w[AT.micro_rate + j] * one * (
            (part - keep) * root0 * k0 * f0 + (1.0 - part) * root1 * k1 * f1
        )
        bent = root1 * k_bend + k1 * 0.5 * bend / root1
        u1 += w[AT.micro_rate + j] * one * (1.0 - keep) * f1 * bent
        w[AT.micro + j] = u1
        rate = w[AT.comedone_rate + j] + w[AT.comedone_loss + j] * hit
        keep = left(rate * h)
        one = 1.0 / rate
        part = (1.0 - keep) * one / h
        c0 = w[AT.comedones + j]
        c1 = keep * c0 + w[AT.comedone_rate + j] * one * ((part - keep) * u0 + (1.0 - part) * u1)
        w[AT.comedones + j] = c1
        # inflamed lesions, with the early flare
        e0 = w[AT.primed + j]
        e1 = e0 * left(w[AT.flare_rate + j] * hit * h)
        w[AT.primed + j] = e1
        flare = w[AT.flare_gain + j] * hit
        d0 = w[AT.drive + j]
        d1 = 1.0 - bacteria_need + bacteria_need * b1 * (1.0 + bacteria_half) / (b1 + bacteria_half)
        w[AT.drive + j] = d1
        in0 = n0 * d0 * (from_comedones * c0 + (1.0 - from_comedones) * u0) + flare * e0 * c0
        in1 = n1 * d1 * (from_comedones * c1 + (1.0 - from_comedones) * u1) + flare * e1 * c1
        keep = w[AT.keep_papules + j]
        part = w[AT.part_papules + j]
        p0 = w[AT.papules + j]
        p1 = keep * p0 + (part - keep) * in0 + (1.0 - part) * in1
        rate = w[AT.papule_rate + j]
        p1 += rate * rate * w[AT.flare_gain + j] * e1 * c1 * lean
        w[AT.papules + j] = p1
        w[AT.papules_most + j] = max(w[AT.papules_most + j], p1)
        keep = w[AT.keep_nodules + j]
        part = w[AT.part_nodules + j]
        w[AT.nodules + j] = (
            keep * w[AT.nodules + j] + (part - keep) * n0 * p0 + (1.0 - part) * n1 * p1
        )
        # harms
        lipid = w[AT.hit_lipid + j]
        l0 = w[AT.lipid + j]
        l1 = lipid + (l0 - lipid) * w[AT.keep_lipid + j]
        rate = w[AT.lipid_onset + j]
        l1 += rate * rate * w[AT.lean_lipid + j]
        w[AT.lipid + j] = l1
        mean = lipid - (l1 - l0) / (rate * h)  # of the lipid effect over the step, exactly
        w[AT.tolerance + j] = mean + (w[AT.tolerance + j] - mean) * w[AT.keep_tolerance + j]
