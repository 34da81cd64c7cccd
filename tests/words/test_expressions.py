"""Expressions are three-valued, and refuse to be taken for a plain yes or no."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from tests.words.trees import NAMES, Facts, facts, plain_trees, read_plainly, trees

from isocourse.words.expressions import (
    ALWAYS,
    NEVER,
    Both,
    Either,
    Expression,
    Fact,
    NotABoolean,
    facts_in,
    not_recorded,
    shown,
)
from isocourse.words.telling import answer, number

A, B = Fact("a"), Fact("b")
ANSWERS = (True, False, None)
KNOWN = {True: 1, False: 0, None: None}


def held(expression: Expression, a: bool | None, b: bool | None = None) -> bool | None:
    return answer(expression)({"a": KNOWN[a], "b": KNOWN[b]})


# The whole of both tables, one row for each pair: a, b, a and b, a or b.
TABLE = [
    (True, True, True, True),
    (True, False, False, True),
    (True, None, None, True),
    (False, True, False, True),
    (False, False, False, False),
    (False, None, False, None),
    (None, True, None, True),
    (None, False, False, None),
    (None, None, None, None),
]


@pytest.mark.parametrize(("a", "b", "both", "either"), TABLE)
def test_and_and_or(a: bool | None, b: bool | None, both: bool | None, either: bool | None) -> None:
    assert held(A & B, a, b) is both
    assert held(A | B, a, b) is either
    assert held(~(A & B), a, b) is held(~A | ~B, a, b)
    assert held(~(A | B), a, b) is held(~A & ~B, a, b)


def test_the_table_is_whole() -> None:
    assert [row[:2] for row in TABLE] == list(product(ANSWERS, repeat=2))


@pytest.mark.parametrize(
    ("expression", "when_yes", "when_no", "when_not_known"),
    [
        (A, True, False, None),
        (~A, False, True, None),
        (shown(A), True, False, False),
        (~shown(A), False, True, True),
        (shown(~A), False, True, False),
        (not_recorded(A), False, False, None),
        (~not_recorded(A), True, True, None),
        (shown(not_recorded(A)), False, False, False),
        (A > 0, True, False, None),
        (A * 3 < 2, False, True, None),
        (ALWAYS | A, True, True, True),
        (NEVER & A, False, False, False),
        (ALWAYS & A, True, False, None),
        (NEVER | A, True, False, None),
        (A | ~A, True, True, None),
        (A & ~A, False, False, None),
        (Both(()), True, True, True),
        (Either(()), False, False, False),
    ],
)
def test_what_an_expression_answers(
    expression: Expression, when_yes: bool, when_no: bool, when_not_known: bool | None
) -> None:
    assert [held(expression, a) for a in ANSWERS] == [when_yes, when_no, when_not_known]


@pytest.mark.parametrize(
    ("expression", "at_6", "at_7", "at_8"),
    [
        (A < 7, True, False, False),
        (A <= 7, True, True, False),
        (A > 7, False, False, True),
        (A >= 7, False, True, True),
        (A == 7, False, True, False),
        (A != 7, True, False, True),
        (2 * A > 14, False, False, True),
        (7 > A, True, False, False),  # noqa: SIM300
        (B < A, False, False, True),
    ],
)
def test_each_sign_on_the_limit_and_one_step_to_each_side(
    expression: Expression, at_6: bool, at_7: bool, at_8: bool
) -> None:
    given_b = {"b": 7}
    assert [answer(expression)({"a": a, **given_b}) for a in (6, 7, 8)] == [at_6, at_7, at_8]


def test_a_number_is_known_only_when_its_fact_is() -> None:
    assert number(A * 1000)({"a": 40}) == 40_000
    assert number(A * 1000)({"a": None}) is None


@given(trees(), facts())
def test_an_expression_answers_as_a_plain_reading_of_it_does(
    tree: Expression, known: Facts
) -> None:
    assert answer(tree)(known) is read_plainly(tree, known)


@given(plain_trees(), facts(), facts())
def test_what_is_told_from_part_of_the_record_stays_told(
    tree: Expression, known: Facts, more: Facts
) -> None:
    """Recording what was not known never turns a yes or a no round."""
    before = answer(tree)(known)
    filled = {name: more[name] if known[name] is None else known[name] for name in NAMES}
    assert before is None or answer(tree)(filled) is before


@given(trees(), facts(), facts())
def test_only_the_facts_named_matter(tree: Expression, known: Facts, other: Facts) -> None:
    named = set(facts_in(tree))
    elsewhere = {name: known[name] if name in named else other[name] for name in NAMES}
    assert answer(tree)(elsewhere) is answer(tree)(known)


@pytest.mark.parametrize(
    "expression", [A, A > 1, A == 1, A != A, A & B, A | B, ~A, shown(A), not_recorded(A), ALWAYS]
)
def test_an_expression_refuses_to_be_a_plain_boolean(expression: Expression) -> None:
    for taken_for_one in (bool, any_of, negated, chosen_by):
        with pytest.raises(NotABoolean, match="no plain truth value"):
            taken_for_one(expression)


def any_of(expression: Expression) -> Any:
    return expression or B


def negated(expression: Expression) -> Any:
    return not expression


def chosen_by(expression: Expression) -> Any:
    return 1 if expression else 2


def test_a_chain_of_comparisons_is_refused() -> None:
    """`0 < a < 7` would silently keep only the second half."""
    with pytest.raises(NotABoolean):
        _ = 0 < A < 7


def test_a_fact_is_not_found_in_a_list_by_comparing() -> None:
    with pytest.raises(NotABoolean):
        _ = A in [B]


@pytest.mark.parametrize("wrong", [True, 0.5, 7.0, float("nan"), "7", None, [7]])
def test_only_whole_numbers_are_compared_with(wrong: Any) -> None:
    for compare in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__", "__mul__"):
        with pytest.raises(TypeError, match="whole number"):
            getattr(A, compare)(wrong)


@pytest.mark.parametrize("wrong", [True, False, 1, None, "a"])
def test_only_conditions_are_joined(wrong: Any) -> None:
    for join in (A.__and__, A.__or__, shown):
        with pytest.raises(NotABoolean, match="where a condition was expected"):
            join(wrong)


def test_what_is_no_expression_cannot_be_answered() -> None:
    with pytest.raises(TypeError, match="no rule expression"):
        answer("a")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no quantity"):
        number(A > 1)  # type: ignore[arg-type]


def test_a_fact_stands_in_the_list_as_often_as_in_the_rule() -> None:
    assert list(facts_in((A & B) | (A * 2 > B) | ~shown(A))) == ["a", "b", "a", "b", "a"]
