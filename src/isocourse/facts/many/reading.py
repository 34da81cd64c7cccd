"""Reading one value of a column, and the day of a moment by a clock. Part of the compiled loop."""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import ahead, f8, i4, i8, ones, u1
from isocourse.facts.many.given import ABSENT, FIRST_FLAG, FIRST_WIDE, MARKS, WRONG_WORD
from isocourse.words.codes import NULL

DAY = 86_400_000_000
"""A day in microseconds."""
_HOUR = DAY // 24
LINE = 64
"""Memory comes in pieces of so many bytes."""
FURTHEST_OFFSET = 14 * _HOUR
FIRST_DAY, LAST_DAY = -25567, 84370
"""1 January 1900 and 31 December 2200: what a course file may name."""


@part
def copy(source, target):
    """Write the numbers of a row into another, without room of its own for them."""
    for n in range(source.shape[0]):
        target[n] = source[n]


@part
def fetch(table, first, last):
    """Ask for the values of some rows before they are wanted, so that nothing waits for memory."""
    for nth in range(table.filled_count):
        column = i8(table.filled, nth)
        width = 1 if column >= FIRST_FLAG else 4 if column < FIRST_WIDE else 8
        begin = i8(table.values, column)
        end = begin + place_of(table, column, last) * width
        for at in range(begin + place_of(table, column, first) * width, end + 1, LINE):
            ahead(at)
    for at in range(4 * first, 4 * last + LINE, LINE):
        ahead(table.words_at + at)
        ahead(table.methods_at + at)
        ahead(table.capsules_at + at)


@part
def is_there(table, column, i):
    """Whether a value was given."""
    return (i8(table.marks, (i >> 6) * MARKS + 2 * column) >> (i & 63)) & 1 == 1


@part
def place_of(table, column, i):
    """Where the value of a row stands: behind those of the rows before it that have one."""
    at = (i >> 6) * MARKS + 2 * column
    earlier = i8(table.marks, at) & ((1 << (i & 63)) - 1)
    return i8(table.marks, at + 1) + ones(earlier)


@part
def whole_at(table, column, i):
    """A whole number or a code that was given."""
    return i4(i8(table.values, column), place_of(table, column, i))


@part
def number(table, column, i):
    """A whole number, NULL when none was given."""
    return whole_at(table, column, i) if is_there(table, column, i) else NULL


@part
def moment(table, column, i):
    """An instant, NULL when none was given."""
    if not is_there(table, column, i):
        return NULL
    return i8(i8(table.values, column), place_of(table, column, i))


@part
def decimal(table, column, i):
    """A number that was given."""
    return f8(i8(table.values, column), place_of(table, column, i))


@part
def flag(table, column, i):
    """1 or 0 of a yes or no, NULL when none was given."""
    if not is_there(table, column, i):
        return NULL
    return u1(i8(table.values, column), place_of(table, column, i))


@part
def by_kind(table, column, words, meanings, kind, i):
    """The number of a word where its kind decides what it means; ABSENT without a word."""
    if not is_there(table, column, i):
        return ABSENT
    return i8(meanings, kind * words.width + whole_at(table, column, i))


@part
def word(table, column, words, meaning, i):
    """What a word means; ABSENT without one."""
    if not is_there(table, column, i):
        return ABSENT
    return i8(words.plain, meaning * words.width + whole_at(table, column, i))


@part
def meaning_of(words, meaning, code):
    """What a word of a list means; ABSENT without one."""
    return ABSENT if code < 0 else i8(words.plain, meaning * words.width + code)


@part
def offset_at(clock, which, instant):
    """The offset from UTC of a clock at an instant."""
    low, high = i8(clock.begins, which), i8(clock.begins, which + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if i8(clock.changes, middle) <= instant:
            low = middle
        else:
            high = middle
    return i8(clock.offsets, low)


@part
def day_by(clock, which, instant):
    """The local day of an instant by a clock."""
    return (instant + offset_at(clock, which, instant)) // DAY


@part
def local_day(clock, which, day, instant):
    """The local day of a moment: of its instant if it names one, else the day that is written."""
    return day if instant == NULL else day_by(clock, which, instant)


@part
def is_moment(day, instant):
    """Whether a day, and an instant on it by some clock, are what a course file may hold."""
    if day == NULL or day < FIRST_DAY or day > LAST_DAY:
        return False
    if instant == NULL:
        return True
    ahead = day - instant // DAY
    of_day = instant % DAY
    if ahead == 1:
        return DAY - of_day <= FURTHEST_OFFSET
    return ahead == 0 or (ahead == -1 and of_day < FURTHEST_OFFSET)


@part
def has_happened(timed, asked_instant, asked_day, day, instant):
    """Whether a moment, on its local day, has come by the moment asked about."""
    if timed and instant != NULL:
        return instant <= asked_instant
    return day <= asked_day


@part
def whole(value, factor):
    """A value in small units as a whole number; NULL when it stands too near a half to be sure.

    The exact conversion takes the decimal as written, which differs from this one by a few parts
    in 10^16.
    """
    exact = value * factor
    below = int(exact)
    rest = exact - below
    if abs(rest - 0.5) <= exact * 1e-14 + 1e-12:
        return NULL
    return below + 1 if rest > 0.5 else below


@part
def is_word(found):
    """Whether a word is one that may stand there; none is fine as well."""
    return found != WRONG_WORD


@part
def or_null(found):
    """The number of a word, NULL without one that rules know."""
    return found if found >= 0 else NULL


@part
def marked(mark):
    """Whether a mark is there and says yes."""
    return 1 if mark == 1 else 0
