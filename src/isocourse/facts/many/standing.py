"""The key of an entry in the order of its course, as whole numbers. Part of the compiled loop.

The same ranks as `facts.order`, on columns. A key is compared part by part: where in which day,
the instant, the rank with the kind, how much it closes, what it says.
"""

from isocourse.facts import order
from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import i4, ones
from isocourse.facts.many.given import (
    ALSO,
    CODE,
    KIND_COUNT,
    KIND_NUMBERS,
    OF_METHOD,
    OF_ROLE_RANK,
    ROLE,
    YES,
)
from isocourse.facts.many.reading import by_kind, flag, is_there, meaning_of, word
from isocourse.words.codes import NULL, Concern, Form, Kind, Result, Severity, Stop, mask
from isocourse.words.codes import word as word_of
from isocourse.words.tokens import CATEGORY_REASONS, CONDITIONS

START, TIMED, END = order.START, order.TIMED, order.END
_ORDINARY, _CYCLE, _CONTRACEPTION = order._ORDINARY, order._CYCLE, order._CONTRACEPTION
_TEST, _TALK, _RESTART, _RESOLVED = order._TEST, order._TALK, order._RESTART, order._RESOLVED
_BEFORE_PRESCRIPTIONS, _PRESCRIPTION = order._BEFORE_PRESCRIPTIONS, order._PRESCRIPTION
_CLOSES, _AUTHORISATION, _DISPENSE = order._CLOSES, order._AUTHORISATION, order._DISPENSE
_UNDONE = order._UNDONE
_MORE_THAN_A_YEAR, _MORE_THAN_ANY_DOSE = order._MORE_THAN_A_YEAR, order._MORE_THAN_ANY_DOSE
_GRAVE = min(Concern[each.upper()] for each in order._GRAVE)
_PREGNANCY = CONDITIONS.index("pregnancy")
_CONTENTS, _MARKS = 64, 3


def _alphabetical(names: dict[str, int], size: int) -> tuple[int, ...]:
    """The place of each number in the order of the texts of its words."""
    ranks = [0] * size
    for rank, name in enumerate(sorted(names, key=lambda each: each + '"')):
        ranks[names[name]] = rank
    return tuple(ranks)


_KIND_RANK = _alphabetical(KIND_NUMBERS, KIND_COUNT)
_FORM_RANK = _alphabetical({word_of(each): each for each in Form}, len(Form))
_STOP_RANK = _alphabetical({word_of(each): each for each in Stop}, len(Stop))
_SEVERITY_RANK = _alphabetical({word_of(each): each for each in Severity}, len(Severity))
_CONCERN_RANK = _alphabetical({word_of(each): each for each in Concern}, len(Concern))
_REASON_RANK = _alphabetical(
    {each: number for number, each in enumerate(CATEGORY_REASONS)}, len(CATEGORY_REASONS)
)
_OF_A_DAY = mask(KIND_NUMBERS[each] for each in order._OF_A_DAY)


@part
def three_ways(mark):
    """Where the text of a mark stands: false, null, true."""
    return 1 if mark == NULL else mark * 2


@part
def accepted_category(place, row):
    """Whether a category says cannot, with a reason that the place accepts."""
    if row.yes != 0:
        return False
    return row.answer >= 0 and (place.category_reasons >> row.answer) & 1 == 1


@part
def methods_of(table, words, i):
    """The mask of the methods of an entry."""
    held = 0
    for each in range(i4(table.methods_at, i), i4(table.methods_at, i + 1)):
        held |= 1 << meaning_of(words, OF_METHOD, i4(table.methods, each))
    return held


@part
def accepted_contraception(table, words, place, i, row):
    """Whether the place accepts a record of contraception."""
    if row.answer == 1:
        agreed = row.yes == 1
        return place.abstinence_accepted == 1 and (agreed or place.abstinence_needs_agreement == 0)
    held = methods_of(table, words, i)
    leads = ones(held & place.methods_primary)
    pair = leads >= 1 and held & place.methods_second != 0
    alone = held & place.methods_alone != 0
    return alone or pair or (place.two_primaries_count == 1 and leads > 1)


@part
def closes(kind, row):
    """Whether an entry can only close a gate, never open one."""
    if kind == Kind.PREGNANCY_TEST:
        return row.answer == Result.POSITIVE
    if kind == Kind.VISIT or kind == Kind.ENROLMENT or kind == Kind.COMPREHENSION:
        return row.yes == 0
    if kind == Kind.CONDITION or kind == Kind.MEDICINE or kind == Kind.PREGNANCY_CATEGORY:
        return row.yes == 1
    if kind == Kind.QUESTIONNAIRE:
        return row.grade > 0
    if kind == Kind.MENTAL_HEALTH:
        return row.answer >= _GRAVE
    return (
        kind == Kind.PREGNANCY
        or kind == Kind.STOP
        or kind == Kind.ALLERGY
        or kind == Kind.PATIENT_REPORT
    )


