"""The kinds that hold a list: topics, methods entered, methods used. Part of the compiled loop."""

from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import i4
from isocourse.facts.many.given import ALSO, OF_ENTERED, OF_METHOD, OF_TOPIC, YES
from isocourse.facts.many.reading import FIRST_DAY, LAST_DAY, flag, marked, meaning_of
from isocourse.words.codes import ABSTINENCE, NULL

_MOST_IN_A_LIST = 100


@part
def take_topics(table, words, i, row):
    """At least one topic, and each a known one."""
    first, last, held = i4(table.words_at, i), i4(table.words_at, i + 1), 0
    for each in range(first, last):
        topic = meaning_of(words, OF_TOPIC, i4(table.words, each))
        if topic < 0:
            return False
        held |= 1 << topic
    row.mask = held
    return 0 < last - first <= _MOST_IN_A_LIST


@part
def take_entries(table, words, i, row):
    """Whether the answers were right, and the methods entered: known ones, or abstinence alone."""
    first, last, held = i4(table.words_at, i), i4(table.words_at, i + 1), 0
    for each in range(first, last):
        method = meaning_of(words, OF_ENTERED, i4(table.words, each))
        if method < 0 or (method == ABSTINENCE and last - first > 1):
            return False
        held |= 1 << method
    row.yes, row.mask = flag(table, YES, i), held
    return row.yes != NULL and last - first <= _MOST_IN_A_LIST


@part
def take_contraception(table, words, i, row):
    """Either abstinence or known methods, each with its first day."""
    first, last = i4(table.methods_at, i), i4(table.methods_at, i + 1)
    for each in range(first, last):
        method = meaning_of(words, OF_METHOD, i4(table.methods, each))
        if method < 0 or method == ABSTINENCE:
            return False
        if not FIRST_DAY <= i4(table.since, each) <= LAST_DAY:
            return False
    row.answer, row.yes = marked(flag(table, YES, i)), marked(flag(table, ALSO, i))
    return (last > first) != (row.answer == 1) and last - first <= _MOST_IN_A_LIST


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
