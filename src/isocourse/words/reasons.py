"""Why a rule answered as it did: the facts that carried the answer and the facts it lacked."""

from collections.abc import Iterable

from isocourse.words.expressions import (
    Both,
    Compare,
    Either,
    Expression,
    Fact,
    Missing,
    Not,
    Shown,
    facts_in,
)
from isocourse.words.telling import Answer, Facts, answer


def carrying(expression: Expression, facts: Facts) -> list[str]:
    """The facts that the present answer rests on, in the order in which the rule names them.

    Of several conditions joined by `|` only those count that made it yes; of several joined
    by `&` only those that made it no; of an unknown answer only the unknown parts.
    """
    return list(dict.fromkeys(_carrying(expression, facts)))


def missing(carried: Iterable[str], facts: Facts) -> list[str]:
    """Of the facts that carry an unknown answer, those that would have to be recorded first."""
    return [name for name in carried if facts[name] is None]


def _carrying(expression: Expression, facts: Facts) -> list[str]:
    match expression:
        case Fact() | Compare():
            return list(facts_in(expression))
        case Not(inner) | Shown(inner) | Missing(inner):
            return _carrying(inner, facts)
        case Both(inner) | Either(inner):
            held = answer(expression)(facts)
            return _of_parts(inner, held, facts)
    return []


def _of_parts(parts: tuple[Expression, ...], held: Answer, facts: Facts) -> list[str]:
    names: list[str] = []
    for part in parts:
        if answer(part)(facts) is held:
            names += _carrying(part, facts)
    return names
