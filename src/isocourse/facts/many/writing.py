"""One entry as a record for the pass, from columns. Part of the compiled loop.

The same fields as `facts.rows` writes for one course.
"""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import f8, i4, i8
from isocourse.facts.many.amounts import amount, dose, grams, strength
from isocourse.facts.many.given import (
    ABSENT,
    ALSO,
    BY_ROLE,
    CAPSULE_MG,
    CODE,
    COMEDONES,
    CYCLE_DAYS,
    DAYS,
    DAYS_ON,
    DOCUMENT,
    DOSES_PER_DAY,
    GRADE,
    NODULES,
    OF_BY_ROLE,
    OF_ENTERED,
    OF_METHOD,
    OF_PRODUCT,
    OF_ROLE,
    OF_ROUTE,
    OF_TOPIC,
    PAPULES_PUSTULES,
    PRODUCT,
    QUANTITY,
    REFILLS,
    ROLE,
    ROUTE,
    SCORE,
    STATUS,
    UNTIL,
    UPPER_LIMIT,
    VALUE,
    YES,
)
from isocourse.facts.many.reading import (
    by_kind,
    decimal,
    flag,
    is_there,
    meaning_of,
    number,
    whole,
    whole_at,
    word,
)
from isocourse.words.codes import ENTRIES_CLASH, NULL, Formulation, Kind


@part
def or_null(found):
    """The number of a word, NULL without one that rules know."""
    return found if found >= 0 else NULL


@part
def marked(mark):
    """Whether a mark is there and says yes."""
    return 1 if mark == 1 else 0


@part
def write_row(table, words, measures, kind, i, row):
    """What the entry of a row says; its place in the course is written by the loop."""
    row.kind = 0 if kind == DOCUMENT else kind
    if kind == Kind.PRESCRIPTION:
        write_prescription(table, words, measures, i, row)
    elif kind == Kind.DISPENSE:
        row.days = number(table, DAYS, i)
        row.value = or_null(capsules_of(table, measures, i))
    elif kind == Kind.WEIGHT:
        row.value = grams(table, words, measures, i)
    elif kind == Kind.LAB:
        write_lab(table, words, measures, i, row)
    elif kind == Kind.TAKEN:
        row.value = dose(table, words, measures, i, 0.0)
        row.until = number(table, UNTIL, i)
    elif kind == Kind.HISTORY_REVIEW:
        row.mask = topics_of(table, words, i)
    elif kind == Kind.AUTHORISATION:
        row.until = number(table, UNTIL, i)
    else:
        write_words(table, words, kind, i, row)


@part
def topics_of(table, words, i):
    """The mask of the topics of an entry."""
    held = 0
    for each in range(i4(table.words_at, i), i4(table.words_at, i + 1)):
        held |= 1 << meaning_of(words, OF_TOPIC, i4(table.words, each))
    return held


@part
def entries_of(table, words, i):
    """The mask of the methods that the patient entered."""
    held = 0
    for each in range(i4(table.words_at, i), i4(table.words_at, i + 1)):
        held |= 1 << meaning_of(words, OF_ENTERED, i4(table.words, each))
    return held


@part
def write_words(table, words, kind, i, row):
    """The kinds that say something in a word or a mark."""
    code = by_kind(table, CODE, words, words.code, kind, i)
    yes, also = flag(table, YES, i), flag(table, ALSO, i)
    if kind == Kind.PREGNANCY_CATEGORY or kind == Kind.ENROLMENT:
        row.yes, row.answer = yes, or_null(code)
    elif kind == Kind.DIAGNOSIS:
        row.answer, row.yes, row.grade = code, marked(yes), marked(also)
    elif kind == Kind.CONSENT:
        row.answer, row.yes = code, marked(yes)
    elif kind == Kind.COMPREHENSION:
        row.yes, row.mask = yes, entries_of(table, words, i)
    elif kind == Kind.CYCLE:
        row.yes = yes
    elif kind == Kind.CONTRACEPTION:
        row.answer, row.yes = marked(yes), marked(also)
    elif kind == Kind.MENTAL_HEALTH:
        row.yes, row.answer = yes, code
    elif kind == Kind.SEXUAL_FUNCTION:
        row.yes, row.answer = yes, also
    elif kind == Kind.SYMPTOM:
        row.answer, row.grade = or_null(code), number(table, GRADE, i)
    elif kind == Kind.QUESTIONNAIRE:
        row.answer, row.grade = code, number(table, GRADE, i)
        row.value = whole(decimal(table, SCORE, i), 1.0)
    elif kind == Kind.SEVERITY:
        row.answer, row.value = code, whole(decimal(table, SCORE, i), 1.0)
    elif kind == Kind.LESIONS:
        row.value = number(table, PAPULES_PUSTULES, i)
        row.limit, row.grade = number(table, COMEDONES, i), number(table, NODULES, i)
    elif kind == Kind.PATIENT_REPORT:
        row.answer, row.days = code, number(table, QUANTITY, i)
    elif kind == Kind.ALLERGY or kind == Kind.STOP:
        row.answer = or_null(code)
    else:
        write_pairs(table, words, kind, code, i, row)
    if kind == Kind.CONDITION or kind == Kind.MENTAL_HEALTH:
        row.role = or_null(word(table, BY_ROLE, words, OF_BY_ROLE, i))


