"""The coverage page: what became of each row of the two rule lists."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from isocourse import evidence
from isocourse.course.worked import cases
from isocourse.evidence import Row

from .markdown import code, codes, page, table
from .usage import carrying, starts, users

LISTS = {"us": "The US list", "int": "The international list"}
STATES = {
    "rule": "a rule or value rests on it, with worked cases",
    "not_modelled": "not modelled, with the way in which that errs",
}


def coverage() -> str:
    """The page of all rows."""
    return page(
        "Coverage",
        _INTRODUCTION,
        _summary(),
        "## Worked cases\n\n" + table(("chapter", "cases"), sorted(cases_of().items())),
        *(_list(name, title) for name, title in LISTS.items()),
    )


_INTRODUCTION = """\
The rules were written from two lists of rules, one for the United States (`us:`) and one for all
other places (`int:`). Their ids overlap, so each is named with its list. Ids with `T-` name a line
of a list's table of thresholds, ids with `X-` a line of a table that compares rule sets or places.

Each row is in one of two states. A row in state `rule` is reached through the passages that carry
it: some rule or value cites one of them, or begins with the start of its source. A test demands
it. A row that is *not modelled* says which way that errs: `closed` (stricter than the row),
`open` (the software does not stop what the row would stop), or `neither`."""


@cache
def cases_of() -> Counter[str]:
    """The number of worked cases of each chapter of the rules."""
    return Counter(case.topic for case in cases().values())


_HEAD = ("row", "about", "state", "passages", "used by, or how leaving it out errs", "cases")


def rows_of(name: str) -> list[Row]:
    """The rows of a list."""
    return [row for row in evidence.rows().values() if row.key.startswith(f"{name}:")]


def _summary() -> str:
    counted = {name: Counter(row.state for row in rows_of(name)) for name in LISTS}
    rows = [
        (code(state), meaning, *(counted[name][state] for name in LISTS))
        for state, meaning in STATES.items()
    ]
    errs = Counter(
        row.errs.partition(":")[0]
        for row in evidence.rows().values()
        if row.state == "not_modelled"
    )
    ways = ", ".join(f"{count} err {way}" for way, count in sorted(errs.items()))
    return f"{table(('state', 'meaning', *LISTS), rows)}\n\nOf the rows not modelled, {ways}."


def _list(name: str, title: str) -> str:
    return f"## {title}\n\n{table(_HEAD, map(_row, rows_of(name)))}"


def _row(row: Row) -> tuple[str, ...]:
    used = users(row.key)
    passages = codes(carrying().get(row.key, ()))
    begun = f"the start of {starts(row.key)} values" if starts(row.key) else ""
    said = "; ".join(part for part in (row.errs, codes(used), begun) if part)
    return code(row.key), row.about, row.state, passages, said, _cases(used)


def _cases(used: Iterable[str]) -> str:
    chapters = sorted({name.partition(".")[0] for name in used})
    return ", ".join(f"{each} {cases_of()[each]}" for each in chapters)
