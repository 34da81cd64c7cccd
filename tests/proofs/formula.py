"""A rule expression as a formula over every possible patient.

A fact is a whole number and whether it is known. An expression becomes two formulas, when it is
yes and when it is no; where neither holds it cannot be told.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import z3

from isocourse.course.edition import InForce
from isocourse.facts import Column, columns
from isocourse.rules.reading import Reading
from isocourse.words.codes import NULL
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
    Plus,
    Quantity,
    Shown,
    Times,
    facts_in,
)

Formula = Any


@dataclass(frozen=True)
class AnyPatient:
    """One free variable for each fact, and one for whether it is known."""

    value: dict[str, Formula]
    known: dict[str, Formula]

    def with_value(self, name: str, value: Formula) -> "AnyPatient":
        """The same patient but for one fact, which is known to be this."""
        return AnyPatient({**self.value, name: value}, {**self.known, name: z3.BoolVal(True)})


def any_patient() -> AnyPatient:
    """A patient of whom nothing is fixed; what silence means no to is always known."""
    return AnyPatient(
        {each.name: z3.Int(each.name) for each in columns()},
        {each.name: _known(each) for each in columns()},
    )


def _known(column: Column) -> Formula:
    return z3.Bool(f"{column.name} is known") if column.absent == NULL else z3.BoolVal(True)


_SIGNS: dict[str, Callable[[Any, Any], Formula]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def number(quantity: Quantity, of: AnyPatient) -> tuple[Formula, Formula]:
    """The value of a quantity, and whether it is known."""
    match quantity:
        case Number(value):
            return z3.IntVal(value), z3.BoolVal(True)
        case Fact(name):
            return of.value[name], of.known[name]
        case Times(inner, factor):
            value, known = number(inner, of)
            return value * factor, known
        case Plus(left, right):
            (a, a_known), (b, b_known) = number(left, of), number(right, of)
            return a + b, z3.And(a_known, b_known)
    raise TypeError(quantity)


def yes_and_no(expression: Expression, of: AnyPatient) -> tuple[Formula, Formula]:
    """When an expression is yes, and when it is no."""
    match expression:
        case Constant(value):
            return z3.BoolVal(value), z3.BoolVal(not value)
        case Fact(name):
            return _told(of.value[name] != 0, of.known[name])
        case Compare(sign, left, right):
            (a, a_known), (b, b_known) = number(left, of), number(right, of)
            return _told(_SIGNS[sign](a, b), z3.And(a_known, b_known))
        case Not(inner):
            yes, no = yes_and_no(inner, of)
            return no, yes
        case Shown(inner):
            yes, _ = yes_and_no(inner, of)
            return yes, z3.Not(yes)
        case Missing(Fact(name)):
            return z3.BoolVal(False), of.known[name]
        case Both(inner):
            each = [yes_and_no(part, of) for part in inner]
            return z3.And([yes for yes, _ in each]), z3.Or([no for _, no in each])
        case Either(inner):
            each = [yes_and_no(part, of) for part in inner]
            return z3.Or([yes for yes, _ in each]), z3.And([no for _, no in each])
    raise TypeError(expression)


def _told(holds: Formula, known: Formula) -> tuple[Formula, Formula]:
    return z3.And(known, holds), z3.And(known, z3.Not(holds))


def exempt(reading: Reading, of: AnyPatient) -> Formula:
    """When an exception keeps the rule from stopping anything."""
    return z3.Or([yes_and_no(each.expression, of)[0] for each in reading.exceptions])


def stops(reading: Reading, of: AnyPatient) -> Formula:
    """When the rule blocks, or cannot be told."""
    _, no = yes_and_no(reading.expression, of)
    return z3.And(z3.Not(no), z3.Not(exempt(reading, of)))


def blocks(reading: Reading, of: AnyPatient) -> Formula:
    """When the rule is shown to refuse."""
    yes, _ = yes_and_no(reading.expression, of)
    return z3.And(yes, z3.Not(exempt(reading, of)))


def facts_of(reading: Reading) -> frozenset[str]:
    """The facts that a rule and its exceptions read."""
    expressions = [reading.expression, *(each.expression for each in reading.exceptions)]
    return frozenset(name for each in expressions for name in facts_in(each))


def refusals(rules: InForce, action: str) -> Iterable[Reading]:
    """The rules that can stop an action."""
    return [each for each in rules.readings[action] if each.rule.effect == "blocks"]


def allowed(rules: InForce, action: str, of: AnyPatient) -> Formula:
    """When an action is allowed: no rule stops it."""
    return z3.Not(z3.Or([stops(each, of) for each in refusals(rules, action)]))
