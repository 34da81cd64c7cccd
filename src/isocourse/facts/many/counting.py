"""Which entries of a course count at the moment asked about. Part of the compiled loop.

`first` is the row of the first entry; `days`, `back` and `outdone` are told by the distance from
it. The same as `facts.log` does for one course.
"""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import i1, i8
from isocourse.facts.many.given import (
    AT,
    INSTANT,
    ORDER,
    PRESCRIPTION,
    RECORDED,
    RECORDED_INSTANT,
    RETRACT,
    RETRACTS,
)
from isocourse.facts.many.reading import (
    has_happened,
    local_day,
    moment,
    number,
    whole_at,
)
from isocourse.words.codes import NULL, Kind


@part
def kind_of(table, i):
    """The number of the kind of a row."""
    return int(i1(table.kind, i))


@part
def has_kind(kinds, kind):
    """Whether a course has an entry of a kind."""
    return (kinds >> kind) & 1 == 1


@part
def numbered_once(table, first, last):
    """Whether no two entries have one number."""
    for i in range(first, last):
        for j in range(i + 1, last):
            if whole_at(table, ORDER, i) == whole_at(table, ORDER, j):
                return False
    return True


@part
def prescribed_once(table, first, last):
    """Whether no two prescriptions have one name, also where one was taken back."""
    for i in range(first, last):
        if kind_of(table, i) != Kind.PRESCRIPTION:
            continue
        for j in range(i + 1, last):
            if kind_of(table, j) == Kind.PRESCRIPTION and same_prescription(table, i, j):
                return False
    return True


@part
def same_prescription(table, i, j):
    """Whether two entries name the same prescription."""
    return whole_at(table, PRESCRIPTION, i) == whole_at(table, PRESCRIPTION, j)


@part
def taken_back(table, clock, which, question, first, last, back, kinds):
    """Mark the entries taken back by the moment asked; whether each retract names one."""
    back[: last - first] = 0
    if not has_kind(kinds, RETRACT):
        return True
    for i in range(first, last):
        if kind_of(table, i) != RETRACT:
            continue
        target = -1
        for j in range(first, last):
            if whole_at(table, ORDER, j) == whole_at(table, RETRACTS, i):
                target = j
        if target < 0 or kind_of(table, target) == RETRACT:
            return False
        day, instant = recorded(table, i)
        own = local_day(clock, which, day, instant)
        timed = question.timed == 1
        done = has_happened(timed, question.instant, i8(question.day, which), own, instant)
        if done and known(question, which, own, instant):
            back[target - first] = 1
    return True


@part
def recorded(table, i):
    """When an entry was recorded: when it happened, if nothing else is said."""
    if table.recorded == 0:
        return number(table, AT, i), moment(table, INSTANT, i)
    day, instant = number(table, RECORDED, i), moment(table, RECORDED_INSTANT, i)
    if day == NULL and instant == NULL:
        return number(table, AT, i), moment(table, INSTANT, i)
    return day, instant


@part
def known(question, which, day, instant):
    """Whether what was recorded then was known by the moment asked for."""
    if question.knows_all == 1:
        return True
    by = i8(question.known_day, which)
    return has_happened(question.known_timed == 1, question.known_instant, by, day, instant)


@part
def counted(table, clock, which, question, first, last, days, back, held):
    """Write the rows of the entries that count into `held`; how many they are."""
    count, asked = 0, i8(question.day, which)
    for i in range(first, last):
        kind = kind_of(table, i)
        if kind == RETRACT or (back[i - first] == 1 and kind != Kind.DISPENSE):
            continue
        timed = question.timed == 1
        instant = moment(table, INSTANT, i) if timed else NULL
        if not has_happened(timed, question.instant, asked, days[i - first], instant):
            continue
        if question.knows_all == 0:
            day, at = recorded(table, i)
            if not known(question, which, local_day(clock, which, day, at), at):
                continue
        held[count] = i
        count += 1
    return count


@part
def readings(clock, question, own, day, instant):
    """The earliest and the latest day that an entry's time can be read as."""
    if instant == NULL or question.registry < 0:
        return day, day
    registry = local_day(clock, question.registry, own, instant)
    return min(own, day, registry), max(own, day, registry)
