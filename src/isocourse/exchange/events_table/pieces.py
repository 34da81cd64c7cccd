"""A batch of the table in Arrow as the columns that the compiled loop reads."""

from collections.abc import Callable, Sequence

import numpy as np

from isocourse.course.many.asking import Piece
from isocourse.course.many.meanings import kind_number
from isocourse.events import Course
from isocourse.events.course import zone_of
from isocourse.exchange.events_table.columns import Columns
from isocourse.exchange.events_table.dense import NO_SUCH_DAY, Array, Column
from isocourse.exchange.events_table.pages.rows import (
    count_changes,
    lay_marks,
    look_up,
    mark_differing,
    meet_words,
    write_changes,
)
from isocourse.facts.many.addresses import address
from isocourse.facts.many.given import COLUMNS, KIND_NUMBERS, LONGS, Table
from isocourse.facts.many.left import Left
from isocourse.words.tokens import PLACES

_DICTIONARIES = ("code", "status", "role", "by_role", "route", "unit", "product")
_LISTS = ("words", "methods")
_IN_TABLE = {
    "instant": "at_instant",
    "recorded": "recorded_at",
    "prescription": "prescription_id",
}
"""The columns that have a shorter name in the compiled loop."""
_INSTANTS = [_IN_TABLE.get(name, name) for name in LONGS]
_BY_NUMBER = [_IN_TABLE.get(name, name) for name in COLUMNS]


def piece_of(
    columns: Columns, course: Callable[[int, int], Course], wanted: slice = slice(None)
) -> Piece:
    """The courses of a batch, each with all its rows; those wanted of them.

    `course` gives the course of some rows. The piece is not part of a circle, so that its memory
    is free for the next one at once.
    """
    first = begins_of(columns.codes("course_id"))
    last = np.append(first[1:], len(columns))[wanted]
    aside = _set_aside(columns, first)[wanted]
    first = first[wanted]
    held = [columns.of(name) for name in _BY_NUMBER]
    kinds = _kinds(columns)
    return Piece(
        table=_table(columns, kinds, held),
        dictionaries={name: columns.dictionary(name) for name in _DICTIONARIES}
        | {name: columns.lists(name).words for name in _LISTS},
        first=first,
        last=last,
        places=PLACES,
        place=np.maximum(0, _places(columns, first)),
        zones=[z if zone_of(None, z) else None for z in (None, *columns.dictionary("time_zone"))],
        zone=(columns.codes("time_zone")[first] + 1).astype("i8"),
        birth=columns.same("birth_date")[first].astype("i8"),
        set_aside=aside,
        course=lambda number: course(int(first[number]), int(last[number])),
        instants=[_held(columns.of(name)) for name in _INSTANTS if columns.has(name)],
        medicines=_medicines(columns, kinds),
        held=(columns, held),
    )


def begins_of(codes: Array) -> Array:
    """The rows in which courses begin, by the codes of their names."""
    held = np.ascontiguousarray(codes, dtype="i4")
    where = address(held), len(held)
    rows = np.empty(count_changes(*where), dtype="i8")
    write_changes(*where, rows)
    return rows


def _held(column: Column) -> Array:
    return column.values[: column.held]


def _kinds(columns: Columns) -> Array:
    """The number of the kind of each row, 0 where it is none."""
    numbers = np.array([kind_number(word) for word in columns.dictionary("kind")] or [0], "i1")
    codes, kinds = columns.codes("kind"), np.empty(len(columns), dtype="i1")
    look_up(address(codes), numbers, kinds)
    return kinds


def _medicines(columns: Columns, kinds: Array) -> Sequence[int]:
    """The codes of the words that name a medicine."""
    if not columns.has("code"):
        return []
    code = columns.of("code")
    met = np.zeros(len(code.dictionary), dtype="u1")
    held = (address(each) for each in (code.there, code.before, code.values))
    meet_words(kinds, KIND_NUMBERS["medicine"], *held, met)
    found: list[int] = np.flatnonzero(met).tolist()
    return found


def _table(columns: Columns, kinds: Array, held: Sequence[Column]) -> Table:
    words, methods, capsules = (columns.lists(name) for name in (*_LISTS, "capsules"))
    filled = [number for number, each in enumerate(held) if each.held]
    return Table(
        kind=kinds,
        values=np.array([address(each.values) for each in held], dtype="i8"),
        marks=_marks(held),
        filled=np.array([*filled, 0], dtype="i8"),
        filled_count=len(filled),
        all_numbered=int(columns.full("order")),
        recorded=int(columns.has("recorded_at") or columns.has("recorded_instant")),
        words_at=words.begins,
        words=words.parts[""],
        methods_at=methods.begins,
        methods=methods.parts["method"],
        since=methods.parts["since"],
        capsules_at=capsules.begins,
        capsule_strengths=capsules.parts["mg"],
        capsule_counts=capsules.parts["quantity"],
    )


def _marks(held: Sequence[Column]) -> Array:
    """Which rows hold something, of all columns together: see `Table`."""
    marks = np.empty((len(held[0].there), len(held), 2), dtype="i8")
    there = np.array([address(each.there) for each in held], dtype="i8")
    before = np.array([address(each.before) for each in held], dtype="i8")
    lay_marks(there, before, marks)
    return marks


def _places(columns: Columns, rows: Array | slice = slice(None)) -> Array:
    """The number of the place of some rows, -1 where it is no known one."""
    known = [PLACES.index(p) if p in PLACES else -1 for p in columns.dictionary("place")]
    numbers: Array = np.array([*known, -1], dtype="i8")
    return np.asarray(numbers[columns.codes("place")[rows]])


def _set_aside(columns: Columns, first: Array) -> Array:
    """Courses with an earlier course, or whose rows do not say the same of the course."""
    aside = np.zeros(len(first), dtype="i8")
    if columns.has("earlier"):
        earlier = columns.of("earlier").spread(0) != 0
        aside[np.logical_or.reduceat(earlier, first)] = Left.EARLIER
    aside[_unclear(columns, first)] = Left.DOUBTFUL
    for name in ("place", "time_zone", "birth_date"):
        if columns.has(name):
            values = columns.same(name)
            mark_differing(address(values), len(values), first, aside, int(Left.DOUBTFUL))
    return aside


def _unclear(columns: Columns, first: Array) -> Array:
    """The courses without a known place or a day of birth, or with a time zone that is none.

    Told by the first row: one whose rows differ in these is set aside as it is.
    """
    zones = [*[zone_of(None, z) is not None for z in columns.dictionary("time_zone")], True]
    no_zone = ~np.array(zones)[columns.codes("time_zone")[first]]
    born = columns.same("birth_date")[first] != NO_SUCH_DAY
    return np.asarray(no_zone | ~born | (_places(columns, first) < 0))
