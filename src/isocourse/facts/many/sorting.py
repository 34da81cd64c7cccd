"""The entries of a course in the order in which they took effect. Part of the compiled loop."""

from numba import njit

from isocourse.facts.many.counting import kind_of
from isocourse.facts.many.given import (
    CODE,
    INSTANT,
    KIND_COUNT,
    ORDER,
    PRESCRIPTION,
)
from isocourse.facts.many.reading import copy, is_there, moment, whole_at
from isocourse.facts.many.standing import (
    _BEFORE_PRESCRIPTIONS,
    _KIND_RANK,
    _OF_A_DAY,
    END,
    START,
    TIMED,
    content,
    how_closing,
    rank_of,
)
from isocourse.words.codes import NULL, Kind, mask

_PARTS = 6
_MEASURED = mask([Kind.SYMPTOM, Kind.LAB, Kind.WEIGHT])
_COMMUTING = mask(
    [
        Kind.PRIOR_TREATMENT,
        Kind.CONDITION,
        Kind.ALLERGY,
        Kind.MEDICINE,
        Kind.ENROLMENT,
        Kind.SYMPTOM,
        Kind.LAB,
        Kind.QUESTIONNAIRE,
    ]
)
"""Of these kinds two entries that name different things leave the same facts in either order."""


@njit
def mark_outdone(table, words, measures, first, days, held, count, outdone):
    """Of the findings of one thing on one day, mark all but those that close the most."""
    for n in range(count):
        i = held[n]
        outdone[i - first] = 0
        kind = kind_of(table, i)
        if (_MEASURED >> kind) & 1 == 0:
            continue
        own = how_closing(table, words, measures, kind, i)
        for m in range(count):
            j = held[m]
            same = days[j - first] == days[i - first] and kind_of(table, j) == kind
            if same and kind != Kind.WEIGHT:
                same = whole_at(table, CODE, i) == whole_at(table, CODE, j)
            if same and how_closing(table, words, measures, kind, j) > own:
                outdone[i - first] = 1
                break


@njit
def is_cancelled(table, held, count, i):
    """Whether a prescription is cancelled by an entry that counts."""
    for n in range(count):
        j = held[n]
        same = whole_at(table, PRESCRIPTION, i) == whole_at(table, PRESCRIPTION, j)
        if kind_of(table, j) == Kind.CANCEL and same:
            return True
    return False


@njit
def last_written(table, first, days, held, count, day):
    """The last hour of the prescriptions of a day that has several; NULL without one."""
    several, latest = 0, NULL
    for n in range(count):
        j = held[n]
        if kind_of(table, j) == Kind.PRESCRIPTION and days[j - first] == day:
            several += 1
            latest = max(latest, moment(table, INSTANT, j))
    return latest if several > 1 else NULL


@njit
def authorised_on(table, first, days, held, count, day):
    """Whether an authorisation names this day and no hour."""
    for n in range(count):
        j = held[n]
        plain = moment(table, INSTANT, j) == NULL
        if kind_of(table, j) == Kind.AUTHORISATION and plain and days[j - first] == day:
            return True
    return False


@njit
def write_key(table, words, measures, place, first, days, held, count, outdone, i, key):
    """Where an entry stands in the order of its course."""
    kind, day, instant = kind_of(table, i), days[i - first], moment(table, INSTANT, i)
    cancelled = kind == Kind.PRESCRIPTION and is_cancelled(table, held, count, i)
    rank, at_end = rank_of(table, words, place, kind, i, cancelled, outdone[i - first] == 1)
    key[0], key[1] = day * 4 + (END if at_end else START), 0
    by_day = (_OF_A_DAY >> kind) & 1 == 1
    if kind == Kind.RETURN_TO_STOCK:
        by_day = authorised_on(table, first, days, held, count, day)
    if instant != NULL and not by_day:
        key[0], key[1] = day * 4 + TIMED, instant
    unnamed = kind == Kind.AUTHORISATION and not is_there(table, PRESCRIPTION, i)
    if unnamed and instant == NULL:
        latest = last_written(table, first, days, held, count, day)
        if latest != NULL:
            key[0], key[1], rank = day * 4 + TIMED, latest, _BEFORE_PRESCRIPTIONS
    key[2] = rank * KIND_COUNT + _KIND_RANK[kind]
    key[3] = how_closing(table, words, measures, kind, i)
    key[4] = content(table, words, kind, i)
    key[5] = whole_at(table, ORDER, i)


@njit
def comes_after(keys, m, key):
    """Whether the m-th key stands after another one."""
    for part in range(_PARTS):
        if keys[m, part] != key[part]:
            return keys[m, part] > key[part]
    return False


@njit
def put_in_order(table, words, measures, place, first, days, held, count, outdone, keys):
    """Sort the rows of the entries; a table is mostly in order already, so each is moved in."""
    key = keys[count]
    for n in range(count):
        write_key(table, words, measures, place, first, days, held, count, outdone, held[n], key)
        copy(key, keys[n])
    for n in range(1, count):
        if not comes_after(keys, n - 1, keys[n]):
            continue
        moved = held[n]
        copy(keys[n], key)
        m = n
        while m > 0 and comes_after(keys, m - 1, key):
            copy(keys[m - 1], keys[m])
            held[m] = held[m - 1]
            m -= 1
        copy(key, keys[m])
        held[m] = moved


@njit
def tied(keys, n):
    """Whether an entry and the next one differ in nothing but their number."""
    same = True
    for part in range(_PARTS - 1):
        same = same and keys[n, part] == keys[n + 1, part]
    return same


@njit
def order_may_tell(keys, rows, methods, table, held, count):
    """Whether entries that differ in nothing but their number say different things."""
    for n in range(count):
        for m in range(n + 1, count):
            if not tied(keys, m - 1):
                break
            if says_else(rows[n], rows[m], methods) and not commute(rows[n], rows[m]):
                return True
    return False


@njit
def commute(one, other):
    """Whether two records leave the same facts in either order."""
    return (_COMMUTING >> one.kind) & 1 == 1 and one.answer != other.answer


@njit
def says_else(one, other, methods):
    """Whether two records of a kind differ in what they say."""
    if one.answer != other.answer or one.yes != other.yes or one.setting != other.setting:
        return True
    if one.role != other.role or one.grade != other.grade or one.value != other.value:
        return True
    if one.limit != other.limit or one.until != other.until or one.days != other.days:
        return True
    if one.refills != other.refills or one.doses_per_day != other.doses_per_day:
        return True
    if one.quantity_days != other.quantity_days or one.loose != other.loose:
        return True
    if one.contains != other.contains or one.prescription != other.prescription:
        return True
    if one.number != other.number or one.mask != other.mask or one.kind != other.kind:
        return True
    if one.registry_day != other.registry_day or one.latest_day != other.latest_day:
        return True
    return differ(one, other, methods)


@njit
def differ(one, other, methods):
    """Whether two records of contraception name other methods, or in another order."""
    if one.count != other.count:
        return True
    if one.count == NULL:
        return False
    for nth in range(one.count):
        a, b = methods[one.first + nth], methods[other.first + nth]
        if a.method != b.method or a.since != b.since:
            return True
    return False
