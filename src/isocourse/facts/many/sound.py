"""Whether an entry is surely one that a course file may hold. Part of the compiled loop.

Anything else is not refused here: its course is left to the code for one course, which knows all
the words to say what is wrong. So every test here may be narrower than that of the course file,
and must not be wider.
"""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import f8, i4
from isocourse.facts.many.amounts import amount, dose, grams
from isocourse.facts.many.given import (
    ABSENT,
    ALSO,
    AT,
    BY_ROLE,
    CODE,
    COMEDONES,
    DOCUMENT,
    GRADE,
    INSTANT,
    NODULES,
    NUMBER,
    OF_BY_ROLE,
    OF_ENTERED,
    OF_METHOD,
    OF_ROLE,
    OF_ROUTE,
    OF_TOPIC,
    PAPULES_PUSTULES,
    PRESCRIPTION,
    QUANTITY,
    RECORDED,
    RECORDED_INSTANT,
    RETRACT,
    RETRACTS,
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
    FIRST_DAY,
    LAST_DAY,
    by_kind,
    decimal,
    flag,
    is_moment,
    is_there,
    is_word,
    meaning_of,
    moment,
    number,
    whole,
    word,
)
from isocourse.facts.many.sound_supply import between, sound_day, sound_prescription, sound_supply
from isocourse.words.codes import ABSTINENCE, NULL, Kind
from isocourse.words.tokens import INSTRUMENTS, SCALES

_MOST_IN_A_LIST = 100
_REPORTS = 1000
_GRADES, _ITEM_9, _LESIONS = 4, 3, 10_000
_PHQ_9, _LEEDS = INSTRUMENTS.index("phq-9"), SCALES.index("leeds")


@part
def sound(table, words, measures, kind, i):
    """Whether the entry of a row is surely well formed."""
    if not is_word(word(table, BY_ROLE, words, OF_BY_ROLE, i)):
        return False
    if not sound_times(table, i):
        return False
    if kind == Kind.PRESCRIPTION:
        return sound_prescription(table, words, measures, i)
    if kind == Kind.DISPENSE:
        return sound_supply(table, measures, i)
    if kind == Kind.CONTRACEPTION:
        return sound_contraception(table, words, i)
    if kind == Kind.COMPREHENSION:
        return flag(table, YES, i) != NULL and sound_entries(table, words, i)
    if kind == Kind.HISTORY_REVIEW:
        return sound_topics(table, words, i)
    if kind == Kind.WEIGHT:
        return grams(table, words, measures, i) != NULL
    if kind == Kind.LAB:
        return sound_lab(table, words, measures, i)
    if kind == Kind.TAKEN:
        return sound_day(table, UNTIL, i) and dose(table, words, measures, i, 0.0) != NULL
    return sound_words(table, words, measures, kind, i)


@part
def sound_times(table, i):
    """When it happened, and when it was recorded if that is said."""
    if not is_moment(number(table, AT, i), moment(table, INSTANT, i)):
        return False
    if table.recorded == 0:
        return True
    recorded, instant = number(table, RECORDED, i), moment(table, RECORDED_INSTANT, i)
    return (recorded == NULL and instant == NULL) or is_moment(recorded, instant)


@part
def sound_words(table, words, measures, kind, i):
    """Words, marks and numbers of the kinds that have no form of their own."""
    code = by_kind(table, CODE, words, words.code, kind, i)
    if not is_word(code):
        return False
    if kind == Kind.PREGNANCY_CATEGORY or kind == Kind.CYCLE:
        return flag(table, YES, i) != NULL
    if kind == Kind.DIAGNOSIS or kind == Kind.STOP or kind == Kind.CONSENT:
        return code != ABSENT
    if kind == Kind.PATIENT_REPORT:
        return code != ABSENT and between(table, QUANTITY, i, 0, _REPORTS)
    if kind == Kind.RELAPSE or kind == Kind.ALLERGY:
        return code != ABSENT
    if kind == Kind.ENROLMENT or kind == Kind.MENTAL_HEALTH:
        return code != ABSENT and flag(table, YES, i) != NULL
    if kind == Kind.SEXUAL_FUNCTION:
        return flag(table, YES, i) != NULL and flag(table, ALSO, i) != NULL
    if kind == Kind.SYMPTOM:
        return code != ABSENT and 1 <= number(table, GRADE, i) <= _GRADES
    if kind == Kind.QUESTIONNAIRE:
        return code != ABSENT and sound_questionnaire(table, measures, code, i)
    if kind == Kind.SEVERITY:
        return code != ABSENT and sound_severity(table, measures, code, i)
    if kind == Kind.LESIONS:
        return sound_lesions(table, i)
    return sound_pairs(table, words, kind, code, i)


