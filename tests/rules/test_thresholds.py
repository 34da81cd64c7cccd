"""Each limit of each rule in each edition: on it, and one step to each side."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import z3
from tests.proofs.formula import AnyPatient, Formula, any_patient, yes_and_no
from tests.rules.editions import readings

from isocourse.facts import columns
from isocourse.rules.reading import Reading
from isocourse.words.expressions import Compare, Expression, Fact, Number, Plus, Times
from isocourse.words.telling import answer, number

OF = any_patient()
WORDS = {each.name for each in columns() if each.unit.startswith("code ")}
# What a comparison says one step below its limit, on it, and one step above.
BY_SIGN = {
    "<": (True, False, False),
    "<=": (True, True, False),
    ">": (False, False, True),
    ">=": (False, True, True),
    "==": (False, True, False),
    "!=": (True, False, True),
}


def comparisons(expression: Expression) -> Iterator[Compare]:
    """Every comparison inside a rule."""
    if isinstance(expression, Compare):
        yield expression
    for part in expression.parts():
        yield from comparisons(part)


@cache
def compared() -> dict[str, list[tuple[str, Reading, Compare]]]:
    """For each rule its comparisons in every edition, with the edition."""
    found: dict[str, list[tuple[str, Reading, Compare]]] = {}
    for name, held in readings().items():
        for where, reading in held:
            for each in comparisons(reading.expression):
                found.setdefault(name, []).append((where, reading, each))
    return found


def written(compare: Compare) -> str:
    return f"{side(compare.left)} {compare.sign} {side(compare.right)}"


def side(quantity: Any) -> str:
    match quantity:
        case Fact(name):
            return name
        case Number(value):
            return str(value)
        case Times(inner, factor):
            return f"{factor} x {side(inner)}"
        case Plus(left, right):
            return f"{side(left)} + {side(right)}"
    raise TypeError(quantity)


def fact_behind(quantity: Any) -> tuple[str, int] | None:
    """The fact on one side of a comparison and what it is multiplied by."""
    match quantity:
        case Fact(name):
            return name, 1
        case Times(Fact(name), factor):
            return name, factor
        case Plus(Fact(name), _):
            return name, 1
    return None


@pytest.mark.parametrize("name", sorted(compared()))
def test_a_comparison_turns_at_its_limit_as_its_sign_says(name: str) -> None:
    for where, _, each in compared()[name]:
        fact, factor = fact_behind(each.left) or ("", 0)
        assert fact, f"{where}: {written(each)}: a fact stands on the left"
        others: dict[str, int | None] = {}
        if (other := fact_behind(each.right)) is not None:
            others[other[0]] = factor * 60_000  # both sides then meet at a whole number
        limit = number(each.right)(others)
        assert limit is not None and limit % factor == 0
        steps = [others | {fact: limit // factor + step} for step in (-1, 0, 1)]
        assert tuple(map(answer(each), steps)) == BY_SIGN[each.sign], where
        assert answer(each)(others | {fact: None}) is None, where


SUBSUMED = {
    # Whoever is severe enough for the label is severe enough for the guideline.
    ("eligibility.no_indication", "severity >= 3"),
}


@pytest.mark.parametrize("name", sorted(compared()))
def test_for_some_patient_the_rule_turns_with_the_comparison(name: str) -> None:
    """A limit on which nothing hangs is a limit that was joined wrongly.

    There is a patient whom the rule stops on one side of the limit and not on the other; only the
    fact that is compared differs, and by one step.
    """
    for where, reading, each in compared()[name]:
        if (name, written(each)) not in SUBSUMED:
            assert turns(reading, each), f"{where}: nothing hangs on {written(each)}"


def turns(reading: Reading, compare: Compare) -> bool:
    """Whether the answer and the comparison can both change with one step of the fact.

    A number that stands for a word has no neighbours: any other word is one step away.
    """
    fact, _ = fact_behind(compare.left) or ("", 0)
    step = z3.Int("another word") if fact in WORDS else z3.IntVal(1)
    here = OF.with_value(fact, OF.value[fact])
    there = OF.with_value(fact, OF.value[fact] + step)
    solver = z3.Solver()
    solver.add(told(compare, here) != told(compare, there))
    solver.add(told(reading.expression, here) != told(reading.expression, there))
    return bool(solver.check() == z3.sat)


def told(expression: Expression, of: AnyPatient) -> Formula:
    """When an expression is not shown to be no."""
    _, no = yes_and_no(expression, of)
    return z3.Not(no)
