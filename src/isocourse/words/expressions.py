"""Rule expressions: what a rule says about one patient, kept as a tree that can be read many ways.

A rule is called once with recording facts and returns such a tree. From it come the answer for
one patient, the facts it rests on, the facts that are missing, and the formula that is proved.
Answers are three-valued: true, false, or None when the record does not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

Facts = Mapping[str, int | None]
Answer = bool | None


class NotABoolean(TypeError):
    """An expression was used where Python wanted a plain yes or no."""


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A part of a rule. Combine with `&`, `|`, `~`; compare numbers with `<`, `<=`, `==`, ..."""

    def __bool__(self) -> NoReturn:
        raise NotABoolean(
            "A rule expression has no plain truth value. "
            "Use & | ~ instead of and, or, not, and compare values (not facts) with if."
        )

    def __and__(self, other: Expression) -> Expression:
        return Both((self, _yes_or_no(other)))

    def __or__(self, other: Expression) -> Expression:
        return Either((self, _yes_or_no(other)))

    def __invert__(self) -> Expression:
        return Not(self)

    __hash__ = object.__hash__

    def parts(self) -> tuple[Expression, ...]:
        """The expressions directly inside this one."""
        return ()


@dataclass(frozen=True, slots=True, eq=False)
class Quantity(Expression):
    """Something with a whole-number value: a fact, or a fact times a whole number."""

    def __lt__(self, other: Quantity | int) -> Expression:
        return Compare("<", self, _quantity(other))

    def __le__(self, other: Quantity | int) -> Expression:
        return Compare("<=", self, _quantity(other))

    def __gt__(self, other: Quantity | int) -> Expression:
        return Compare(">", self, _quantity(other))

    def __ge__(self, other: Quantity | int) -> Expression:
        return Compare(">=", self, _quantity(other))

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]
        return Compare("==", self, _quantity(other))

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]
        return Compare("!=", self, _quantity(other))

    def __mul__(self, factor: int) -> Quantity:
        return Times(self, _whole(factor))

    __rmul__ = __mul__
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True, eq=False)
class Fact(Quantity):
    """One column of the facts, by its name. A flag counts as yes when it is not zero."""

    name: str
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True, eq=False)
class Number(Quantity):
    """A whole number that a rule compares with."""

    value: int
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True, eq=False)
class Times(Quantity):
    """A quantity multiplied by a whole number."""

    inner: Quantity
    factor: int
    __hash__ = object.__hash__

    def parts(self) -> tuple[Expression, ...]:
        """The quantity that is multiplied."""
        return (self.inner,)


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Expression):
    """A comparison of two quantities; not known when either is not known."""

    sign: str
    left: Quantity
    right: Quantity

    def parts(self) -> tuple[Expression, ...]:
        """Both sides."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, eq=False)
class Both(Expression):
    """Yes when all are yes, no when one is no, else not known."""

    inner: tuple[Expression, ...]

    def parts(self) -> tuple[Expression, ...]:
        """The conditions."""
        return self.inner


@dataclass(frozen=True, slots=True, eq=False)
class Either(Expression):
    """Yes when one is yes, no when all are no, else not known."""

    inner: tuple[Expression, ...]

    def parts(self) -> tuple[Expression, ...]:
        """The conditions."""
        return self.inner


@dataclass(frozen=True, slots=True, eq=False)
class Not(Expression):
    """The opposite; not known stays not known."""

    inner: Expression

    def parts(self) -> tuple[Expression, ...]:
        """The condition."""
        return (self.inner,)


@dataclass(frozen=True, slots=True, eq=False)
class Shown(Expression):
    """Yes only when the condition is known to hold: not known counts as no."""

    inner: Expression

    def parts(self) -> tuple[Expression, ...]:
        """The condition."""
        return (self.inner,)


@dataclass(frozen=True, slots=True, eq=False)
class Missing(Expression):
    """Not known while the fact is missing, no once it is there: a fact that must be recorded."""

    inner: Fact

    def parts(self) -> tuple[Expression, ...]:
        """The fact."""
        return (self.inner,)


@dataclass(frozen=True, slots=True, eq=False)
class Constant(Expression):
    """Always yes or always no."""

    value: bool


NEVER = Constant(False)
ALWAYS = Constant(True)


def shown(condition: Expression) -> Expression:
    """Holds only where the record shows it; what is not recorded counts as no."""
    return Shown(_yes_or_no(condition))


def not_recorded(fact: Fact) -> Expression:
    """Cannot be told until the fact is recorded; never a refusal by itself afterwards."""
    return Missing(fact)


def facts_in(expression: Expression) -> Iterator[str]:
    """The names of the facts that an expression reads, each as often as it stands there."""
    if isinstance(expression, Fact):
        yield expression.name
    for part in expression.parts():
        yield from facts_in(part)


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
    raise TypeError(f"{quantity!r} is no quantity.")


def _yes_or_no(other: object) -> Expression:
    if not isinstance(other, Expression):
        raise NotABoolean(f"{other!r} stands where a condition was expected.")
    return other


def _quantity(other: object) -> Quantity:
    return other if isinstance(other, Quantity) else Number(_whole(other))


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} stands where a whole number in small units was expected.")
    return value
