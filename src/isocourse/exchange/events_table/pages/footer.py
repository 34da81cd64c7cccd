"""How each column of each row group is pressed, as the end of a file tells it. Compiled.

Arrow tells it too, and ends the process where it does not know the word.

Source: the Parquet format's own definition, `FileMetaData` in parquet.thrift.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from isocourse.exchange.events_table.pages.header import (
    BINARY,
    BROKEN,
    FALSE,
    I64,
    LISTS,
    STRUCT,
    _number,
    _past,
    next_field,
)
from isocourse.exchange.events_table.pages.kept import quick
from isocourse.facts.compiled import part
from isocourse.facts.many.addresses import u1

PRESSED = ("UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW")
"""What the numbers of the format mean."""
_AFTER = 8  # bytes behind the end: its length, and the mark of the format
_LENGTH = 4
_DEEPEST = 16
_ELEMENT, _LEFT, _FIELD, _MET = range(4)
# Structures and lists in turn: the file, its row groups, each, its columns, each, what it holds.
_GROUPS, _COLUMNS, _HOLDS, _CODEC = 4, 1, 3, 4
_OF_FILE, _GROUP_LIST, _OF_GROUP, _COLUMN_LIST, _OF_COLUMN, _OF_HELD = range(6)


def codecs(file: pa.Buffer, groups: int, columns: int) -> np.ndarray[Any, Any]:
    """The number of the codec of each column (a column here) of each row group (a row).

    BROKEN where the end of the file does not tell it in the way that is known here.
    """
    size = int.from_bytes(file.slice(file.size - _AFTER, _LENGTH).to_pybytes(), "little")
    begins = file.size - _AFTER - size
    found = np.full((groups, columns), BROKEN, dtype="i8")
    room = np.zeros((4, _DEEPEST), dtype="i8")
    read_codecs(file.address, begins, file.size - _AFTER, found, room)
    return found


@part
def is_codec(room, depth):
    """Whether the field met last is the codec of a column of a row group."""
    return (
        depth == _OF_HELD
        and room[_FIELD, _OF_FILE] == _GROUPS
        and room[_FIELD, _OF_GROUP] == _COLUMNS
        and room[_FIELD, _OF_COLUMN] == _HOLDS
        and room[_FIELD, _OF_HELD] == _CODEC
    )


@quick
def read_codecs(source, at, end, codecs, room):
    """Write the codecs that the end of a file tells; where it ends, or BROKEN.

    `room` holds, for each depth, of what a list is (0: it is a structure), how many things are
    left in it, the field met last and how many things of the list were met.
    """
    room[:] = 0
    depth = 0
    while 0 <= at < end:
        if room[_ELEMENT, depth] != 0:
            if room[_LEFT, depth] == 0:
                depth -= 1
                continue
            room[_LEFT, depth] -= 1
            room[_MET, depth] += 1
            form = room[_ELEMENT, depth]
            if form <= FALSE:
                at += 1  # in a list each takes a byte
                continue
        else:
            form, field, at = next_field(source, at, end, room[_FIELD, depth])
            if form == 0 and field == room[_FIELD, depth]:
                if depth == 0:
                    return at
                depth -= 1
                continue
            room[_FIELD, depth] = field
            if at == BROKEN or form == 0:
                return BROKEN
        if form == STRUCT or form in LISTS:
            depth += 1
            if depth >= _DEEPEST:
                return BROKEN
            room[:, depth] = 0
            if form != STRUCT:
                if at >= end:
                    return BROKEN
                byte = u1(source, at)
                at += 1
                left = byte >> 4
                if left == 15:
                    left, at = _number(source, at, end)
                if at == BROKEN or byte & 15 == 0:
                    return BROKEN
                room[_ELEMENT, depth], room[_LEFT, depth] = byte & 15, left
            continue
        if form > BINARY:
            return BROKEN
        if form <= I64 and is_codec(room, depth):
            value, _ = _number(source, at, end)
            group, column = room[_MET, _GROUP_LIST] - 1, room[_MET, _COLUMN_LIST] - 1
            if 0 <= group < codecs.shape[0] and 0 <= column < codecs.shape[1]:
                codecs[group, column] = (value >> 1) ^ -(value & 1)
        at = _past(source, at, end, form)
    return BROKEN
