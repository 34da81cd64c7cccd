"""The data dictionary: every fact, and which rules read it."""

from functools import cache

from isocourse.facts import Column, columns

from .markdown import code, codes, page, table
from .readings import readings


def dictionary() -> str:
    """The page of all facts."""
    facts = table(_HEAD, map(_row, columns()))
    return page("Data dictionary", _INTRODUCTION, facts, _USED_OTHERWISE)


_HEAD = ("fact", "unit", "what it holds", "when nothing was recorded", "read by")
_INTRODUCTION = """\
A fact is what follows from the events of a course at the moment asked. Rules read facts and never
events. Each is a whole number in a small unit, or not known.

*Not known* means that the record does not tell. A refusing rule that needs such a fact answers
`unknown`, which stops the action as well. *No* and *0* stand where
[the contract lets silence mean no](../explanation/verdicts.md#what-silence-means)."""
_USED_OTHERWISE = """\
A fact that no rule reads is used to find the stage of the course or a window, or is shown with
the answer."""


def _row(column: Column) -> tuple[str, ...]:
    read_by = codes(_readers().get(column.name, []))
    return (code(column.name), column.unit, column.says, _absent(column), read_by)


def _absent(column: Column) -> str:
    if column.absent < 0:
        return f"not known; record {column.ask}" if column.ask else "not known"
    if column.unit == "yes/no":
        return "yes" if column.absent else "no"
    return str(column.absent)


@cache
def _readers() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule, held in readings().items():
        for fact in held.facts:
            found.setdefault(fact, []).append(rule)
    return found
