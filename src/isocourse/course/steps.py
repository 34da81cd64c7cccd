"""The rules of one edition as a list of steps for `facts.many.answering`.

Made from the very expressions that are proved; they answer for one course and for a registry. Parts
that several rules share are asked once.
"""

from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from isocourse.course.edition import InForce
from isocourse.facts import columns
from isocourse.facts.many.answering import FIELDS, LESS, MORE, NO, NONE, SIGNS, YES, Step
from isocourse.rules.book import BESIDE
from isocourse.rules.reading import Reading
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

_FACT = {each.name: number for number, each in enumerate(columns())}
_TURNED = {">": "<", ">=": "<="}
"""What a sign becomes when the sides are changed over."""
Line = tuple[int, ...]


@dataclass(slots=True)
class Steps:
    """Steps in the order in which they are done, each line once."""

    lines: list[Line] = field(default_factory=list)
    known: dict[Line, int] = field(default_factory=dict)

    def add(self, *line: int) -> int:
        """The number of a step, which is added when it is new."""
        full = (*line, *[0] * (FIELDS - len(line)))
        if full not in self.known:
            self.known[full] = len(self.lines)
            self.lines.append(full)
        return self.known[full]

    def of(self, expression: Expression) -> int:
        """The number of the step that answers an expression."""
        match expression:
            case Constant(value):
                return self.add(Step.CONSTANT, YES if value else NO)
            case Fact(name):
                return self.add(Step.FACT, _FACT[name])
            case Missing(Fact(name)):
                return self.add(Step.MISSING, _FACT[name])
            case Not(inner):
                return self.add(Step.NOT, self.of(inner))
            case Shown(inner):
                return self.add(Step.SHOWN, self.of(inner))
            case Both(inner):
                return self._joined(Step.BOTH, inner)
            case Either(inner):
                return self._joined(Step.EITHER, inner)
            case Compare():
                return self._compared(expression)
        raise TypeError(f"{expression!r} is no rule expression.")

    def _joined(self, step: Step, inner: tuple[Expression, ...]) -> int:
        joined = self.of(inner[0])
        for each in inner[1:]:
            joined = self.add(step, joined, self.of(each))
        return joined

    def _compared(self, compare: Compare) -> int:
        left = _scaled(compare.left)
        if left is not None and isinstance(compare.right, Number):
            bound = _bound(compare.sign, left[1], compare.right.value)
            if bound is not None:
                return self.add(Step.AGAINST_NUMBER, bound[0], left[0], bound[1])
        one, other = self.number(compare.left), self.number(compare.right)
        if compare.sign in _TURNED:
            return self.add(Step.COMPARED, SIGNS[_TURNED[compare.sign]], other, one)
        return self.add(Step.COMPARED, SIGNS[compare.sign], one, other)

    def number(self, quantity: Quantity) -> int:
        """The number of the step that gives a quantity."""
        match quantity:
            case Number(value):
                return self.add(Step.NUMBER, value)
            case Fact(name):
                return self.add(Step.VALUE, _FACT[name])
            case Times(inner, factor):
                return self.add(Step.TIMES, self.number(inner), factor)
            case Plus(left, right):
                return self.add(Step.PLUS, self.number(left), self.number(right))
            case Greatest(inner):
                found = self.number(inner[0])
                for each in inner[1:]:
                    found = self.add(Step.GREATEST, found, self.number(each))
                return found
        raise TypeError(f"{quantity!r} is no quantity.")

    def rule(self, reading: Reading, number: int) -> None:
        """Add the effect of a rule, with its exceptions."""
        held = self.of(reading.expression)
        beside = reading.rule.effect in BESIDE  # what any exception silences
        exempt = self._any_of(reading, *(("exempt", "advises") if beside else ("exempt",)))
        advises = self._any_of(reading, "advises")
        self.add(Step.EFFECT, held, exempt, advises, reading.rule.effect == "blocks", number)

    def _any_of(self, reading: Reading, *effects: str) -> int:
        of_effect = [e.expression for e in reading.exceptions if e.exception.effect in effects]
        shown = tuple(Shown(each) for each in of_effect)
        return self._joined(Step.EITHER, shown) if shown else NONE


def _scaled(quantity: Quantity) -> tuple[int, int] | None:
    """A fact with the factor it is multiplied by; None for anything else."""
    match quantity:
        case Fact(name):
            return _FACT[name], 1
        case Times(Fact(name), factor):
            return _FACT[name], factor
    return None


def _bound(sign: str, factor: int, number: int) -> tuple[int, int] | None:
    """The same said of a fact alone, with a sign that has a loop; None where it cannot be said so.

    Facts are whole numbers: at most 3 is less than 4, and three times a fact is less than 10 where
    the fact is less than 4.
    """
    if factor < 1:
        return None
    if sign in ("==", "!="):
        return (SIGNS[sign], number) if factor == 1 else None
    below, above = number // factor, -(-number // factor)
    return {
        "<": (LESS, above),
        "<=": (LESS, below + 1),
        ">": (MORE, below),
        ">=": (MORE, above - 1),
    }[sign]


def readings_of(rules: InForce) -> dict[str, Reading]:
    """Every rule that can speak in an edition, by its name."""
    every = chain(*rules.readings.values(), *rules.beside.values())
    return {each.rule.name: each for each in every}


def steps_of(rules: InForce, numbers: dict[str, int]) -> np.ndarray[Any, Any]:
    """The steps of an edition; `numbers` says which row of the effects a rule has."""
    made = Steps()
    for name, reading in readings_of(rules).items():
        made.rule(reading, numbers[name])
    return np.array(made.lines, dtype="i8").reshape(-1, FIELDS)