@part
def rank_of(table, words, place, kind, i, row, cancelled, outdone):
    """The rank within one time, and whether a plain date means the end of the day."""
    if kind == Kind.SYMPTOM or kind == Kind.LAB or kind == Kind.WEIGHT:
        return _CLOSES, not outdone
    if kind == Kind.DISPENSE or kind == Kind.TAKEN:
        return _DISPENSE, True
    if kind == Kind.PRESCRIPTION:
        return _PRESCRIPTION - (1 if cancelled else 0), False
    if kind == Kind.AUTHORISATION:
        return _AUTHORISATION, True
    if kind == Kind.CANCEL or kind == Kind.RETURN_TO_STOCK or kind == Kind.AUTHORISATION_REVERSED:
        return _UNDONE, True
    if kind == Kind.CYCLE:
        return _CYCLE + row.yes, False
    if kind == Kind.MENSES:
        return _CYCLE, False
    if kind == Kind.CONTRACEPTION:
        accepted = accepted_contraception(table, words, place, i, row)
        return (_CONTRACEPTION if accepted else _CLOSES), not accepted
    if kind == Kind.PREGNANCY_CATEGORY and not accepted_category(place, row):
        return _CLOSES, True
    if closes(kind, row):
        return _CLOSES, True
    return opens(kind, row), False


@part
def opens(kind, row):
    """The rank of an entry that may open something, or does neither."""
    if kind == Kind.PREGNANCY_TEST:
        return _TEST
    if kind == Kind.COUNSELLING or kind == Kind.COMPREHENSION:
        return _TALK
    if kind == Kind.RESTART:
        return _RESTART
    if kind == Kind.CONDITION and row.answer == _PREGNANCY:
        return _RESOLVED
    return _ORDINARY


@part
def how_closing(table, kind, i, row):
    """Of two entries of one kind at one time, the one that closes more comes last."""
    if kind == Kind.LAB:
        return row.value
    if kind == Kind.WEIGHT:
        return -row.value
    if kind == Kind.PRESCRIPTION:
        return (row.refills * _MORE_THAN_A_YEAR + row.days) * _MORE_THAN_ANY_DOSE + row.value
    if kind == Kind.SYMPTOM:
        return row.grade
    if kind == Kind.QUESTIONNAIRE:
        return max(0, row.grade)
    if kind == Kind.MENTAL_HEALTH:
        return max(0, row.answer - _GRAVE)
    if kind == Kind.COMPREHENSION:
        return i4(table.words_at, i + 1) - i4(table.words_at, i)
    return latest_since(table, i) if kind == Kind.CONTRACEPTION else 0


@part
def latest_since(table, i):
    """The latest first day of the methods of an entry, 0 without any."""
    latest = 0
    for each in range(i4(table.methods_at, i), i4(table.methods_at, i + 1)):
        first = each == i4(table.methods_at, i)
        latest = i4(table.since, each) if first else max(latest, i4(table.since, each))
    return latest


@part
def content(table, words, kind, i):
    """What an entry says, as the place of its text among those of its kind.

    Only of kinds whose words are few and whose order tells; of others see `tied`.
    """
    code = by_kind(table, CODE, words, words.code, kind, i)
    marks = three_ways(flag(table, YES, i)) * _MARKS
    if kind == Kind.PREGNANCY_CATEGORY:
        reason = _REASON_RANK[code] if code >= 0 else len(_REASON_RANK)
        return marks * _CONTENTS + reason
    if kind == Kind.DIAGNOSIS:
        return _SEVERITY_RANK[code] * _CONTENTS + marks + three_ways(flag(table, ALSO, i))
    if kind == Kind.CONSENT:
        return _FORM_RANK[code] * _CONTENTS + marks
    if kind == Kind.MENTAL_HEALTH:
        return marks * _CONTENTS + _CONCERN_RANK[code]
    if kind == Kind.SEXUAL_FUNCTION:
        return marks + three_ways(flag(table, ALSO, i))
    if kind == Kind.STOP:
        return _STOP_RANK[code]
    if kind == Kind.VISIT:
        if not is_there(table, ROLE, i):
            return words.width
        return word(table, ROLE, words, OF_ROLE_RANK, i)
    return 0
