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
from isocourse.models.kernel.single import HALF, IN_24, NEVER, ONE, ZERO, F
from isocourse.models.kernel.skin import prepare, step

W = LANES
WRITTEN = tuple(ROWS[name] * W for name in OUTPUTS)
SIZE = len(ROWS) * W
PEOPLE = len(PERSON)
LENGTHS = 8
"""Lengths of a step whose constants are held at a time."""
PREPARED_FROM, PREPARED_TO = AT.keep_lipogenesis, AT.root_of_sebum
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
    w[AT.mode_1 : AT.gland] = ZERO
    w[AT.gland : AT.lipid] = ONE
    w[AT.lipid :] = ZERO
    w[AT.sebum : AT.sebum + W] = ONE
    w[AT.root_of_sebum : AT.root_of_sebum + W] = ONE
    w[AT.drive : AT.drive + W] = ONE
    w[AT.papules_most : AT.papules_most + W] = ONE
    w[AT.relapse : AT.relapse + W] = NEVER
    for j in range(W):
        w[AT.keep_dryness + j] = decayed(float(w[AT.dryness_rate + j]))
        w[AT.gland_inverse + j] = HALF / w[AT.regrowth + j]


@kept
def give(w, mg, mg_per_kg, missing, seed, first, slot, taken):
    """The dose of this slot for each person; whether it is the same share of it for all."""
    for j in range(W):
        dose = mg + mg_per_kg * w[AT.weight + j]
        if missing and drawn(seed, first + j, slot) >= w[AT.adherence + j]:
            dose = 0.0
        w[AT.dose + j] = dose
        taken[j] += dose


@kept
def stop(w, day, common, taken):
    """The drug ends: draw from what is left, and from the cumulative dose, when acne returns."""
    rate, low, high, knee, cap, power = common[5:11]
    for j in range(W):
        total = taken[j] / float(w[AT.weight + j])
        fall = low * min(total, knee) + high * (min(total, cap) - min(total, knee))
        residual = (1.0 - float(w[AT.refractory + j])) * w[AT.papules + j] + w[AT.refractory + j]
        hazard = float(w[AT.hazard + j]) * math.exp(-fall) * min(max(residual, 1e-4), 1.0) ** power
        w[AT.total_hazard + j] = hazard
        if w[AT.luck + j] < hazard:
            w[AT.relapse + j] = day - math.log(1.0 - float(w[AT.luck + j]) / hazard) / rate


@kept
def gather(to, effects, first, count, parts):
    """The mean effects over `count` parts of a day, with their moments about its middle."""
    to[:] = ZERO
    share = F(1.0 / count)
    width = F(1.0 / parts)
    for part in range(first, first + count):
        at = part * 4 * W
        apart = F((part - first + 0.5 - 0.5 * count) / (parts * parts))
        here = effects[at : at + 4 * W]
        for j in range(W):
            skin = here[j]
            lipid = here[W + j]
            to[j] += skin * share
            to[W + j] += lipid * share
            to[2 * W + j] += here[2 * W + j] * width + skin * apart
            to[3 * W + j] += here[3 * W + j] * width + lipid * apart


@kept
def end_day(w, mean, dried):
    """What a day leaves that needs no smaller steps: its mean concentration, and dryness."""
    for j in range(W):
        w[AT.concentration + j] = mean[j]
        dry = w[AT.dryness + j] * w[AT.keep_dryness + j] + dried[j]
        w[AT.dryness + j] = dry
        w[AT.dryness_most + j] = max(w[AT.dryness_most + j], dry)


@kept
def add(to, effects):
    """Add the effects of a day to those of the days before it, which one step takes together."""
    for j in range(4 * W):
        to[j] += effects[j]


@kept
def average(w, share):
    """What was gathered over several days, as the mean of them."""
    for j in range(W):
        w[AT.hit_skin + j] *= share
        w[AT.hit_lipid + j] *= share


@kept
def prepare_once(w, h, lengths, prepared):
    """What a step of h days leaves of each state: worked out once, then held for the same h."""
    for k in range(LENGTHS):
        if lengths[k] == h:
            w[PREPARED_FROM:PREPARED_TO] = prepared[k]
            return
        if lengths[k] == ZERO:
            break
    prepare(w, h)
    k = min(k, LENGTHS - 1)
    lengths[k] = h
    prepared[k] = w[PREPARED_FROM:PREPARED_TO]


@kept
def mean_of_slot(w, leap, mean):
    """Add the slot's share of the day's mean concentration: what came in less what is left."""
    for k in range(3):
        for j in range(W):
            m = w[AT.mode_1 + k * W + j]
            come = m + w[AT.dose + j]
            gone = m * leap[k * W + j] + w[AT.dose + j] * leap[(3 + k) * W + j]
            area = w[AT.gain_1 + k * W + j] * (come - gone) / w[AT.rate_1 + k * W + j]
            mean[j] += area * IN_24


@kept
def write(w, to, block):
    """Write down everyone in a block."""
    for k in range(len(WRITTEN)):
        row = to[k, block : block + W]
        held = w[WRITTEN[k] : WRITTEN[k] + W]
        for j in range(W):
            row[j] = held[j]


