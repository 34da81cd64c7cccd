"""The entries of a course in the order in which they took effect. Part of the compiled loop."""

from isocourse.facts.compiled import part
from isocourse.facts.many.counting import has_kind, kind_of, same_prescription
from isocourse.facts.many.given import (
    CODE,
    INSTANT,
    KIND_COUNT,
    ORDER,
    PRESCRIPTION,
)
from isocourse.facts.many.reading import DAY, copy, is_there, moment, whole_at
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

_PARTS, _TIME_AND_RANK = 5, 2
_RANKS = 1024
"""Ranks with kinds are fewer: an instant and a rank make one number."""
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


@part
def mark_outdone(table, first, count, room):
    """Of the findings of one thing on one day, mark all but those that close the most."""
    found, rising, before = 0, True, NULL
    for n in range(count):
        i = room.held[n]
        room.outdone[i - first] = 0
        room.measured[found] = i
        found += (_MEASURED >> kind_of(table, i)) & 1
        rising = rising and room.days[i - first] >= before
        before = room.days[i - first]
    for n in range(found):
        i = room.measured[n]
        day, one = room.days[i - first], room.read[i - first]
        for m in range(n + 1, found):
            j = room.measured[m]
            if rising and room.days[j - first] != day:
                break
            if room.days[j - first] == day and same_thing(table, i, one, j, room.read[j - first]):
                closing = how_closing(table, one.kind, i, one)
                other = how_closing(table, one.kind, j, room.read[j - first])
                if closing != other:
                    room.outdone[(i if closing < other else j) - first] = 1


@part
def same_thing(table, i, one, j, other):
    """Whether two findings are of one thing; words that no rule knows are told by their codes."""
    if one.kind != other.kind or one.answer != other.answer:
        return False
    known = one.kind == Kind.WEIGHT or one.answer >= 0
    return known or whole_at(table, CODE, i) == whole_at(table, CODE, j)


@part
def is_cancelled(table, held, count, i):
    """Whether a prescription is cancelled by an entry that counts."""
    for n in range(count):
        if kind_of(table, held[n]) == Kind.CANCEL and same_prescription(table, i, held[n]):
            return True
    return False


@part
def last_written(table, first, days, held, count, day):
    """The last hour of the prescriptions of a day that has several; NULL without one."""
    several, latest = 0, NULL
    for n in range(count):
        j = held[n]
        if kind_of(table, j) == Kind.PRESCRIPTION and days[j - first] == day:
            several += 1
            latest = max(latest, moment(table, INSTANT, j))
    return latest if several > 1 else NULL


@part
def authorised_on(table, first, days, held, count, day):
    """Whether an authorisation names this day and no hour."""
    for n in range(count):
        j = held[n]
        plain = moment(table, INSTANT, j) == NULL
        if kind_of(table, j) == Kind.AUTHORISATION and plain and days[j - first] == day:
            return True
    return False


@part
def write_key(table, words, place, first, count, kinds, room, i, key):
    """Where an entry stands in the order of its course, by its time and its rank."""
    days, held = room.days, room.held
    kind, day, instant = kind_of(table, i), days[i - first], moment(table, INSTANT, i)
    cancelled = kind == Kind.PRESCRIPTION and has_kind(kinds, Kind.CANCEL)
    cancelled = cancelled and is_cancelled(table, held, count, i)
    row, outdone = room.read[i - first], room.outdone[i - first] == 1
    rank, at_end = rank_of(table, words, place, kind, i, row, cancelled, outdone)
    key[0], within = day * 4 + (END if at_end else START), 0
    by_day = (_OF_A_DAY >> kind) & 1 == 1
    if kind == Kind.RETURN_TO_STOCK:
        by_day = authorised_on(table, first, days, held, count, day)
    if instant != NULL and not by_day:
        key[0], within = day * 4 + TIMED, within_day(instant, day)
    unnamed = kind == Kind.AUTHORISATION and not is_there(table, PRESCRIPTION, i)
    if unnamed and instant == NULL:
        latest = last_written(table, first, days, held, count, day)
        if latest != NULL:
            key[0], rank = day * 4 + TIMED, _BEFORE_PRESCRIPTIONS
            within = within_day(latest, day)
    key[1] = within * _RANKS + rank * KIND_COUNT + _KIND_RANK[kind]


@part
def within_day(instant, day):
    """An instant counted from before its local day begins anywhere: less than three days."""
    return instant - (day - 1) * DAY


@part
def write_rest(table, words, i, row, key):
    """What tells entries of one time and rank apart: how much they close, what they say."""
    kind = kind_of(table, i)
    key[2] = how_closing(table, kind, i, row)
    key[3] = content(table, words, kind, i)
    key[4] = whole_at(table, ORDER, i)


@part
def comes_after(one, other, first, last):
    """Whether a key stands after another one, by some of the parts."""
    for nth in range(first, last):
        if one[nth] != other[nth]:
            return one[nth] > other[nth]
    return False


@part
def put_in_order(table, words, place, first, count, kinds, room):
    """Sort the rows of the entries: by time and rank, and only where these are one by the rest."""
    keys, held, places = room.keys, room.held, room.places
    for n in range(count):
        write_key(table, words, place, first, count, kinds, room, held[n], keys[n])
        places[n] = n
    move_in_by_time(keys, places, count)
    begin = 0
    while begin < count:
        end = begin + 1
        while end < count and tied(keys, places[begin], places[end], _TIME_AND_RANK):
            end += 1
        if end > begin + 1:
            for n in range(begin, end):
                i = held[places[n]]
                write_rest(table, words, i, room.read[i - first], keys[places[n]])
            move_in(keys, places, begin, end, _TIME_AND_RANK, _PARTS)
        begin = end
    for n in range(count):
        room.sorted[n] = held[places[n]]
    copy(room.sorted[:count], held)


@part
def move_in_by_time(keys, places, count):
    """Sort the places of all keys by time and rank; most are in order, so each is moved in."""
    for n in range(1, count):
        moved, m = places[n], n
        time, rank = keys[moved, 0], keys[moved, 1]
        while m > 0:
            before = places[m - 1]
            if keys[before, 0] < time or (keys[before, 0] == time and keys[before, 1] <= rank):
                break
            places[m] = before
            m -= 1
        places[m] = moved


@part
def move_in(keys, places, begin, end, first_part, last_part):
    """Sort the places of some keys by some parts."""
    for n in range(begin + 1, end):
        moved, m = places[n], n
        key = keys[moved]
        while m > begin and comes_after(keys[places[m - 1]], key, first_part, last_part):
            places[m] = places[m - 1]
            m -= 1
        places[m] = moved


@part
def tied(keys, n, m, parts):
    """Whether two entries have the first parts of their keys in common."""
    for nth in range(parts):  # noqa: SIM110 (numba compiles no generator)
        if keys[n, nth] != keys[m, nth]:
            return False
    return True


@part
def order_may_tell(keys, places, rows, methods, count):
    """Whether entries that differ in nothing but their number say different things."""
    for n in range(count):
        for m in range(n + 1, count):
            if not tied(keys, places[n], places[m], _PARTS - 1):
                break
            if says_else(rows[n], rows[m], methods) and not commute(rows[n], rows[m]):
                return True
    return False


@part
def commute(one, other):
    """Whether two records leave the same facts in either order."""
    return (_COMMUTING >> one.kind) & 1 == 1 and one.answer != other.answer


@part
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


@part
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
