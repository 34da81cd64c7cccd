"""Values in the small unit of their kind, within its bounds. Part of the compiled loop."""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import f8
from isocourse.facts.many.given import OF_UNIT, UNIT, VALUE
from isocourse.facts.many.reading import decimal, is_there, whole, word
from isocourse.words.codes import NULL


@part
def grams(table, words, measures, i):
    """A weight in grams; NULL when it is none, or not one of a person."""
    unit = word(table, UNIT, words, OF_UNIT, i)
    if unit < 0 or not is_there(table, VALUE, i) or f8(measures.weight_factor, unit) == 0:
        return NULL
    value = decimal(table, VALUE, i)
    if not f8(measures.weight_low, unit) <= value <= f8(measures.weight_high, unit):
        return NULL
    return whole(value, f8(measures.weight_factor, unit))


@part
def amount(table, column, words, measures, test, i):
    """A laboratory value in the small unit of its test; NULL when it is none of a patient."""
    unit = word(table, UNIT, words, OF_UNIT, i)
    if (
        unit < 0
        or not is_there(table, column, i)
        or f8(measures.lab_factor, test * measures.units + unit) == 0
    ):
        return NULL
    value = decimal(table, column, i)
    if not 0 < value < f8(measures.lab_below, test * measures.units + unit):
        return NULL
    return whole(value, f8(measures.lab_factor, test * measures.units + unit))


@part
def dose(table, words, measures, i, least):
    """A daily dose in micrograms; NULL when it is none."""
    right = is_there(table, VALUE, i) and word(table, UNIT, words, OF_UNIT, i) == measures.dose_unit
    if not right:
        return NULL
    value = decimal(table, VALUE, i)
    if not least <= value <= measures.dose_most:
        return NULL
    return whole(value, 1000.0)


@part
def strength(value, measures):
    """The strength of a capsule in micrograms; NULL when it is none."""
    if not measures.dose_least <= value <= measures.strength_most:
        return NULL
    return whole(value, 1000.0)
