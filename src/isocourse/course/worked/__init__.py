"""Worked cases: the tables beside the rules, read, run and compared with what they expect."""

from isocourse.course.worked.changes import BadChange, changed
from isocourse.course.worked.running import Beside, Outcome, patients, run
from isocourse.course.worked.tables import BadCases, Case, cases

__all__ = [
    "BadCases",
    "BadChange",
    "Beside",
    "Case",
    "Outcome",
    "cases",
    "changed",
    "patients",
    "run",
]
