"""Runs of numbers of a few bits each, as Parquet writes marks, levels and codes. Compiled.

A run is either one number so many times, or numbers packed bit by bit, eight at a time. Source: the
Parquet format, "Run Length Encoding / Bit-Packing Hybrid".
"""

import numpy as np

from isocourse.exchange.events_table.pages.header import BROKEN, _number
from isocourse.exchange.events_table.pages.kept import kept, quick
from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import ones, packed, u1

_WIDEST, _NARROW, _WORD = 32, 8, 64
_MOST = 2**31 - 1
"""So many numbers, or groups of eight, a run may tell of: more of them would overflow."""


@part
def _repeated(source, at, width):
    """The number of a run that is one number over and over; whole bytes hold it."""
    found = 0
    for nth in range((width + 7) >> 3):
        found |= u1(source, at + nth) << (8 * nth)
    return found


@part
def _size(head, width):
    """How many bytes a run takes after its head, and how many numbers it holds."""
    if head & 1:
        return (head >> 1) * width, (head >> 1) * 8
    return (width + 7) >> 3, head >> 1


@part
def _window(source, at, end):
    """Eight bytes as a number, as far as there are so many."""
    if at + 8 <= end:
        return packed(source + at, 0)
    found = 0
    for nth in range(end - at):
        found |= u1(source, at + nth) << (8 * nth)
    return found


@part
def _mark(there, row, word):
    """Add bits from a row on, which may stand across two numbers."""
    within = np.uint64(row & (_WORD - 1))
    there[row >> 6] |= word << within
    if within > 0 and word >> (np.uint64(_WORD) - within) != 0:
        there[(row >> 6) + 1] |= word >> (np.uint64(_WORD) - within)


@kept
def read_marks(source, at, end, count, there, first):
    """Write so many marks as bits from a row on; how many say that something is there."""
    done, held = 0, 0
    while done < count:
        head, at = _number(source, at, end)
        if at == BROKEN or head >> 1 > _MOST:
            return BROKEN
        size, numbers = _size(head, 1)
        if size > end - at or numbers == 0:
            return BROKEN
        numbers = min(numbers, count - done)
        if head & 1 or u1(source, at) & 1:
            for nth in range(0, numbers, _WORD):
                word = _window(source, at + (nth >> 3), end) if head & 1 else -1
                if numbers - nth < _WORD:
                    word &= (1 << (numbers - nth)) - 1
                held += ones(word)
                _mark(there, first + done + nth, np.uint64(word))
        done += numbers
        at += size
    return held


@part
def _unpack(source, at, end, width, count, out, target):
    """Write so many packed numbers; the greatest of them.

    One load serves eight of them, or four, while there are eight bytes to load.
    """
    mask, most, nth = (1 << width) - 1, 0, 0
    together = 8 if width <= _NARROW else 4
    while width <= 2 * _NARROW and nth + together <= count:
        bit = nth * width
        if at + (bit >> 3) + 8 > end:
            break
        word = packed(source + at + (bit >> 3), 0) >> (bit & 7)
        for each in range(4):
            code = (word >> (each * width)) & mask
            most = max(most, code)
            out[target + nth + each] = code
        if width <= _NARROW:
            for each in range(4, 8):
                code = (word >> (each * width)) & mask
                most = max(most, code)
                out[target + nth + each] = code
        nth += together
    while nth < count:
        bit = nth * width
        code = (_window(source, at + (bit >> 3), end) >> (bit & 7)) & mask
        most = max(most, code)
        out[target + nth] = code
        nth += 1
    return most


@part
def _codes(source, at, end, width, count, out, first, below):
    """Write so many numbers from a place on, all below a bound; BROKEN when they are not."""
    if width < 0 or width > _WIDEST:
        return BROKEN
    done, most = 0, 0
    while done < count:
        head, at = _number(source, at, end)
        if at == BROKEN or head >> 1 > _MOST:
            return BROKEN
        size, numbers = _size(head, width)
        if size > end - at or numbers == 0:
            return BROKEN
        numbers = min(numbers, count - done)
        target = first + done
        if head & 1:
            most = max(most, _unpack(source, at, end, width, numbers, out, target))
        else:
            code = _repeated(source, at, width)
            most = max(most, code)
            for nth in range(numbers):
                out[target + nth] = code
        done += numbers
        at += size
    return BROKEN if most >= below else done


@kept
def read_codes(source, at, end, width, count, out, first, below):
    """Write so many codes from a place on, all below a bound; BROKEN when they are not."""
    return _codes(source, at, end, width, count, out, first, below)


@kept
def read_numbers(source, at, end, width, count, codes, held, out, first):
    """Write the numbers of a dictionary that so many codes name; BROKEN where one names none."""
    if _codes(source, at, end, width, count, codes, 0, held.shape[0]) == BROKEN:
        return BROKEN
    for nth in range(count):
        out[first + nth] = held[np.uint32(codes[nth])]
    return count


@quick
def count_before(there, before):
    """Write how many of the rows before each sixty-four hold something."""
    held = 0
    for word in range(there.shape[0]):
        before[word] = held
        held += ones(there[word])
    return held


@quick
def read_texts(source, at, end, offsets, out):
    """Write the bytes of texts one after the other, and where each begins; BROKEN or their size."""
    used = 0
    for nth in range(offsets.shape[0] - 1):
        offsets[nth] = used
        if at + 4 > end:
            return BROKEN
        size = _repeated(source, at, _WIDEST)
        at += 4
        if size > end - at:
            return BROKEN
        for byte in range(size):
            out[used + byte] = u1(source, at + byte)
        used += size
        at += size
    offsets[offsets.shape[0] - 1] = used
    return used
