"""Every row of the two rule lists is accounted for, and what claims to be used is used."""

import re
from collections import Counter
from itertools import pairwise

from tools.pages.usage import carrying, citing, starts, users

from isocourse import evidence
from isocourse.course.worked import cases
from isocourse.rules import exceptions, rules, values

ROWS = evidence.rows()
NUMBERED = re.compile(r"(?P<series>(?:us|int):(?![TX]-).*-)(?P<number>\d+)$")


def test_every_row_that_is_modelled_is_reached_by_a_rule_or_value() -> None:
    missed = {
        key: f"{row.about}; carried by {', '.join(carrying().get(key, ['nothing']))}"
        for key, row in ROWS.items()
        if row.state == "rule" and not users(key) and not starts(key)
    }
    assert not missed, "no rule or value cites what carries these rows"


def test_every_chapter_behind_a_row_has_worked_cases() -> None:
    behind = {name.partition(".")[0] for key in ROWS for name in users(key)}
    assert behind <= {case.topic for case in cases().values()}


def test_every_passage_cited_exists_and_every_rule_rests_on_one() -> None:
    for key in citing():
        evidence.passage(key)
    for each in (*rules().values(), *exceptions().values()):
        for key in each.cites:
            evidence.passage(key)
    assert all(row.cites for value in values().values() for row in value.rows)


def test_numbered_rows_run_without_a_gap() -> None:
    found: dict[str, list[int]] = {}
    for key in ROWS:
        if match := NUMBERED.fullmatch(key):
            found.setdefault(match["series"], []).append(int(match["number"]))
    gaps = {
        f"{series}{after - 1:02}"
        for series, numbers in found.items()
        for before, after in pairwise([0, *sorted(numbers)])
        if after != before + 1
    }
    assert not gaps


def test_both_lists_are_there_in_full() -> None:
    """Counted once against the lists themselves, which are not shipped."""
    assert Counter(key.partition(":")[0] for key in ROWS) == {"us": 189, "int": 252}


def test_a_row_that_opens_wrongly_says_what_is_not_asked() -> None:
    short = [k for k, row in ROWS.items() if row.errs.startswith("open: ") and len(row.errs) < 30]
    assert not short
