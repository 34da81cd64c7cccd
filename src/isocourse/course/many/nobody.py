"""A piece of a table with one course and no entry: to compile with, and to test with."""

import numpy as np

from isocourse.course.many.asking import Piece
from isocourse.events import Course, Patient
from isocourse.facts.many.addresses import address
from isocourse.facts.many.given import COLUMNS, MARKS, Table
from isocourse.words.days import as_date
from isocourse.words.tokens import COURSE_FORMAT

DICTIONARIES = (
    "code",
    "status",
    "role",
    "by_role",
    "route",
    "unit",
    "product",
    "words",
    "methods",
)
"""The columns whose words are looked up."""
BORN = 10957  # 1 January 2000


def nobody(place: str) -> Piece:
    """One person, born in 2000, of whom nothing is recorded."""
    begins = np.zeros(2, dtype="i4")
    none, one = np.zeros(1, dtype="i4"), np.zeros(1, dtype="i8")
    nothing = np.full(len(COLUMNS), address(one), dtype="i8")
    table = Table(
        kind=np.zeros(1, dtype="i1"),
        values=nothing,
        marks=np.zeros(MARKS, dtype="i8"),
        filled=one,
        filled_count=0,
        all_numbered=0,
        recorded=0,
        words_at=begins,
        words=none,
        methods_at=begins,
        methods=none,
        since=none,
        capsules_at=begins,
        capsule_strengths=np.zeros(1),
        capsule_counts=none,
    )

    def course(number: int) -> Course:
        patient = Patient(birth_date=as_date(BORN), sex="unknown")
        return Course(
            format=COURSE_FORMAT, course_id="nobody", place=place, patient=patient, events=()
        )

    return Piece(
        table=table,
        dictionaries={name: () for name in DICTIONARIES},
        first=one,
        last=one,
        places=(place,),
        place=one,
        zones=(None,),
        zone=one,
        birth=one + BORN,
        set_aside=one,
        course=course,
        instants=(),
        medicines=(),
        held=one,
    )
