"""What each rule says of some patients: the expressions of an edition, asked by the compiled loop.

One course is asked as a registry is: a batch of one.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from isocourse.course.edition import InForce
from isocourse.course.steps import steps_of
from isocourse.facts import Established
from isocourse.rules import rules

Array = np.ndarray[Any, Any]
Said = Mapping[str, str]
"""The effect of each rule that is not silent: blocks, unknown or advises."""

_EFFECTS = ("silent", "advises", "unknown", "blocks")  # as `facts.many.answering` numbers them


@cache
def rule_numbers() -> dict[str, int]:
    """The row of each rule in the effects."""
    return {name: number for number, name in enumerate(rules())}


def effects(in_force: InForce, rows: Array) -> Array:
    """The effect of each rule (a row) on each patient (a column), from rows of facts."""
    from isocourse.facts.many.answering import BLOCK, answer  # compiled code, when first wanted

    steps, wide = _steps(_ById(in_force)), min(len(rows), BLOCK)
    found = np.zeros((len(rule_numbers()), len(rows)), dtype="u1")
    room = np.empty((len(steps), wide), dtype="u1"), np.empty((len(steps), wide), dtype="i8")
    answer(steps, rows, *room, found)
    return found


def said_by(in_force: InForce, known: Established) -> Said:
    """What the rules say of one patient."""
    found = effects(in_force, known.row)[:, 0]
    names = _names()
    spoken = np.flatnonzero(found)
    pairs = zip(spoken.tolist(), found[spoken].tolist(), strict=True)
    return {names[rule]: _EFFECTS[effect] for rule, effect in pairs}


@cache
def _names() -> tuple[str, ...]:
    return tuple(rule_numbers())


class _ById:
    """An edition by its identity: it is kept for as long as nothing changes."""

    def __init__(self, of: InForce) -> None:
        self.of = of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.of is other.of

    def __hash__(self) -> int:
        return id(self.of)


@cache
def _steps(edition: _ById) -> Array:
    return steps_of(edition.of, rule_numbers())
