"""The header that stands before each page, in Thrift's compact form. Compiled.

Source: the Parquet format's own definition, `PageHeader` in parquet.thrift.
"""

from typing import Any

import numpy as np

from isocourse.exchange.events_table.pages.kept import quick
from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import u1

BROKEN = -1
DATA, INDEX, DICTIONARY, DATA_V2 = range(4)
"""The kinds of pages."""
KIND, WHOLE_SIZE, STORED_SIZE = 1, 2, 3
"""Fields of the header itself, by their number there."""
OF_DATA, OF_DICTIONARY, OF_DATA_V2 = 5, 7, 8
"""The field that tells more, by the kind of the page; its own fields stand ten times it later."""
VALUES, ENCODING, LEVELS = 1, 2, 3
VALUES_V2, ENCODING_V2, DEFINED_SIZE, REPEATED_SIZE, PRESSED = 1, 4, 5, 6, 7
FIELDS = 90
_TRUE, FALSE, _BYTE, _I16, _I32, I64, _DOUBLE, BINARY, _LIST, _SET = range(1, 11)
LISTS, STRUCT = (_LIST, _SET), 12
"""Forms of a value in Thrift's compact writing."""
_DEEPEST = 4
_MOST_BITS = 63


def room() -> np.ndarray[Any, Any]:
    """Room for the fields of a header, as `read_header` wants it."""
    return np.zeros(FIELDS + _DEEPEST, dtype="i8")


@part
def _number(source, at, end):
    """An unsigned number of some bytes, and where it ends; BROKEN when it does not."""
    found, shift = 0, 0
    while at < end and shift < _MOST_BITS:
        byte = u1(source, at)
        found |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return found, at
        shift += 7
    return 0, BROKEN


@part
def _past(source, at, end, form):
    """Where a value of some form ends that is no structure; BROKEN when it is not known."""
    if form <= FALSE:
        return at
    if form == _BYTE:
        return at + 1
    if form == _DOUBLE:
        return at + 8
    size, at = _number(source, at, end)
    return at + size if at != BROKEN and form == BINARY and size >= 0 else at


@part
def next_field(source, at, end, last):
    """Form and number of the field that begins at a place, and where its value does.

    Form 0 beside the number of the field before it, `last`, is the end of a structure. The place is
    BROKEN where the number does not end.
    """
    byte = u1(source, at)
    at += 1
    if byte == 0 or byte >> 4 != 0:
        return byte & 15, last + (byte >> 4), at
    field, at = _number(source, at, end)
    return byte & 15, field >> 1, at


@quick
def read_header(source, at, end, held):
    """Write the fields of the header that begins at a place; where it ends, or BROKEN.

    A field of the header stands at its number, one of the structure inside it at ten times the
    number of that structure and its own; deeper ones, which are statistics, are passed over.
    """
    held[:] = 0
    held[OF_DATA_V2 * 10 + PRESSED] = 1
    depth, last = 0, FIELDS  # the last field met at each depth stands behind the fields
    while 0 <= at < end:
        form, field, at = next_field(source, at, end, held[last + depth])
        if form == 0 and field == held[last + depth]:
            if depth == 0:
                return at
            depth -= 1
            continue
        held[last + depth] = field
        if form == STRUCT:
            depth += 1
            if at == BROKEN or depth >= _DEEPEST:
                return BROKEN
            held[last + depth] = 0
            continue
        if form == 0 or form > BINARY:
            return BROKEN
        where = field if depth == 0 else held[last] * 10 + field
        told = depth <= 1 and 0 <= where < FIELDS and at != BROKEN
        if told and form <= FALSE:
            held[where] = 1 if form == _TRUE else 0
        elif told and _I16 <= form <= I64:
            value, _ = _number(source, at, end)
            held[where] = (value >> 1) ^ -(value & 1)
        at = _past(source, at, end, form) if at != BROKEN else BROKEN
    return BROKEN
