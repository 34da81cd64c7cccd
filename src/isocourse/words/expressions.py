"""Rule expressions: what a rule says about one patient, kept as a tree that can be read many ways.

A rule is called once with recording facts and returns such a tree. From it come the answer for
one patient, the facts it rests on, the facts that are missing, and the formula that is proved.
Answers are three-valued: true, false, or None when the record does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn


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

    def __add__(self, other: Quantity | int) -> Quantity:
        return Plus(self, _quantity(other))

    def __sub__(self, other: Quantity | int) -> Quantity:
        return Plus(self, Times(_quantity(other), -1))

    def __rsub__(self, other: Quantity | int) -> Quantity:
        return Plus(_quantity(other), Times(self, -1))

    def __neg__(self) -> Quantity:
        return Times(self, -1)

    __rmul__ = __mul__
    __radd__ = __add__
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
class Plus(Quantity):
    """The sum of two quantities; not known when either is not known."""

    left: Quantity
    right: Quantity
    __hash__ = object.__hash__

    def parts(self) -> tuple[Expression, ...]:
        """Both summands."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, eq=False)
class Greatest(Quantity):
    """The greatest of those quantities that are known; not known when none is."""

    inner: tuple[Quantity, ...]
    __hash__ = object.__hash__

    def parts(self) -> tuple[Expression, ...]:
        """The quantities."""
        return self.inner


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


def greatest(*each: Quantity | int) -> Quantity:
    """The greatest of those quantities that are known."""
    return Greatest(tuple(map(_quantity, each)))


def facts_in(expression: Expression) -> Iterator[str]:
    """The names of the facts that an expression reads, each as often as it stands there."""
    if isinstance(expression, Fact):
        yield expression.name
    for part in expression.parts():
        yield from facts_in(part)


def quantity(said: Quantity | int) -> Quantity:
    """A quantity, of a plain whole number too."""
    return _quantity(said)


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
