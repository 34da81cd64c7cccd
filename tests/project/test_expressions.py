"""Expressions are three-valued, and refuse to be taken for a plain yes or no."""

from itertools import product

import pytest

from isocourse.words.expressions import (
    ALWAYS,
    NEVER,
    Expression,
    Fact,
    NotABoolean,
    not_recorded,
    shown,
)
from isocourse.words.telling import answer

A, B = Fact("a"), Fact("b")
ANSWERS = (True, False, None)
KNOWN = {True: 1, False: 0, None: None}


def held(expression: Expression, a: bool | None, b: bool | None = None) -> bool | None:
    return answer(expression)({"a": KNOWN[a], "b": KNOWN[b]})


@pytest.mark.parametrize(("a", "b"), list(product(ANSWERS, repeat=2)))
def test_both_and_either_follow_kleene(a: bool | None, b: bool | None) -> None:
    both = False if False in (a, b) else None if None in (a, b) else True
    either = True if True in (a, b) else None if None in (a, b) else False
    assert held(A & B, a, b) is both
    assert held(A | B, a, b) is either
    assert held(~(A & B), a, b) is held(~A | ~B, a, b)


@pytest.mark.parametrize(
    ("expression", "when_yes", "when_no", "when_not_known"),
    [
        (~A, False, True, None),
        (shown(A), True, False, False),
        (~shown(A), False, True, True),
        (not_recorded(A), False, False, None),
        (A > 0, True, False, None),
        (A * 3 < 2, False, True, None),
        (ALWAYS | A, True, True, True),
        (NEVER & A, False, False, False),
    ],
)
def test_what_an_expression_answers(
    expression: Expression, when_yes: bool, when_no: bool, when_not_known: bool | None
) -> None:
    assert [held(expression, a) for a in ANSWERS] == [when_yes, when_no, when_not_known]


@pytest.mark.parametrize("expression", [A, A > 1, A & B, ~A, shown(A), ALWAYS])
def test_an_expression_refuses_to_be_a_plain_boolean(expression: Expression) -> None:
    with pytest.raises(NotABoolean):
        bool(expression)


@pytest.mark.parametrize("wrong", [True, 0.5, float("nan"), "7", None])
def test_only_whole_numbers_are_compared_with(wrong: object) -> None:
    with pytest.raises(TypeError):
        _ = A < wrong  # type: ignore[operator]  # noqa: SIM300


@pytest.mark.parametrize("wrong", [True, 1, None])
def test_only_conditions_are_joined(wrong: object) -> None:
    with pytest.raises(NotABoolean):
        A & wrong  # type: ignore[operator]
