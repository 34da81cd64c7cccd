"""One entry as a record for the pass, if it is surely one that a course file may hold.

Part of the compiled loop. The record has the fields that `facts.rows` writes for one course. An
entry that is not surely well formed is not refused here: its course is left to the code for one
course, which knows all the words to say what is wrong. So every test here may be narrower than that
of the course file, and must not be wider. What an entry says is read once, tested and written.
"""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import f8, i8
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
    OF_ROLE,
    OF_ROUTE,
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
    by_kind,
    decimal,
    flag,
    is_moment,
    is_there,
    is_word,
    marked,
    moment,
    number,
    or_null,
    whole,
    whole_at,
    word,
)
from isocourse.facts.many.taking_lists import take_contraception, take_entries, take_topics
from isocourse.facts.many.taking_supply import between, sound_day, take_dispense, take_prescription
from isocourse.words.codes import NULL, Kind
from isocourse.words.tokens import INSTRUMENTS, SCALES

_REPORTS = 1000
_GRADES, _ITEM_9, _LESIONS = 4, 3, 10_000
_PHQ_9, _LEEDS = INSTRUMENTS.index("phq-9"), SCALES.index("leeds")


@part
def take(table, words, measures, kind, i, row):
    """Write what the entry of a row says; whether it is surely well formed."""
    by = word(table, BY_ROLE, words, OF_BY_ROLE, i)
    row.kind = 0 if kind == DOCUMENT else kind
    if not is_word(by) or not sound_times(table, i):
        return False
    code = by_kind(table, CODE, words, words.code, kind, i)
    if kind == Kind.WEIGHT:
        row.value = grams(table, words, measures, i)
        return row.value != NULL
    if kind == Kind.LAB:
        return take_lab(table, words, measures, code, i, row)
    if kind == Kind.DISPENSE:
        return take_dispense(table, measures, i, row)
    if kind == Kind.PRESCRIPTION:
        return take_prescription(table, words, measures, code, i, row)
    if kind == Kind.CONTRACEPTION:
        return take_contraception(table, words, i, row)
    if kind == Kind.COMPREHENSION:
        return take_entries(table, words, i, row)
    if kind == Kind.HISTORY_REVIEW:
        return take_topics(table, words, i, row)
    if kind == Kind.TAKEN:
        row.value = dose(table, words, measures, i, 0.0)
        row.until = number(table, UNTIL, i)
        return row.value != NULL and sound_day(row.until)
    if not is_word(code):
        return False
    if kind == Kind.CONDITION or kind == Kind.MENTAL_HEALTH:
        row.role = or_null(by)
    return take_words(table, words, measures, kind, code, i, row)


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
def take_words(table, words, measures, kind, code, i, row):
    """The kinds that say something in a word or a mark."""
    if kind == Kind.PREGNANCY_TEST:
        row.answer = code
        row.setting = by_kind(table, STATUS, words, words.status, kind, i)
        row.yes = marked(flag(table, YES, i))
        return code != ABSENT and row.setting >= 0
    if kind == Kind.VISIT:
        role = word(table, ROLE, words, OF_ROLE, i)
        row.yes, row.role = code, or_null(role)
        return code != ABSENT and is_word(role)
    if kind == Kind.SYMPTOM:
        row.answer, row.grade = or_null(code), number(table, GRADE, i)
        return code != ABSENT and 1 <= row.grade <= _GRADES
    if kind == Kind.QUESTIONNAIRE:
        return code != ABSENT and take_questionnaire(table, measures, code, i, row)
    if kind == Kind.SEVERITY:
        return code != ABSENT and take_severity(table, measures, code, i, row)
    if kind == Kind.LESIONS:
        return take_lesions(table, i, row)
    if kind == Kind.PREGNANCY_CATEGORY:
        row.yes, row.answer = flag(table, YES, i), or_null(code)
        return row.yes != NULL
    if kind == Kind.ENROLMENT:
        row.yes, row.answer = flag(table, YES, i), code
        return code != ABSENT and row.yes != NULL
    if kind == Kind.MENTAL_HEALTH:
        row.yes, row.answer = flag(table, YES, i), code
        return code != ABSENT and row.yes != NULL
    if kind == Kind.CYCLE:
        row.yes = flag(table, YES, i)
        return row.yes != NULL
    if kind == Kind.SEXUAL_FUNCTION:
        row.yes, row.answer = flag(table, YES, i), flag(table, ALSO, i)
        return row.yes != NULL and row.answer != NULL
    if kind == Kind.DIAGNOSIS:
        row.answer, row.yes = code, marked(flag(table, YES, i))
        row.grade = marked(flag(table, ALSO, i))
        return code != ABSENT
    if kind == Kind.CONSENT:
        row.answer, row.yes = code, marked(flag(table, YES, i))
        return code != ABSENT
    return take_pairs(table, words, kind, code, i, row)


