"""Invented rule expressions, and a plain reading of them to hold the real one against."""

from typing import Any

from hypothesis import strategies as st

from isocourse.words.expressions import (
    Both,
    Compare,
    Constant,
    Either,
    Expression,
    Fact,
    Missing,
    Not,
    Number,
    Shown,
    Times,
)

NAMES = ("a", "b", "c", "d")
Facts = dict[str, int | None]


def facts() -> st.SearchStrategy[Facts]:
    """A small number for each fact, or not known."""
    small = st.none() | st.integers(-2, 3)
    return st.fixed_dictionaries(dict.fromkeys(NAMES, small))


def _quantities() -> st.SearchStrategy[Any]:
    fact = st.builds(Fact, st.sampled_from(NAMES))
    return fact | st.builds(Number, st.integers(-2, 3)) | st.builds(Times, fact, st.integers(-2, 2))


def _atoms() -> st.SearchStrategy[Expression]:
    fact = st.builds(Fact, st.sampled_from(NAMES))
    signs = st.sampled_from(("<", "<=", ">", ">=", "==", "!="))
    compared = st.builds(Compare, signs, _quantities(), _quantities())
    return fact | compared | st.builds(Constant, st.booleans())


def plain_trees() -> st.SearchStrategy[Expression]:
    """Expressions in which not known is never taken for no."""

    def joined(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.builds(Not, inner) | st.builds(Both, several) | st.builds(Either, several)

    return st.recursive(_atoms(), joined, max_leaves=8)


def trees() -> st.SearchStrategy[Expression]:
    """Expressions of every kind."""
    missing = st.builds(Missing, st.builds(Fact, st.sampled_from(NAMES)))

    def joined(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return (
            st.builds(Not, inner)
            | st.builds(Shown, inner)
            | st.builds(Both, several)
            | st.builds(Either, several)
        )

    return st.recursive(_atoms() | missing, joined, max_leaves=8)


def read_plainly(tree: Any, known: Facts) -> bool | None:
    """Yes, no or None by Kleene's strong tables, written down a second time."""
    match tree:
        case Constant(value):
            return value
        case Fact(name):
            return None if known[name] is None else known[name] != 0
        case Missing(Fact(name)):
            return None if known[name] is None else False
        case Not(inner):
            return {True: False, False: True, None: None}[read_plainly(inner, known)]
        case Shown(inner):
            return read_plainly(inner, known) is True
        case Both(inner):
            held = [read_plainly(each, known) for each in inner]
            return False if False in held else None if None in held else True
        case Either(inner):
            held = [read_plainly(each, known) for each in inner]
            return True if True in held else None if None in held else False
        case Compare(sign, left, right):
            return _compared(sign, _amount(left, known), _amount(right, known))
    raise TypeError(tree)


def _amount(quantity: Any, known: Facts) -> int | None:
    match quantity:
        case Number(value):
            return value
        case Fact(name):
            return known[name]
        case Times(Fact(name), factor):
            return None if (held := known[name]) is None else held * factor
    raise TypeError(quantity)


def _compared(sign: str, one: int | None, other: int | None) -> bool | None:
    if one is None or other is None:
        return None
    order = (one > other) - (one < other)
    return order in {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (1, 0)}.get(
        sign, (0,) if sign == "==" else (-1, 1)
    )
