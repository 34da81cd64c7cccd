"""Columns looked through once, row by row: where courses begin, what differs in one. Compiled.

Codes and days are given by the address of the first: four bytes each, which may be read only.
"""

from isocourse.exchange.events_table.pages.kept import kept
from isocourse.facts.many.addresses import i4, i8, ones

_WORD = 64


@kept
def count_changes(codes, rows):
    """How many rows say something else than the row before; the first one does."""
    count = min(1, rows)
    for row in range(1, rows):
        count += i4(codes, row) != i4(codes, row - 1)
    return count


@kept
def write_changes(codes, rows, out):
    """Write those rows, for each of which `out` has room."""
    nth = 0
    for row in range(rows):
        if row == 0 or i4(codes, row) != i4(codes, row - 1):
            out[nth] = row
            nth += 1


@kept
def mark_differing(values, rows, first, aside, mark):
    """Mark the courses, by their first rows, of which not all rows have one value."""
    for course in range(first.shape[0]):
        last = first[course + 1] if course + 1 < first.shape[0] else rows
        for row in range(first[course] + 1, last):
            if i4(values, row) != i4(values, row - 1):
                aside[course] = mark
                break


@kept
def look_up(codes, numbers, out):
    """Write the number of the code of each row, 0 where there is no code."""
    for row in range(out.shape[0]):
        code = i4(codes, row)
        out[row] = numbers[code] if code >= 0 else 0


@kept
def meet_words(kinds, kind, there, before, values, met):
    """Mark the codes that rows of a kind bear, from the addresses of a column: see `Column`."""
    for row in range(kinds.shape[0]):
        if kinds[row] == kind:
            bits, within = i8(there, row // _WORD), row % _WORD
            if (bits >> within) & 1 == 1:
                earlier = ones(bits & ((1 << within) - 1))
                met[i4(values, i4(before, row // _WORD) + earlier)] = 1


@kept
def lay_marks(there, before, marks):
    """Write the bits of all columns, and how many hold something before, by sixty-four rows."""
    for word in range(marks.shape[0]):
        for column in range(there.shape[0]):
            marks[word, column, 0] = i8(there[column], word)
            marks[word, column, 1] = i4(before[column], word)
