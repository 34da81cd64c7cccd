"""Where lists begin, from the levels of their things, run by run. Compiled.

Most entries of a course have no list, so that a run tells of thousands of rows at once. Source: the
Parquet format, "Nested Encoding" (repetition and definition levels).
"""

from isocourse.exchange.events_table.pages.header import BROKEN, _number
from isocourse.exchange.events_table.pages.kept import kept
from isocourse.exchange.events_table.pages.runs import _MOST, _repeated, _size, _window
from isocourse.facts.compiled import part

ROWS, THINGS = 0, 1
"""What was met so far, page after page: rows, and things in their lists."""


@part
def _run(source, at, end, width):
    """A run of levels: whether they are packed, where, how many, and where the next one begins."""
    head, at = _number(source, at, end)
    if at == BROKEN or head >> 1 > _MOST:
        return 0, 0, 0, BROKEN
    size, numbers = _size(head, width)
    if size > end - at or numbers == 0:
        return 0, 0, 0, BROKEN
    return head & 1, at, numbers, at + size


@part
def _level(source, at, end, width, packed, nth):
    """One level of a run."""
    if packed == 0:
        return _repeated(source, at, width)
    bit = nth * width
    return (_window(source, at + (bit >> 3), end) >> (bit & 7)) & ((1 << width) - 1)


@kept
def read_lists(source, repeated, defined, end, count, thing, whole, begins, there, met):
    """Read the levels of a page; how many things hold a value, or BROKEN.

    `repeated` and `defined` tell of each kind of level where it begins and ends and how many bits
    it takes. An entry of the levels begins a row where it repeats nothing; it is a thing in a list
    from the level `thing` on, and one that holds a value at the level `whole`, the highest. Written
    are where the list of each row begins and whether each thing holds a value, behind those `met`.
    """
    rows, things, held, done = met[ROWS], met[THINGS], 0, 0
    r_packed, r_at, r_left, r_next, r_done = 0, 0, 0, repeated[0], 0
    d_packed, d_at, d_left, d_next, d_done = 0, 0, 0, defined[0], 0
    while done < count:
        if r_left == 0:
            r_packed, r_at, r_left, r_next = _run(source, r_next, repeated[1], repeated[2])
            r_done = 0
        if d_left == 0:
            d_packed, d_at, d_left, d_next = _run(source, d_next, defined[1], defined[2])
            d_done = 0
        if r_next == BROKEN or d_next == BROKEN:
            return BROKEN
        together = min(r_left, d_left, count - done)
        steps = together if r_packed or d_packed else 1
        each = together // steps
        for nth in range(steps):
            again = _level(source, r_at, end, repeated[2], r_packed, r_done + nth)
            level = _level(source, d_at, end, defined[2], d_packed, d_done + nth)
            if level > whole or again > 1:
                return BROKEN
            in_list = 1 if level >= thing else 0
            if again == 0:
                if rows + each > begins.shape[0] - 1:
                    return BROKEN
                for row in range(each):
                    begins[rows + row] = things + row * in_list
                rows += each
            elif rows == 0:
                return BROKEN
            if in_list:
                for row in range(each):
                    there[things + row] = level == whole
                things += each
                held += each if level == whole else 0
        done += together
        r_left, r_done = r_left - together, r_done + together
        d_left, d_done = d_left - together, d_done + together
    met[ROWS], met[THINGS] = rows, things
    begins[rows] = things
    return held
