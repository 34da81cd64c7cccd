"""What each rule says of some patients: the expressions of an edition, asked by the compiled loop.

One course is asked as a registry is: a batch of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from isocourse.course.edition import InForce
from isocourse.course.steps import steps_of
from isocourse.facts import Established
from isocourse.rules import ACTIONS, rules
from isocourse.rules.book import ELIGIBILITY

Array = np.ndarray[Any, Any]
Said = Mapping[str, str]
"""The effect of each rule that is not silent: blocks, unknown or advises."""

ASKED = (*ACTIONS, ELIGIBILITY)
_EFFECTS = ("silent", "advises", "unknown", "blocks")  # as `facts.many.answering` numbers them


@cache
def rule_numbers() -> dict[str, int]:
    """The row of each rule in the effects."""
    return {name: number for number, name in enumerate(rules())}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the rules say of some patients, a column for each."""

    effects: Array  # a row for each rule
    worst: Array  # a row for each action: the most serious of what its rules say


def nothing_said(patients: int) -> Spoken:
    """Room for what the rules say of so many patients."""
    return Spoken(
        np.zeros((len(rule_numbers()), patients), dtype="u1"),
        np.zeros((len(ASKED), patients), dtype="u1"),
    )


def speak(in_force: InForce, rows: Array, which: Array, spoken: Spoken) -> None:
    """Write what the rules of an edition say of some patients, from all their rows of facts."""
    from isocourse.facts.many import answering  # compiled code, when first wanted

    steps, concerns = _steps(_ById(in_force))
    wide = min(len(which), answering.BLOCK)
    columns = np.empty((rows.shape[1], wide + answering.APART), dtype="i8")
    answers = np.empty((len(steps) + 1 + len(ASKED), wide), dtype="u1")
    numbers = np.empty((len(steps), wide), dtype="i8")
    room = columns, answers, numbers
    answering.answer(steps, rows, which, concerns, *room, spoken.effects, spoken.worst)


_FIRST = np.zeros(1, dtype="i8")


def said_by(in_force: InForce, known: Established) -> Said:
    """What the rules say of one patient."""
    said = nothing_said(1)
    speak(in_force, known.row, _FIRST, said)
    found = said.effects[:, 0]
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
def _steps(edition: _ById) -> tuple[Array, Array]:
    """The steps of an edition, and the mask of the actions that each rule concerns."""
    concerns = np.zeros(len(rule_numbers()), dtype="i8")
    for number, action in enumerate(ASKED):
        for reading in edition.of.readings[action]:
            concerns[rule_numbers()[reading.rule.name]] |= 1 << number
    return steps_of(edition.of, rule_numbers()), concerns
