"""What the compiled loop is given: the columns of a table and the numbers of its words."""

from typing import Any, NamedTuple

import numpy as np

from isocourse.words.codes import Kind, word

Array = np.ndarray[Any, Any]

RETRACT, DOCUMENT = 61, 62
OTHER_KINDS = {"retract": RETRACT, "document": DOCUMENT}
KIND_NUMBERS: dict[str, int] = {
    word(each): int(each) for each in Kind if each is not Kind.DISPENSE_RETRACTED
} | OTHER_KINDS
"""Every kind of the course file by its number: that of the pass, or one beyond it."""
KIND_COUNT = 63

ABSENT, UNKNOWN_WORD, WRONG_WORD = -1, -2, -3
"""No word was given; a word of an open list that no rule knows; a word that may not stand here."""


INTS = (
    "order",
    "at",
    "recorded",
    "code",
    "status",
    "role",
    "by_role",
    "route",
    "unit",
    "product",
    "until",
    "prescription",
    "number",
    "days",
    "quantity",
    "refills",
    "doses_per_day",
    "days_on",
    "cycle_days",
    "grade",
    "retracts",
    "comedones",
    "papules_pustules",
    "nodules",
)
FLOATS = ("value", "upper_limit", "capsule_mg", "score")
LONGS = ("instant", "recorded_instant")
FLAGS = ("yes", "also")
COLUMNS = (*INTS, *FLOATS, *LONGS, *FLAGS)
"""The columns of a piece by their number: whole numbers and codes of words, then the others."""
(
    ORDER,
    AT,
    RECORDED,
    CODE,
    STATUS,
    ROLE,
    BY_ROLE,
    ROUTE,
    UNIT,
    PRODUCT,
    UNTIL,
    PRESCRIPTION,
    NUMBER,
    DAYS,
    QUANTITY,
    REFILLS,
    DOSES_PER_DAY,
    DAYS_ON,
    CYCLE_DAYS,
    GRADE,
    RETRACTS,
    COMEDONES,
    PAPULES_PUSTULES,
    NODULES,
    VALUE,
    UPPER_LIMIT,
    CAPSULE_MG,
    SCORE,
    INSTANT,
    RECORDED_INSTANT,
    YES,
    ALSO,
) = range(len(COLUMNS))
FIRST_WIDE, FIRST_FLAG = len(INTS), len(INTS) + len(FLOATS) + len(LONGS)
"""From the first on a value takes eight bytes, not four; from the second on one."""


MARKS = 2 * len(COLUMNS)
"""For sixty-four entries, column by column: a bit for each that holds something, and how many
entries before them do. All of them stand together, as an entry is asked for many columns."""


class Table(NamedTuple):
    """The columns of a piece of a table, as far as the pass reads them.

    A column has room only for the entries that hold something: the value of an entry stands behind
    those of all entries before it that do.
    """

    kind: Array  # number of the kind of each entry, i1
    values: Array  # for each of COLUMNS the address of its values: i4, f8, i8 or u1
    marks: Array  # MARKS numbers for each sixty-four entries, i8
    filled: Array  # the columns that hold something
    filled_count: int
    all_numbered: int  # whether every entry has its number
    recorded: int  # whether some entry says when it was recorded
    words_at: Array  # where the list of an entry begins in `words`, and where that of the next, i4
    words: Array  # i4
    methods_at: Array
    methods: Array
    since: Array  # the first day of each of them
    capsules_at: Array
    capsule_strengths: Array  # f8
    capsule_counts: Array  # i4


OF_ROLE, OF_ROLE_RANK, OF_BY_ROLE, OF_ROUTE, OF_UNIT, OF_PRODUCT = range(6)
OF_TOPIC, OF_ENTERED, OF_METHOD = range(6, 9)
LOOKED_UP = 9
"""What a word of a column means: its role, the place of its text among those of its column, ..."""


class Words(NamedTuple):
    """The numbers of the words of a piece at one place, by their code in its dictionaries: i8."""

    width: int  # so many numbers in each row below
    code: Array  # a row for each kind
    status: Array  # a row for each kind
    plain: Array  # a row for each of the meanings above
    medicine: Array  # a row for each route: the slot
    strength_count: int
    product_strength: Array  # a row for each code: excipients of each strength alone
    strengths: Array  # µg


class Measures(NamedTuple):
    """How values become whole numbers of a small unit, and within which bounds they stand: f8."""

    units: int
    weight_factor: Array  # by unit; 0 where the unit is none of a weight
    weight_low: Array
    weight_high: Array
    lab_factor: Array  # a row for each test, by unit
    lab_below: Array
    score_low: Array  # by questionnaire
    score_high: Array
    scale_top: Array  # by scale
    dose_unit: int
    dose_least: float
    dose_most: float
    strength_most: float
    count_most: int
    pack_size: int  # 0 where a place knows none


class Clock(NamedTuple):
    """The clocks of a piece: for each the instants at which its offset from UTC changes: i8."""

    begins: Array  # by clock: where its changes begin, and where those of the next do
    changes: Array  # µs since 1970 UTC
    offsets: Array  # µs, from that change on


class Question(NamedTuple):
    """The moment asked about, and until when things were known."""

    timed: int
    instant: int  # µs since 1970 UTC
    day: Array  # by clock, i8
    knows_all: int
    known_timed: int
    known_instant: int
    known_day: Array
    registry: int  # the registry's clock, -1 without one
    registry_day: Array  # by clock: the day asked by the registry's clock, or else by that one


class Courses(NamedTuple):
    """The courses to look at: their rows in the table, their clock, and who is treated."""

    first: Array
    last: Array
    clock: Array
    birth: Array
    slot: Array  # the row of the answer
