"""Whether a prescription or a hand-over is surely well formed. Part of the compiled loop."""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import f8, i4
from isocourse.facts.many.amounts import dose, strength
from isocourse.facts.many.given import (
    CAPSULE_MG,
    CODE,
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
    by_kind,
    decimal,
    is_there,
    is_word,
    meaning_of,
    number,
    whole_at,
    word,
)
from isocourse.words.codes import NULL, Kind

_MOST_IN_A_LIST = 100
_YEAR, _REFILLS, _DOSES = 366, 99, 6


@part
def between(table, column, i, low, high):
    """No number, or one between two bounds."""
    found = number(table, column, i)
    return found == NULL or low <= found <= high


@part
def sound_day(table, column, i):
    """No day, or one that a course file may name."""
    day = number(table, column, i)
    return day == NULL or FIRST_DAY <= day <= LAST_DAY


@part
def sound_supply(table, measures, i):
    """A prescription's name, its days, and its capsules counted in one way."""
    if not is_there(table, PRESCRIPTION, i) or not 1 <= number(table, DAYS, i) <= _YEAR:
        return False
    if not between(table, QUANTITY, i, 1, measures.count_most):
        return False
    single = is_there(table, CAPSULE_MG, i)
    if single and strength(decimal(table, CAPSULE_MG, i), measures) == NULL:
        return False
    first, last = i4(table.capsules_at, i), i4(table.capsules_at, i + 1)
    if last > first and (single or is_there(table, QUANTITY, i)):
        return False
    for each in range(first, last):
        if strength(f8(table.capsule_strengths, each), measures) == NULL:
            return False
        if not 1 <= i4(table.capsule_counts, each) <= measures.count_most:
            return False
    return last - first <= _MOST_IN_A_LIST


@part
def sound_prescription(table, words, measures, i):
    """A supply with its dose, its cycle if it has one, and who wrote it if that is said."""
    if not sound_supply(table, measures, i):
        return False
    if dose(table, words, measures, i, measures.dose_least) == NULL:
        return False
    days_on, cycle = number(table, DAYS_ON, i), number(table, CYCLE_DAYS, i)
    if (days_on == NULL) != (cycle == NULL):
        return False
    if days_on != NULL and not 1 <= days_on <= cycle <= _YEAR:
        return False
    known = is_word(word(table, ROLE, words, OF_ROLE, i)) and sound_day(table, UNTIL, i)
    if is_there(table, PRODUCT, i):
        known = known and meaning_of(words, OF_PRODUCT, whole_at(table, PRODUCT, i)) >= 0
    known = known and is_word(by_kind(table, CODE, words, words.code, Kind.PRESCRIPTION, i))
    return (
        known
        and between(table, REFILLS, i, 0, _REFILLS)
        and between(table, DOSES_PER_DAY, i, 1, _DOSES)
    )