@part
def take_pairs(table, words, kind, code, i, row):
    """The kinds with two words, or with the name of something."""
    if kind == Kind.CONDITION or kind == Kind.PRIOR_TREATMENT:
        row.answer, row.yes = or_null(code), by_kind(table, STATUS, words, words.status, kind, i)
        return code != ABSENT and row.yes >= 0
    if kind == Kind.MEDICINE:
        return take_medicine(table, words, code, i, row)
    if kind == Kind.ALLERGY or kind == Kind.STOP:
        row.answer = or_null(code)
        return code != ABSENT
    if kind == Kind.PATIENT_REPORT:
        row.answer, row.days = code, number(table, QUANTITY, i)
        return code != ABSENT and between(row.days, 0, _REPORTS)
    if kind == Kind.RELAPSE:
        return code != ABSENT
    if kind == Kind.AUTHORISATION:
        row.until = number(table, UNTIL, i)
        return is_there(table, NUMBER, i) and sound_day(row.until)
    if kind == Kind.AUTHORISATION_REVERSED:
        return is_there(table, NUMBER, i)
    if kind == Kind.CANCEL or kind == Kind.RETURN_TO_STOCK:
        return is_there(table, PRESCRIPTION, i)
    if kind == Kind.PRESCRIBER_AGREEMENT:
        role = word(table, ROLE, words, OF_ROLE, i)
        return is_there(table, NUMBER, i) and role != ABSENT and is_word(role)
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
def take_medicine(table, words, code, i, row):
    """A medicine by its slot, which its route decides; started or stopped."""
    route = word(table, ROUTE, words, OF_ROUTE, i)
    row.yes = by_kind(table, STATUS, words, words.status, Kind.MEDICINE, i)
    if code == ABSENT or row.yes < 0 or not is_word(route):
        return False
    slot = i8(words.medicine, max(0, route) * words.width + whole_at(table, CODE, i))
    row.answer = or_null(slot)
    return True


@part
def take_questionnaire(table, measures, which, i, row):
    """A whole score in the range of its questionnaire; item 9 stands with the PHQ-9 alone."""
    if not is_there(table, SCORE, i):
        return False
    score, item = decimal(table, SCORE, i), number(table, GRADE, i)
    if score != int(score):
        return False
    if not f8(measures.score_low, which) <= score <= f8(measures.score_high, which):
        return False
    row.answer, row.grade, row.value = which, item, int(score)
    return item == NULL or (which == _PHQ_9 and 0 <= item <= _ITEM_9)


@part
def take_severity(table, measures, scale, i, row):
    """A grade on its scale; only leeds has steps between whole ones."""
    if not is_there(table, SCORE, i):
        return False
    score = decimal(table, SCORE, i)
    if not 0 <= score <= f8(measures.scale_top, scale):
        return False
    row.answer, row.value = scale, whole(score, 1.0)
    return (scale == _LEEDS or score == int(score)) and row.value != NULL


@part
def take_lesions(table, i, row):
    """Counts, where they are given."""
    row.limit = number(table, COMEDONES, i)
    row.value = number(table, PAPULES_PUSTULES, i)
    row.grade = number(table, NODULES, i)
    return (
        between(row.limit, 0, _LESIONS)
        and between(row.value, 0, _LESIONS)
        and between(row.grade, 0, _LESIONS)
    )


@part
def take_lab(table, words, measures, test, i, row):
    """A known test with its value, and its upper limit if that is given, in its small unit."""
    if test < 0:
        return False
    row.answer, row.yes = test, flag(table, YES, i)
    row.value = amount(table, VALUE, words, measures, test, i)
    if row.value == NULL or not is_there(table, UPPER_LIMIT, i):
        return row.value != NULL
    row.limit = amount(table, UPPER_LIMIT, words, measures, test, i)
    return row.limit != NULL