@part
def write_pairs(table, words, kind, code, i, row):
    """The kinds with two words."""
    status = by_kind(table, STATUS, words, words.status, kind, i)
    if kind == Kind.CONDITION or kind == Kind.PRIOR_TREATMENT:
        row.answer, row.yes = or_null(code), status
    elif kind == Kind.MEDICINE:
        route = word(table, ROUTE, words, OF_ROUTE, i)
        slot = i8(words.medicine, max(0, route) * words.width + whole_at(table, CODE, i))
        row.answer, row.yes = or_null(slot), status
    elif kind == Kind.PREGNANCY_TEST:
        row.answer, row.setting, row.yes = code, status, marked(flag(table, YES, i))
    elif kind == Kind.VISIT:
        row.yes = code
        row.role = or_null(word(table, ROLE, words, OF_ROLE, i))


@part
def write_lab(table, words, measures, i, row):
    """A laboratory value with its upper limit, in the small unit of its test."""
    test = by_kind(table, CODE, words, words.code, Kind.LAB, i)
    row.answer = test
    row.value = amount(table, VALUE, words, measures, test, i)
    row.yes = flag(table, YES, i)
    if is_there(table, UPPER_LIMIT, i):
        row.limit = amount(table, UPPER_LIMIT, words, measures, test, i)


@part
def write_prescription(table, words, measures, i, row):
    """Dose, days, capsules and product of a prescription."""
    formulation = by_kind(table, CODE, words, words.code, Kind.PRESCRIPTION, i)
    row.value = dose(table, words, measures, i, measures.dose_least)
    row.days = number(table, DAYS, i)
    row.refills = max(0, number(table, REFILLS, i))
    row.doses_per_day = number(table, DOSES_PER_DAY, i)
    row.answer = Formulation.CONVENTIONAL if formulation == ABSENT else formulation
    row.until = number(table, UNTIL, i)
    row.role = or_null(word(table, ROLE, words, OF_ROLE, i))
    row.number, row.limit = cycle_of(table, i)
    row.quantity_days = lasting(table, measures, i, row.value)
    row.loose = loose(table, measures, i)
    row.contains = contains(table, words, measures, i)


@part
def cycle_of(table, i):
    """The dosing days of a cycle and its length: every day, where nothing else is said."""
    if not is_there(table, DAYS_ON, i):
        return 1, 1
    return number(table, DAYS_ON, i), number(table, CYCLE_DAYS, i)


@part
def capsules_of(table, measures, i):
    """All the isotretinoin in the capsules in micrograms; ABSENT when they are not told."""
    total = ABSENT
    for each in range(i4(table.capsules_at, i), i4(table.capsules_at, i + 1)):
        of_one = strength(f8(table.capsule_strengths, each), measures)
        total = max(0, total) + of_one * i4(table.capsule_counts, each)
    if is_there(table, CAPSULE_MG, i) and is_there(table, QUANTITY, i):
        total = strength(decimal(table, CAPSULE_MG, i), measures) * number(table, QUANTITY, i)
    return total


@part
def lasting(table, measures, i, daily):
    """Whole days that the capsules last at the daily dose, begun days counted."""
    total = capsules_of(table, measures, i)
    days_on, cycle = cycle_of(table, i)
    return NULL if total == ABSENT else -((-total * cycle) // (daily * days_on))


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
def contains(table, words, measures, i):
    """The mask of what the product is known to contain, some of it in one strength only."""
    if not is_there(table, PRODUCT, i):
        return 0
    product = whole_at(table, PRODUCT, i)
    held = meaning_of(words, OF_PRODUCT, product)
    for nth in range(words.strength_count):
        if has_strength(table, measures, i, i8(words.strengths, nth)):
            held |= i8(words.product_strength, product * words.strength_count + nth)
    return held


@part
def has_strength(table, measures, i, wanted):
    """Whether some of the capsules have a strength."""
    for each in range(i4(table.capsules_at, i), i4(table.capsules_at, i + 1)):
        if strength(f8(table.capsule_strengths, each), measures) == wanted:
            return True
    if not is_there(table, CAPSULE_MG, i):
        return False
    return strength(decimal(table, CAPSULE_MG, i), measures) == wanted


@part
def mark_clash(row):
    """Answers that name other contraception than others of the same time."""
    row.mask |= 1 << ENTRIES_CLASH


@part
def write_methods(table, words, i, row, methods, used):
    """The methods of an entry, after those already written; how many there are now."""
    row.first = used
    row.count = i4(table.methods_at, i + 1) - i4(table.methods_at, i)
    for nth in range(row.count):
        methods[used + nth].method = meaning_of(
            words, OF_METHOD, i4(table.methods, i4(table.methods_at, i) + nth)
        )
        methods[used + nth].since = i4(table.since, i4(table.methods_at, i) + nth)
    return used + row.count
