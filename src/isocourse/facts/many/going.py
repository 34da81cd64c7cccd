"""Course after course through the pass: from the columns of a table to rows of facts.

Compiled, and free of Python's lock, so that several pieces of a table are looked at at once.
"""

from isocourse.facts.compiled import kept_free, part
from isocourse.facts.many.addresses import i4, i8
from isocourse.facts.many.counting import (
    counted,
    has_kind,
    kind_of,
    numbered_once,
    prescribed_once,
    readings,
    taken_back,
)
from isocourse.facts.many.given import (
    AT,
    INSTANT,
    NUMBER,
    ORDER,
    PRESCRIPTION,
)
from isocourse.facts.many.left import Left
from isocourse.facts.many.reading import copy, fetch, is_there, local_day, moment, whole_at
from isocourse.facts.many.room import ALONG, MOST_ENTRIES, MOST_METHODS, SCRATCH
from isocourse.facts.many.sorting import mark_outdone, order_may_tell, put_in_order
from isocourse.facts.many.taking import take
from isocourse.facts.many.taking_lists import write_methods
from isocourse.facts.passing import pass_over
from isocourse.words.codes import ENTRIES_CLASH, NULL, Kind, mask

_PRESCRIPTIONS, _AUTHORISATIONS, _PRESCRIBERS = 0, 1, 2
_NAMES_A_PRESCRIPTION = mask(
    [
        Kind.PRESCRIPTION,
        Kind.DISPENSE,
        Kind.AUTHORISATION,
        Kind.CANCEL,
        Kind.RETURN_TO_STOCK,
    ]
)
_NAMES = _NAMES_A_PRESCRIPTION | mask([Kind.PRESCRIBER_AGREEMENT, Kind.AUTHORISATION_REVERSED])


@part
def number_of(names, named, which, code):
    """The number of a name within its course, given when it is first met."""
    for n in range(named[which]):
        if names[which, n] == code:
            return n
    names[which, named[which]] = code
    named[which] += 1
    return named[which] - 1


@part
def write_names(table, kind, i, names, named, row):
    """The numbers of the prescription, the authorisation and the prescriber that are named."""
    if (_NAMES_A_PRESCRIPTION >> kind) & 1 == 1 and is_there(table, PRESCRIPTION, i):
        code = whole_at(table, PRESCRIPTION, i)
        row.prescription = number_of(names, named, _PRESCRIPTIONS, code)
    if kind == Kind.PRESCRIBER_AGREEMENT:
        code = whole_at(table, NUMBER, i)
        row.number = number_of(names, named, _PRESCRIBERS, code)
    elif kind == Kind.AUTHORISATION or kind == Kind.AUTHORISATION_REVERSED:
        code = whole_at(table, NUMBER, i)
        row.number = number_of(names, named, _AUTHORISATIONS, code)


@part
def read_entries(table, words, measures, clock, which, question, birth, first, last, room):
    """Write every entry as a record; the mask of their kinds, or DOUBTFUL_ENTRY.

    All of them have to be surely well formed, and none may stand before the birth.
    """
    kinds, rising, before = 0, True, 0
    for i in range(first, last):
        kind, n = kind_of(table, i), i - first
        if kind <= 0 or (table.all_numbered == 0 and not is_there(table, ORDER, i)):
            return DOUBTFUL_ENTRY
        room.read_numbers[n, :] = NULL
        row = room.read[n]
        if not take(table, words, measures, kind, i, row):
            return DOUBTFUL_ENTRY
        own, instant = whole_at(table, AT, i), moment(table, INSTANT, i)
        day = local_day(clock, which, own, instant)
        if day < birth or (kind == Kind.TAKEN and row.until != NULL and row.until < day):
            return DOUBTFUL_ENTRY
        earliest, latest = readings(clock, question, own, day, instant)
        row.day, row.registry_day, row.latest_day, row.carried = day, earliest, latest, 0
        room.days[n] = day
        order = whole_at(table, ORDER, i)
        rising = rising and (n == 0 or order > before)
        before = order
        kinds |= 1 << kind
    if not rising and not numbered_once(table, first, last):
        return DOUBTFUL_ENTRY
    if has_kind(kinds, Kind.PRESCRIPTION) and not prescribed_once(table, first, last):
        return DOUBTFUL_ENTRY
    return kinds


DOUBTFUL_ENTRY = -1


