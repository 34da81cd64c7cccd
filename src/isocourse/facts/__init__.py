"""What follows from the record: typed facts, one row for each course and moment asked."""

from isocourse.facts.columns import Column, column, columns
from isocourse.facts.log import Asked, Log, Moment, known_by, local_day, log_of
from isocourse.facts.one import Established, establish
from isocourse.facts.rows import Names

__all__ = [
    "Asked",
    "Column",
    "Established",
    "Log",
    "Moment",
    "Names",
    "column",
    "columns",
    "establish",
    "known_by",
    "local_day",
    "log_of",
]