@kept
def simulate(people, begun, total, first, common, plan, mg, mg_per_kg, last, days, missed_from,
             seed, out, end):  # fmt: skip
    """Run some people through the days of a plan.

    people          [row, person], in the order of PERSON; those from `begun` to `total` are run
    first           the number of the person in the first column, for their missed doses
    plan            [day, 2]: slots of the day; steps in it, 0 to go on with the next day at once
    mg, mg_per_kg   dose of a slot on each day
    last            the day on which the drug ends, -1 for never
    days            the ends of days that are written down
    missed_from     the day from which each person misses some doses
    out             [day written, output, person], with room for a whole last block
    end             [3, person]: mg taken, hazard of relapse, day on which acne comes back
    """
    w = np.empty(SIZE, F)
    taken = np.empty(W)
    at = np.empty(MOST)
    weight = np.empty(MOST, F)
    hours = np.empty(MOST)
    middle = np.empty(MOST, F)
    part = np.empty(MOST, np.int64)
    table = np.empty(MOST * 5 * W, F)
    leap = np.empty(6 * W, F)
    began = np.zeros((2, 3 * W), F)
    ended = np.zeros((2, 3 * W), F)
    apart = np.empty(W, F)
    known = np.zeros((2, 16 * W), F)  # effects in each part of a day, without drug and with it
    whole = np.zeros((2, 4 * W), F)  # the same over the day
    hits = w[AT.hit_skin : AT.hit_skin + 4 * W]
    mean = np.zeros((2, W), F)
    dried = np.zeros((2, W), F)
    dosed = np.zeros((2, 2))
    filled = np.zeros(2, np.bool_)
    lengths = np.zeros(LENGTHS, F)
    prepared = np.empty((LENGTHS, PREPARED_TO - PREPARED_FROM), F)
    need = F(common[2])
    half = F(common[3])
    from_comedones = F(common[4])
    for block in range(begun, total, W):
        for row in range(PEOPLE):
            for j in range(W):
                w[row * W + j] = people[row, min(block + j, total - 1)]
        begin(w)
        lengths[:] = ZERO
        taken[:] = 0.0
        number = 0
        count = 0
        parts = 4
        span = 4
        h = F(-1.0)
        waiting = 0
        settled = repeated = -1  # the kind of day that changes nothing; that of a repeated day
        for day in range(len(plan)):
            slots = plan[day, 0]
            if count == 0 or slots != plan[day - 1, 0]:
                parts = 3 if slots == 3 else 4
                span = parts // slots
                length = 24.0 / slots
                count = points_of_slot(
                    length, span, common[0], common[1], at, weight, part, hours, middle
                )
                tables_of_slot(w, length, common[0], common[1], at, hours, count, table, leap)
                filled[:] = False
            kind = 1 if mg[day] + mg_per_kg[day] > 0.0 else 0
            same = filled[kind] and dosed[kind, 0] == mg[day] and dosed[kind, 1] == mg_per_kg[day]
            missing = day >= missed_from
            if missing and kind == 1:
                same = False
            again = same and settled == kind  # a day that left all as it was leaves it so again
            if again or (same and moved(w, began[kind], apart) < SAME):
                if not again:
                    w[AT.mode_1 : AT.mode_1 + 3 * W] = ended[kind]
                    settled = kind if repeated == kind else -1
                repeated = kind
                for j in range(W):
                    taken[j] += slots * (mg[day] + mg_per_kg[day] * w[AT.weight + j])
            else:
                settled, repeated = -1, -1
                began[kind] = w[AT.mode_1 : AT.mode_1 + 3 * W]
                mean[kind] = 0.0
                dried[kind] = 0.0
                for slot in range(slots):
                    give(w, mg[day], mg_per_kg[day], missing, seed, first + block,
                         day * 4 + slot, taken)  # fmt: skip
                    here = known[kind, slot * span * 4 * W : (slot + 1) * span * 4 * W]
                    for j in range(W):
                        dried[kind, j] *= decayed(float(w[AT.dryness_rate + j]) / slots)
                    mean_effects(w, count, weight, part, middle, table, here, dried[kind])
                    mean_of_slot(w, leap, mean[kind])
                    advance_modes(w, leap)
                gather(whole[kind], known[kind], 0, parts, parts)
                ended[kind] = w[AT.mode_1 : AT.mode_1 + 3 * W]
                filled[kind] = True
                dosed[kind, 0] = mg[day]
                dosed[kind, 1] = mg_per_kg[day]
            steps = plan[day, 1]
            if waiting == 0:
                hits[:] = whole[kind]
            elif steps <= 1:
                add(hits, whole[kind])
            waiting += 1
            if steps >= 1:
                if steps > 1:
                    steps = 2 if steps == 2 and parts == 4 else parts
                if h != F(waiting / steps):
                    h = F(waiting / steps)
                    prepare_once(w, h, lengths, prepared)
                for n in range(steps):
                    if steps > 1:
                        share = parts // steps
                        gather(hits, known[kind], n * share, share, parts)
                    elif waiting > 1:
                        average(w, F(1.0 / waiting))
                    step(w, h, F(day + 1.0 - (steps - n) * h), need, half, from_comedones)
                waiting = 0
            end_day(w, mean[kind], dried[kind])
            if day == last:
                stop(w, day + 1.0, common, taken)
            while number < len(days) and days[number] == day + 1:
                write(w, out[number], block)
                number += 1
        for j in range(min(W, total - block)):
            end[0, block + j] = taken[j]
            end[1, block + j] = w[AT.total_hazard + j]
            end[2, block + j] = w[AT.relapse + j]
        filled[:] = False
