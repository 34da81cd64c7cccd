"""What an expression says of one patient: yes, no, or not known."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from isocourse.words.expressions import (
    Both,
    Compare,
    Constant,
    Either,
    Expression,
    Fact,
    Greatest,
    Missing,
    Not,
    Number,
    Plus,
    Quantity,
    Shown,
    Times,
)

Facts = Mapping[str, int | None]
Answer = bool | None


@cache
def answer(expression: Expression) -> Callable[[Facts], Answer]:
    """A function from facts (whole numbers, None when not known) to yes, no or None."""
    match expression:
        case Constant(value):
            return lambda facts: value
        case Fact(name):
            return lambda facts: None if facts[name] is None else facts[name] != 0
        case Compare():
            return _comparison(expression)
        case Not(inner):
            of = answer(inner)
            return lambda facts: None if (held := of(facts)) is None else not held
        case Shown(inner):
            of = answer(inner)
            return lambda facts: of(facts) is True
        case Missing(Fact(name)):
            return lambda facts: None if facts[name] is None else False
        case Both(inner):
            return _first_of(False, [answer(each) for each in inner])
        case Either(inner):
            return _first_of(True, [answer(each) for each in inner])
    raise TypeError(f"{expression!r} is no rule expression.")


def _first_of(wanted: bool, each: list[Callable[[Facts], Answer]]) -> Callable[[Facts], Answer]:
    """The wanted answer when one part gives it; else None if a part is not known."""

    def combined(facts: Facts) -> Answer:
        known = True
        for of in each:
            held = of(facts)
            if held is wanted:
                return wanted
            known = known and held is not None
        return (not wanted) if known else None

    return combined


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _comparison(compare: Compare) -> Callable[[Facts], Answer]:
    left, right, sign = number(compare.left), number(compare.right), _SIGNS[compare.sign]

    def compared(facts: Facts) -> Answer:
        a, b = left(facts), right(facts)
        return None if a is None or b is None else sign(a, b)

    return compared


@cache
def number(quantity: Quantity) -> Callable[[Facts], int | None]:
    """A function from facts to the quantity's value, None when not known."""
    match quantity:
        case Number(value):
            return lambda facts: value
        case Fact(name):
            return lambda facts: facts[name]
        case Times(inner, factor):
            of = number(inner)
            return lambda facts: None if (held := of(facts)) is None else held * factor
        case Plus(left, right):
            return _sum(number(left), number(right))
        case Greatest(inner):
            all_of = [number(each) for each in inner]
            return lambda facts: max(
                (held for each in all_of if (held := each(facts)) is not None), default=None
            )
    raise TypeError(f"{quantity!r} is no quantity.")


def _sum(
    left: Callable[[Facts], int | None], right: Callable[[Facts], int | None]
) -> Callable[[Facts], int | None]:
    def added(facts: Facts) -> int | None:
        a, b = left(facts), right(facts)
        return None if a is None or b is None else a + b

    return added
