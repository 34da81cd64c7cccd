"""Which facts carried an answer, and which would have to be recorded first."""

import pytest
from hypothesis import given
from tests.words.trees import NAMES, Facts, facts, plain_trees, trees

from isocourse.words.expressions import ALWAYS, Expression, Fact, facts_in, not_recorded
from isocourse.words.expressions import shown as only_if_shown
from isocourse.words.reasons import carrying, missing
from isocourse.words.telling import answer

A, B, C = Fact("a"), Fact("b"), Fact("c")
NOT_KNOWN = dict.fromkeys("abc")


def known(**facts: int | None) -> dict[str, int | None]:
    return NOT_KNOWN | facts


@pytest.mark.parametrize(
    ("expression", "facts", "carried_by"),
    [
        (A | B, known(a=1, b=0), ["a"]),
        (A | B, known(a=1, b=1), ["a", "b"]),
        (A | B, known(a=0, b=0), ["a", "b"]),
        (A & B, known(a=0, b=1), ["a"]),
        (A & B, known(a=0), ["a"]),
        (A & B, known(a=1, b=1), ["a", "b"]),
        (A & B, known(a=1), ["b"]),
        (A | B, known(a=0), ["b"]),
        (~(A & B), known(a=0, b=1), ["a"]),
        ((A & B) | C, known(a=1, b=1, c=0), ["a", "b"]),
        (B > A, known(a=1, b=2), ["b", "a"]),
        (A & (A > 0) & B, known(a=1, b=1), ["a", "b"]),
        (only_if_shown(A | B), known(b=1), ["b"]),
        (ALWAYS, known(), []),
    ],
)
def test_the_facts_that_carried_the_answer(
    expression: Expression, facts: Facts, carried_by: list[str]
) -> None:
    assert carrying(expression, facts) == carried_by


@pytest.mark.parametrize(
    ("expression", "facts", "lacking"),
    [
        (A & B, known(a=1), ["b"]),
        (A & B, known(), ["a", "b"]),
        (A & B, known(a=0), []),
        (A | B, known(a=1), []),
        (A > B, known(b=3), ["a"]),
        (~A & not_recorded(B), known(a=0), ["b"]),
        ((A & B) | (A & C), known(a=1, b=0), ["c"]),
        (A & B, known(a=1, b=1), []),
    ],
)
def test_the_facts_that_have_to_be_recorded(
    expression: Expression, facts: Facts, lacking: list[str]
) -> None:
    assert missing(carrying(expression, facts), facts) == lacking


@given(trees(), facts())
def test_reasons_are_facts_of_the_rule_each_once_and_in_its_order(
    tree: Expression, facts: Facts
) -> None:
    carried = carrying(tree, facts)
    in_order = list(dict.fromkeys(facts_in(tree)))
    assert len(set(carried)) == len(carried) and set(carried) <= set(in_order)
    assert set(missing(carried, facts)) == {name for name in carried if facts[name] is None}


@given(plain_trees(), facts(), facts())
def test_what_did_not_carry_an_answer_may_be_anything(
    tree: Expression, facts: Facts, other: Facts
) -> None:
    before = answer(tree)(facts)
    if before is None:
        return
    kept = carrying(tree, facts)
    changed = {name: facts[name] if name in kept else other[name] for name in NAMES}
    assert answer(tree)(changed) is before


@given(plain_trees(), facts(), facts())
def test_recording_what_is_missing_settles_the_answer(
    tree: Expression, facts: Facts, other: Facts
) -> None:
    lacking = missing(carrying(tree, facts), facts)
    assert bool(lacking) or answer(tree)(facts) is not None
    recorded = facts | {name: other[name] or 0 for name in lacking}
    assert answer(tree)(recorded) is not None
