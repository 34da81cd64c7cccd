"""A prescription or a hand-over as a record, if it is well formed. Part of the compiled loop."""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import f8, i4, i8
from isocourse.facts.many.amounts import dose, strength
from isocourse.facts.many.given import (
    ABSENT,
    CAPSULE_MG,
    CYCLE_DAYS,
    DAYS,
    DAYS_ON,
    DOSES_PER_DAY,
    OF_PRODUCT,
    OF_ROLE,
    PRESCRIPTION,
    PRODUCT,
    QUANTITY,
    REFILLS,
    ROLE,
    UNTIL,
)
from isocourse.facts.many.reading import (
    FIRST_DAY,
    LAST_DAY,
    decimal,
    is_there,
    is_word,
    meaning_of,
    number,
    or_null,
    whole_at,
    word,
)
from isocourse.words.codes import NULL, Formulation

WRONG = -2
"""The capsules are not well told; ABSENT when they are not told at all."""
_MOST_IN_A_LIST = 100
_YEAR, _REFILLS, _DOSES = 366, 99, 6


@part
def between(found, low, high):
    """No number, or one between two bounds."""
    return found == NULL or low <= found <= high


@part
def sound_day(day):
    """No day, or one that a course file may name."""
    return day == NULL or FIRST_DAY <= day <= LAST_DAY


@part
def take_supply(table, measures, i, row):
    """A prescription's name, its days, and its capsules counted in one way, all of them in µg."""
    row.days = number(table, DAYS, i)
    if not is_there(table, PRESCRIPTION, i) or not 1 <= row.days <= _YEAR:
        return WRONG
    first, last = i4(table.capsules_at, i), i4(table.capsules_at, i + 1)
    one, quantity, total = NULL, number(table, QUANTITY, i), ABSENT
    if not between(quantity, 1, measures.count_most):
        return WRONG
    if is_there(table, CAPSULE_MG, i):
        one = strength(decimal(table, CAPSULE_MG, i), measures)
        if one == NULL:
            return WRONG
    if last > first and (one != NULL or quantity != NULL):
        return WRONG
    for each in range(first, last):
        of_one = strength(f8(table.capsule_strengths, each), measures)
        count = i4(table.capsule_counts, each)
        if of_one == NULL or not 1 <= count <= measures.count_most:
            return WRONG
        total = max(0, total) + of_one * count
    if one != NULL and quantity != NULL:
        total = one * quantity
    return total if last - first <= _MOST_IN_A_LIST else WRONG


@part
def take_dispense(table, measures, i, row):
    """The days of a hand-over, and its capsules."""
    total = take_supply(table, measures, i, row)
    row.value = or_null(total)
    return total != WRONG


@part
def take_prescription(table, words, measures, formulation, i, row):
    """A supply with its dose, its cycle if it has one, and who wrote it if that is said."""
    total = take_supply(table, measures, i, row)
    row.value = dose(table, words, measures, i, measures.dose_least)
    if total == WRONG or row.value == NULL or not is_word(formulation):
        return False
    if not take_cycle(table, i, row):
        return False
    row.quantity_days = NULL
    if total != ABSENT:  # begun days are counted
        row.quantity_days = -((-total * row.limit) // (row.value * row.number))
    row.answer = Formulation.CONVENTIONAL if formulation == ABSENT else formulation
    row.until = number(table, UNTIL, i)
    role = word(table, ROLE, words, OF_ROLE, i)
    row.role = or_null(role)
    refills, row.doses_per_day = number(table, REFILLS, i), number(table, DOSES_PER_DAY, i)
    row.refills = max(0, refills)
    row.loose = loose(table, measures, i)
    return (
        is_word(role)
        and sound_day(row.until)
        and between(refills, 0, _REFILLS)
        and between(row.doses_per_day, 1, _DOSES)
        and take_product(table, words, measures, i, row)
    )


@part
def take_cycle(table, i, row):
    """The dosing days of a cycle and its length: every day, where nothing else is said."""
    row.number, row.limit = number(table, DAYS_ON, i), number(table, CYCLE_DAYS, i)
    if row.number == NULL and row.limit == NULL:
        row.number, row.limit = 1, 1
        return True
    return 1 <= row.number <= row.limit <= _YEAR


@part
def loose(table, measures, i):
    """Whether some capsules are no whole packs of the place."""
    if measures.pack_size == 0:
        return 0
    for each in range(i4(table.capsules_at, i), i4(table.capsules_at, i + 1)):
        if i4(table.capsule_counts, each) % measures.pack_size != 0:
            return 1
    if is_there(table, CAPSULE_MG, i) and is_there(table, QUANTITY, i):
        return 1 if number(table, QUANTITY, i) % measures.pack_size != 0 else 0
    return 0


@part
def take_product(table, words, measures, i, row):
    """The mask of what a known product contains, some of it in one strength only."""
    row.contains = 0
    if not is_there(table, PRODUCT, i):
        return True
    product = whole_at(table, PRODUCT, i)
    held = meaning_of(words, OF_PRODUCT, product)
    if held < 0:
        return False
    for nth in range(words.strength_count):
        if has_strength(table, measures, i, i8(words.strengths, nth)):
            held |= i8(words.product_strength, product * words.strength_count + nth)
    row.contains = held
    return True


@part
def has_strength(table, measures, i, wanted):
    """Whether some of the capsules have a strength."""
    for each in range(i4(table.capsules_at, i), i4(table.capsules_at, i + 1)):
        if strength(f8(table.capsule_strengths, each), measures) == wanted:
            return True
    if not is_there(table, CAPSULE_MG, i):
        return False
    return strength(decimal(table, CAPSULE_MG, i), measures) == wanted
