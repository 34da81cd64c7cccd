"""A block of people through a whole course, day by day."""

import math

import numpy as np

from isocourse.models.kernel.kept import kept
from isocourse.models.kernel.plasma import (
    MOST,
    advance_modes,
    decayed,
    mean_effects,
    moved,
    points_of_slot,
    tables_of_slot,
)
from isocourse.models.kernel.rows import AT, LANES, OUTPUTS, PERSON, ROWS
from isocourse.models.kernel.skin import prepare, step

W = LANES
WRITTEN = tuple(ROWS[name] * W for name in OUTPUTS)
SIZE = len(ROWS) * W
PEOPLE = len(PERSON)
NEVER = 1e9
HOURS = 24.0
SAME = 5e-7
"""As a share of the concentration of half effect: closer than this, a slot repeats an earlier."""


@kept
def drawn(seed, person, slot):
    """A number from 0 to 1 that depends on nothing but seed, person and slot."""
    z = np.uint64(seed) + np.uint64(person) * np.uint64(0x9E3779B97F4A7C15)
    z = z + np.uint64(slot) * np.uint64(0xD1B54A32D192ED03)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kept
def begin(w):
    """Everyone before the first dose: skin at its baseline, no drug, no harm."""
    w[AT.mode_1 : AT.gland] = 0.0
    w[AT.gland : AT.lipid] = 1.0
    w[AT.lipid :] = 0.0
    w[AT.sebum : AT.sebum + W] = 1.0
    w[AT.root_of_sebum : AT.root_of_sebum + W] = 1.0
    w[AT.drive : AT.drive + W] = 1.0
    w[AT.papules_most : AT.papules_most + W] = 1.0
    w[AT.relapse : AT.relapse + W] = NEVER
    for j in range(W):
        w[AT.keep_dryness + j] = decayed(w[AT.dryness_rate + j])


@kept
def give(w, mg, mg_per_kg, missing, seed, first, slot):
    """The dose of this slot for each person; whether it is the same share of it for all."""
    for j in range(W):
        dose = mg + mg_per_kg * w[AT.weight + j]
        if missing and drawn(seed, first + j, slot) >= w[AT.adherence + j]:
            dose = 0.0
        w[AT.dose + j] = dose
        w[AT.taken + j] += dose


@kept
def stop(w, day, common):
    """The drug ends: draw from what is left, and from the cumulative dose, when acne returns."""
    rate, low, high, knee, cap, power = common[5:11]
    for j in range(W):
        total = w[AT.taken + j] / w[AT.weight + j]
        fall = low * min(total, knee) + high * (min(total, cap) - min(total, knee))
        residual = (1.0 - w[AT.refractory + j]) * w[AT.papules + j] + w[AT.refractory + j]
        hazard = w[AT.hazard + j] * math.exp(-fall) * min(max(residual, 1e-4), 1.0) ** power
        w[AT.total_hazard + j] = hazard
        if w[AT.luck + j] < hazard:
            w[AT.relapse + j] = day - math.log(1.0 - w[AT.luck + j] / hazard) / rate


@kept
def add_effects(w, effects, first, count, parts):
    """Add the effects over `count` parts of a day to those of the next step, with their moments."""
    share = 1.0 / count
    width = 1.0 / parts
    for part in range(first, first + count):
        at = part * 4 * W
        apart = (part - first + 0.5 - 0.5 * count) * width * width
        for j in range(W):
            skin = effects[at + j]
            lipid = effects[at + W + j]
            w[AT.hit_skin + j] += skin * share
            w[AT.hit_lipid + j] += lipid * share
            w[AT.lean_skin + j] += effects[at + 2 * W + j] * width + skin * apart
            w[AT.lean_lipid + j] += effects[at + 3 * W + j] * width + lipid * apart


@kept
def end_day(w, mean, dried):
    """What a day leaves that needs no smaller steps: its mean concentration, and dryness."""
    for j in range(W):
        w[AT.concentration + j] = mean[j]
        dry = w[AT.dryness + j] * w[AT.keep_dryness + j] + dried[j]
        w[AT.dryness + j] = dry
        w[AT.dryness_most + j] = max(w[AT.dryness_most + j], dry)


@kept
def average(w, share):
    """What was gathered over several days, as the mean of them."""
    for j in range(W):
        w[AT.hit_skin + j] *= share
        w[AT.hit_lipid + j] *= share


@kept
def clear(w):
    """Nothing is gathered for the next step yet."""
    for j in range(W):
        w[AT.hit_skin + j] = 0.0
        w[AT.hit_lipid + j] = 0.0
        w[AT.lean_skin + j] = 0.0
        w[AT.lean_lipid + j] = 0.0


@kept
def mean_of_slot(w, leap, mean):
    """Add the slot's share of the day's mean concentration: what came in less what is left."""
    for k in range(3):
        for j in range(W):
            m = w[AT.mode_1 + k * W + j]
            come = m + w[AT.dose + j]
            gone = m * leap[k * W + j] + w[AT.dose + j] * leap[(3 + k) * W + j]
            mean[j] += w[AT.gain_1 + k * W + j] * (come - gone) / w[AT.rate_1 + k * W + j] / HOURS


