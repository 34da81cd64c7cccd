"""A batch of the table in Arrow as the columns that the compiled loop reads."""

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from isocourse.course.many.asking import Piece
from isocourse.course.many.meanings import kind_number
from isocourse.events import Course
from isocourse.events.course import zone_of
from isocourse.exchange.events_table.columns import (
    NO_SUCH_DAY,
    Array,
    Columns,
    bits_of,
    bits_of_all,
    fixed,
)
from isocourse.facts.many.addresses import address
from isocourse.facts.many.given import COLUMNS, FIRST_FLAG, KIND_NUMBERS, LONGS, Table
from isocourse.facts.many.left import Left
from isocourse.words.tokens import PLACES

_DICTIONARIES = ("code", "status", "role", "by_role", "route", "unit", "product")
_IN_TABLE = {
    "instant": "at_instant",
    "recorded": "recorded_at",
    "prescription": "prescription_id",
}
"""The columns that have a shorter name in the compiled loop."""
_INSTANTS = [_IN_TABLE.get(name, name) for name in LONGS]
_BY_NUMBER = [_IN_TABLE.get(name, name) for name in COLUMNS]


def piece_of(
    batch: pa.RecordBatch, course: Callable[[int], Course], wanted: slice = slice(None)
) -> Piece:
    """The courses of a batch, each with all its rows; those wanted of them."""
    columns = Columns(batch)
    first = begins_of(columns.codes("course_id"))
    last = np.append(first[1:], len(columns))[wanted]
    aside = _set_aside(columns, first)[wanted]
    first = first[wanted]
    held = {name: columns.numbers(name) for name in _BY_NUMBER}
    there = [bits_of_all(each, len(columns)) for each in held.values()]
    kinds = _kinds(columns)
    return Piece(
        table=_table(columns, kinds, [each.values for each in held.values()], there),
        dictionaries={name: columns.dictionary(name) for name in _DICTIONARIES}
        | {"words": columns.list_words("words"), "methods": columns.list_words("methods")},
        first=first,
        last=last,
        places=PLACES,
        place=np.maximum(0, _places(columns, first)),
        zones=[z if zone_of(None, z) else None for z in (None, *columns.dictionary("time_zone"))],
        zone=(columns.codes("time_zone")[first] + 1).astype("i8"),
        birth=columns.numbers("birth_date").values[first].astype("i8"),
        set_aside=aside,
        course=course,
        instants=[held[name].values for name in _INSTANTS if columns.has(name)],
        medicines=_medicines(columns, kinds),
        held=(batch, held, there),
    )


def begins_of(codes: Array) -> Array:
    """The rows in which courses begin, by the codes of their names."""
    return np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))


def _kinds(columns: Columns) -> Array:
    """The number of the kind of each row, 0 where it is none."""
    numbers = [*[kind_number(word) for word in columns.dictionary("kind")], 0]
    return fixed(np.take(np.array(numbers, dtype="i1"), columns.codes("kind")), "i1")


def _medicines(columns: Columns, kinds: Array) -> Sequence[int]:
    """The codes of the words that name a medicine."""
    rows = np.flatnonzero(kinds == KIND_NUMBERS["medicine"])
    if len(rows) == 0 or not columns.has("code"):
        return []
    codes, there = columns.numbers("code")
    found: list[int] = np.unique(codes[rows[bits_of(there, rows)]]).tolist()
    return found


def _table(
    columns: Columns, kinds: Array, values: Sequence[Array], there: Sequence[Array]
) -> Table:
    filled = [n for n, name in enumerate(_BY_NUMBER[:FIRST_FLAG]) if columns.has(name)]
    return Table(
        kind=kinds,
        values=np.array([address(each) for each in values], dtype="i8"),
        there=np.array([address(each) for each in there], dtype="i8"),
        filled=np.array([*filled, 0], dtype="i8"),
        filled_count=len(filled),
        all_numbered=int(columns.full("order")),
        recorded=int(columns.has("recorded_at") or columns.has("recorded_instant")),
        words_at=columns.begins("words"),
        words=columns.list_codes("words"),
        methods_at=columns.begins("methods"),
        methods=columns.list_codes("methods"),
        since=columns.inside("methods", "since", NO_SUCH_DAY),
        capsules_at=columns.begins("capsules"),
        capsule_strengths=columns.inside("capsules", "mg", 0.0),
        capsule_counts=columns.inside("capsules", "quantity", 0),
    )


def _places(columns: Columns, rows: Array | slice = slice(None)) -> Array:
    """The number of the place of some rows, -1 where it is no known one."""
    known = [PLACES.index(p) if p in PLACES else -1 for p in columns.dictionary("place")]
    numbers: Array = np.array([*known, -1], dtype="i8")
    return np.asarray(numbers[columns.codes("place")[rows]])


def _set_aside(columns: Columns, first: Array) -> Array:
    """Courses with an earlier course, or whose rows do not say the same of the course."""
    aside = np.zeros(len(first), dtype="i8")
    if columns.has("earlier"):
        held = columns.numbers("earlier")
        there = columns.is_there("earlier") & (held.values != 0)
        aside[np.logical_or.reduceat(there, first)] = Left.EARLIER
    aside[_unclear(columns, first)] = Left.DOUBTFUL
    for name in ("place", "time_zone", "birth_date"):
        if columns.has(name):
            values = columns.same(name)
            differs = np.flatnonzero(values[1:] != values[:-1]) + 1
            course = np.searchsorted(first, differs, side="right") - 1
            aside[course[first[course] != differs]] = Left.DOUBTFUL
    return aside


def _unclear(columns: Columns, first: Array) -> Array:
    """The courses without a known place or a day of birth, or with a time zone that is none.

    Told by the first row: one whose rows differ in these is set aside as it is.
    """
    zones = [*[zone_of(None, z) is not None for z in columns.dictionary("time_zone")], True]
    no_zone = ~np.array(zones)[columns.codes("time_zone")[first]]
    born = columns.is_there("birth_date")[first]
    return np.asarray(no_zone | ~born | (_places(columns, first) < 0))