@part
def write_rows(table, words, first, count, room):
    """Lay the records of the entries that count in their order; how many methods there are."""
    used = 0
    room.named[:] = 0
    for n in range(count):
        i = room.held[n]
        kind, row = kind_of(table, i), room.events[n]
        copy(room.read_numbers[i - first], room.event_numbers[n])
        row.index = n
        if (_NAMES >> kind) & 1 == 1:
            write_names(table, kind, i, room.names, room.named, row)
        if kind == Kind.CONTRACEPTION:
            if used + i4(table.methods_at, i + 1) - i4(table.methods_at, i) > MOST_METHODS:
                return -1
            used = write_methods(table, words, i, row, room.methods, used)
        if room.back[i - first] == 1:
            row.kind = Kind.DISPENSE_RETRACTED
    return used


@part
def mark_clashes(table, first, count, room):
    """Mark answers that name other contraception than others of the very same time."""
    for n in range(count):
        i = room.held[n]
        if room.events[n].kind != Kind.COMPREHENSION or room.events[n].mask == 0:
            continue
        for m in range(count):
            j = room.held[m]
            if room.events[m].kind != Kind.COMPREHENSION or not same_time(table, i, j):
                continue
            clash = (room.events[m].mask ^ room.events[n].mask) & _ENTRIES != 0
            if clash and room.events[m].mask & _ENTRIES != 0:
                room.events[n].mask |= 1 << ENTRIES_CLASH


_ENTRIES = 2**18 - 1
"""The bits of the methods and of abstinence."""


@part
def same_time(table, i, j):
    """Whether two entries name the same day, or the same instant."""
    one, other = moment(table, INSTANT, i), moment(table, INSTANT, j)
    if one == NULL and other == NULL:
        return whole_at(table, AT, i) == whole_at(table, AT, j)
    return one == other


@part
def begin(room, prescriptions, medicines, count, facts):
    """Everything as it is before the first entry; why facts hold is not asked of a registry."""
    copy(room.no_facts, facts)
    copy(room.no_work, room.work_numbers)
    room.scratch[: SCRATCH * prescriptions] = 0
    room.along[: max(1, count)] = NULL
    if medicines > 0:
        room.medicines[:] = 0


@part
def one_course(table, words, measures, clock, question, place, class_of, room, courses, c, rows):
    """Write the facts of one course, or tell why it is left to the code for one."""
    first, last, which = courses.first[c], courses.last[c], courses.clock[c]
    if last - first > MOST_ENTRIES:
        return Left.LARGE
    birth = courses.birth[c]
    kinds = read_entries(table, words, measures, clock, which, question, birth, first, last, room)
    if kinds == DOUBTFUL_ENTRY:
        return Left.DOUBTFUL
    if not taken_back(table, clock, which, question, first, last, room.back, kinds):
        return Left.DOUBTFUL
    count = counted(table, clock, which, question, first, last, room.days, room.back, room.held)
    mark_outdone(table, first, count, room)
    put_in_order(table, words, place[0], first, count, kinds, room)
    if write_rows(table, words, first, count, room) < 0:
        return Left.LARGE
    if has_kind(kinds, Kind.COMPREHENSION):
        mark_clashes(table, first, count, room)
    if order_may_tell(room.keys, room.places, room.events, room.methods, count):
        return Left.TIED
    pass_through(question, place, class_of, room, courses, c, count, kinds, rows)
    return Left.DONE


@part
def pass_through(question, place, class_of, room, courses, c, count, kinds, rows):
    """Ask the pass for the facts of the course whose records stand ready."""
    which, slot, facts = courses.clock[c], courses.slot[c], rows[1]
    prescriptions = max(1, room.named[_PRESCRIPTIONS])
    medicines = class_of.shape[0] if has_kind(kinds, Kind.MEDICINE) else 0
    begin(room, prescriptions, medicines, count, facts[slot])
    person = room.patient[0]
    person.birth_day = courses.birth[c]
    person.asked_day = i8(question.day, which)
    person.asked_registry_day = i8(question.registry_day, which)
    person.earlier_course = 0
    person.earlier_last_day = NULL
    pass_over(
        room.events[:count],
        room.methods,
        room.patient,
        place,
        class_of[:medicines],
        room.scratch[: SCRATCH * prescriptions].reshape(SCRATCH, prescriptions),
        room.along[: ALONG * max(1, count)].reshape(ALONG, max(1, count)),
        room.medicines,
        rows[0][slot : slot + 1],
        room.why,
        room.work,
    )


@kept_free
def go(table, words, measures, clock, question, place, class_of, room, courses, rows, left):
    """Write the facts of each course into its row, and what became of it into `left`.

    `rows` are the rows of facts, as records and the same memory as numbers.
    """
    given = table[0], words[0], measures[0], clock[0], question[0]
    for c in range(courses.first.shape[0]):
        if c + 1 < courses.first.shape[0]:
            fetch(given[0], courses.first[c + 1], courses.last[c + 1])
        left[courses.slot[c]] = one_course(*given, place, class_of, room, courses, c, rows)