@kept
def simulate(people, begun, total, first, common, plan, mg, mg_per_kg, last, days, missing, seed,
             out, end):  # fmt: skip
    """Run some people through the days of a plan.

    people          [row, person], in the order of PERSON; those from `begun` to `total` are run
    first           the number of the person in the first column, for their missed doses
    plan            [day, 2]: slots of the day; steps in it, 0 to go on with the next day at once
    mg, mg_per_kg   dose of a slot on each day
    last            the day on which the drug ends, -1 for never
    days            the ends of days that are written down
    out             [day written, output, person]
    end             [3, person]: mg taken, hazard of relapse, day on which acne comes back
    """
    w = np.empty(SIZE)
    at = np.empty(MOST)
    weight = np.empty(MOST)
    hours = np.empty(MOST)
    middle = np.empty(MOST)
    part = np.empty(MOST, np.int64)
    table = np.empty(MOST * 5 * W)
    leap = np.empty(6 * W)
    began = np.zeros((2, 3 * W))
    ended = np.zeros((2, 3 * W))
    known = np.zeros((2, 16 * W))
    mean = np.zeros((2, W))
    dried = np.zeros((2, W))
    dosed = np.zeros((2, 2))
    filled = np.zeros(2, np.bool_)
    for block in range(begun, total, W):
        for row in range(PEOPLE):
            for j in range(W):
                w[row * W + j] = people[row, min(block + j, total - 1)]
        begin(w)
        number = 0
        count = 0
        parts = 4
        span = 4
        h = -1.0
        waiting = 0
        for day in range(len(plan)):
            slots = plan[day, 0]
            if count == 0 or slots != plan[day - 1, 0]:
                parts = 3 if slots == 3 else 4
                span = parts // slots
                length = HOURS / slots
                count = points_of_slot(
                    length, span, common[0], common[1], at, weight, part, hours, middle
                )
                tables_of_slot(w, length, common[0], common[1], at, hours, count, table, leap)
                filled[:] = False
            kind = 1 if mg[day] + mg_per_kg[day] > 0.0 else 0
            same = filled[kind] and dosed[kind, 0] == mg[day] and dosed[kind, 1] == mg_per_kg[day]
            if missing and kind == 1:
                same = False
            if same and moved(w, began[kind]) < SAME:
                w[AT.mode_1 : AT.mode_1 + 3 * W] = ended[kind]
                for j in range(W):
                    w[AT.taken + j] += slots * (mg[day] + mg_per_kg[day] * w[AT.weight + j])
            else:
                began[kind] = w[AT.mode_1 : AT.mode_1 + 3 * W]
                mean[kind] = 0.0
                dried[kind] = 0.0
                for slot in range(slots):
                    give(w, mg[day], mg_per_kg[day], missing, seed, first + block, day * 4 + slot)
                    here = known[kind, slot * span * 4 * W : (slot + 1) * span * 4 * W]
                    for j in range(W):
                        dried[kind, j] *= decayed(w[AT.dryness_rate + j] / slots)
                    mean_effects(w, count, weight, part, middle, table, here, dried[kind])
                    mean_of_slot(w, leap, mean[kind])
                    advance_modes(w, leap)
                ended[kind] = w[AT.mode_1 : AT.mode_1 + 3 * W]
                filled[kind] = True
                dosed[kind, 0] = mg[day]
                dosed[kind, 1] = mg_per_kg[day]
            if waiting == 0:
                clear(w)
            waiting += 1
            steps = plan[day, 1]
            if steps <= 1:
                add_effects(w, known[kind], 0, parts, parts)
            if steps >= 1:
                if steps > 1:
                    steps = 2 if steps == 2 and parts == 4 else parts
                if h != waiting / steps:
                    h = waiting / steps
                    prepare(w, h)
                for n in range(steps):
                    if steps > 1:
                        clear(w)
                        share = parts // steps
                        add_effects(w, known[kind], n * share, share, parts)
                    elif waiting > 1:
                        average(w, 1.0 / waiting)
                    step(
                        w, h, day + 1.0 - (steps - n) * h, common[2], common[3], common[4]
                    )  # fmt: skip
                waiting = 0
            end_day(w, mean[kind], dried[kind])
            if day == last:
                stop(w, day + 1.0, common)
            while number < len(days) and days[number] == day + 1:
                for k in range(len(WRITTEN)):
                    for j in range(min(W, total - block)):
                        out[number, k, block + j] = w[WRITTEN[k] + j]
                number += 1
        for j in range(min(W, total - block)):
            end[0, block + j] = w[AT.taken + j]
            end[1, block + j] = w[AT.total_hazard + j]
            end[2, block + j] = w[AT.relapse + j]
        filled[:] = False
