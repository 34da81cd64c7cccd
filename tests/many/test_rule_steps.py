"""The steps of the compiled loop answer an expression as the expression answers itself."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocourse.course.steps import Steps
from isocourse.facts import columns
from isocourse.facts.many.answering import BLOCK, NONE, Step, answer
from isocourse.words.codes import NULL
from isocourse.words.expressions import (
    ALWAYS,
    NEVER,
    Expression,
    Fact,
    Greatest,
    Missing,
    Shown,
    Times,
)
from isocourse.words.telling import answer as answered

NAMES = [each.name for each in columns()][:4]
facts = st.sampled_from(NAMES).map(Fact)
numbers = st.integers(-3, 3)
signs = st.sampled_from(("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"))
compared = st.builds(lambda f, sign, n: getattr(f, sign)(n), facts, signs, numbers)
against = st.builds(
    lambda f, k, sign, n: getattr(Times(f, k), sign)(n), facts, numbers, signs, st.integers(-7, 7)
)
scaled = st.builds(
    lambda f, k, sign, g: getattr(Times(f, k), sign)(g), facts, numbers, signs, facts
)
sums = st.builds(lambda f, g, k: f + Times(g, k), facts, facts, numbers)
greatest = st.lists(facts | sums, min_size=1, max_size=3).map(lambda q: Greatest(tuple(q)))
reckoned = st.builds(lambda q, sign, r: getattr(q, sign)(r), sums | greatest, signs, facts | sums)
leaves = (
    facts
    | reckoned
    | compared
    | scaled
    | against
    | facts.map(Missing)
    | st.sampled_from((NEVER, ALWAYS))
)
expressions = st.recursive(
    leaves,
    lambda inner: (
        st.builds(lambda a, b: a & b, inner, inner)
        | st.builds(lambda a, b: a | b, inner, inner)
        | inner.map(lambda a: ~a)
        | inner.map(Shown)
    ),
    max_leaves=8,
)
rows = st.lists(
    st.lists(st.none() | numbers, min_size=len(NAMES), max_size=len(NAMES)),
    min_size=1,
    max_size=BLOCK + 3,
)
UNKNOWN_OR_BLOCKS = {None: "unknown", True: "blocks", False: None}
"""What a rule that blocks does when its condition gives this answer."""


@given(expressions, rows)
def test_steps_answer_as_the_expression_does(
    expression: Expression, held: list[list[int | None]]
) -> None:
    steps = Steps()
    steps.add(Step.EFFECT, steps.of(expression), NONE, NONE, 1, 0)
    table = np.zeros((len(held), len(columns())), dtype="i8")
    for row, values in zip(table, held, strict=True):
        row[: len(NAMES)] = [NULL if value is None else value for value in values]
    effects = np.zeros((1, len(held)), dtype="u1")
    lines = np.array(steps.lines, dtype="i8")
    columns_of = np.zeros((table.shape[1], BLOCK), dtype="i8")
    answers = np.zeros((len(lines) + 2, BLOCK), dtype="u1")  # one more for all, one for the action
    numbers_of = np.zeros((len(lines), BLOCK), dtype="i8")
    which, concerns = np.arange(len(held)), np.ones(1, dtype="i8")
    worst = np.zeros((1, len(held)), dtype="u1")
    answer(lines, table, which, concerns, columns_of, answers, numbers_of, effects, worst)
    assert worst.tolist() == effects.tolist()
    words: list[Any] = [None, "advises", "unknown", "blocks"]
    wanted = [
        UNKNOWN_OR_BLOCKS[answered(expression)(dict(zip(NAMES, row, strict=True)))] for row in held
    ]
    assert [words[effect] for effect in effects[0]] == wanted


def test_a_part_that_stands_in_two_rules_is_asked_once() -> None:
    steps = Steps()
    one = steps.of((Fact(NAMES[0]) > 1) & Fact(NAMES[1]))
    assert steps.of((Fact(NAMES[0]) > 1) & Fact(NAMES[1])) == one
    assert len(steps.lines) == 3


def test_what_is_no_rule_expression_is_refused() -> None:
    with pytest.raises(TypeError, match="no rule expression"):
        Steps().of(Expression())
