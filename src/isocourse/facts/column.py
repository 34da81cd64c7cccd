"""A column of the facts, and the two ways in which silence is read.

A fact is a whole number or not known (NULL). `absent` says what stands there when nothing was
recorded: NULL where silence tells nothing, 0 where the contract lets silence mean no.
"""

from dataclasses import dataclass

from isocourse.words.codes import NULL

FLAG = "yes/no"


@dataclass(frozen=True, slots=True)
class Column:
    """One fact: its name, unit, what it holds, and what to record when it is missing."""

    name: str
    unit: str
    says: str
    ask: str
    absent: int


def may_be_unknown(name: str, unit: str, says: str, ask: str) -> Column:
    """A fact that is not known until it is recorded; `ask` says what to record."""
    return Column(name, unit, says, ask, NULL)


def no_unless_recorded(name: str, says: str, unit: str = FLAG) -> Column:
    """A fact that is no, or none, until something is recorded."""
    return Column(name, unit, says, "", 0)