@part
def sound_questionnaire(table, measures, which, i):
    """A whole score in the range of its questionnaire; item 9 stands with the PHQ-9 alone."""
    if not is_there(table, SCORE, i):
        return False
    score, item = decimal(table, SCORE, i), number(table, GRADE, i)
    if score != int(score):
        return False
    if not f8(measures.score_low, which) <= score <= f8(measures.score_high, which):
        return False
    return item == NULL or (which == _PHQ_9 and 0 <= item <= _ITEM_9)


@part
def sound_severity(table, measures, scale, i):
    """A grade on its scale; only leeds has steps between whole ones."""
    if not is_there(table, SCORE, i):
        return False
    score = decimal(table, SCORE, i)
    if not 0 <= score <= f8(measures.scale_top, scale):
        return False
    return (scale == _LEEDS or score == int(score)) and whole(score, 1.0) != NULL


@part
def sound_lesions(table, i):
    """Counts, where they are given."""
    return (
        between(table, COMEDONES, i, 0, _LESIONS)
        and between(table, PAPULES_PUSTULES, i, 0, _LESIONS)
        and between(table, NODULES, i, 0, _LESIONS)
    )


@part
def sound_pairs(table, words, kind, code, i):
    """The kinds with two words, or with the name of something."""
    status = by_kind(table, STATUS, words, words.status, kind, i)
    if kind == Kind.CONDITION or kind == Kind.PRIOR_TREATMENT or kind == Kind.PREGNANCY_TEST:
        return code != ABSENT and status >= 0
    if kind == Kind.MEDICINE:
        route = word(table, ROUTE, words, OF_ROUTE, i)
        return code != ABSENT and status >= 0 and is_word(route)
    role = word(table, ROLE, words, OF_ROLE, i)
    if kind == Kind.VISIT:
        return code != ABSENT and is_word(role)
    if kind == Kind.PRESCRIBER_AGREEMENT:
        return is_there(table, NUMBER, i) and role != ABSENT and is_word(role)
    if kind == Kind.AUTHORISATION:
        return is_there(table, NUMBER, i) and sound_day(table, UNTIL, i)
    if kind == Kind.AUTHORISATION_REVERSED:
        return is_there(table, NUMBER, i)
    if kind == Kind.CANCEL or kind == Kind.RETURN_TO_STOCK:
        return is_there(table, PRESCRIPTION, i)
    return sound_bare(table, kind, i)


@part
def sound_bare(table, kind, i):
    """The kinds that say nothing more; those that no rule reads are looked at one by one."""
    if kind == RETRACT:
        return is_there(table, RETRACTS, i)
    return (
        kind == DOCUMENT
        or kind == Kind.MENSES
        or kind == Kind.COUNSELLING
        or kind == Kind.RESTART
        or kind == Kind.PREGNANCY
    )


@part
def sound_topics(table, words, i):
    """At least one topic, and each a known one."""
    first, last = i4(table.words_at, i), i4(table.words_at, i + 1)
    for each in range(first, last):
        if i4(table.words, each) < 0 or meaning_of(words, OF_TOPIC, i4(table.words, each)) < 0:
            return False
    return 0 < last - first <= _MOST_IN_A_LIST


@part
def sound_entries(table, words, i):
    """Known methods, or abstinence alone."""
    first, last = i4(table.words_at, i), i4(table.words_at, i + 1)
    for each in range(first, last):
        if i4(table.words, each) < 0:
            return False
        method = meaning_of(words, OF_ENTERED, i4(table.words, each))
        if method < 0 or (method == ABSTINENCE and last - first > 1):
            return False
    return last - first <= _MOST_IN_A_LIST


@part
def sound_contraception(table, words, i):
    """Either abstinence or known methods, each with its first day."""
    first, last = i4(table.methods_at, i), i4(table.methods_at, i + 1)
    for each in range(first, last):
        if i4(table.methods, each) < 0:
            return False
        method = meaning_of(words, OF_METHOD, i4(table.methods, each))
        if method < 0 or method == ABSTINENCE:
            return False
        if not FIRST_DAY <= i4(table.since, each) <= LAST_DAY:
            return False
    return (last > first) != (flag(table, YES, i) == 1) and last - first <= _MOST_IN_A_LIST


@part
def sound_lab(table, words, measures, i):
    """A known test with its value, and its upper limit if that is given."""
    test = by_kind(table, CODE, words, words.code, Kind.LAB, i)
    if test < 0 or amount(table, VALUE, words, measures, test, i) == NULL:
        return False
    if not is_there(table, UPPER_LIMIT, i):
        return True
    return amount(table, UPPER_LIMIT, words, measures, test, i) != NULL
