"""How a rule is written down: decorators that put a small cited function into the rule book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from isocourse.words.expressions import Expression

ACTIONS = ("start", "prescribe", "dispense")
ELIGIBILITY = "eligibility"
"""Asked beside the actions: whether this person should have the drug at all."""
LAYERS = ("programme", "label", "guideline", "local")
RULE_TOPICS = (
    "pregnancy_category",
    "pregnancy_test",
    "contraception",
    "window",
    "supply",
    "enrolment",
    "consent",
    "counselling",
    "comprehension",
    "authorisation",
    "prescriber",
    "visit",
    "age",
    "indication",
    "contraindication",
    "interaction",
    "dose",
    "labs",
    "mental_health",
    "sexual_function",
    "side_effect",
    "stopping",
    "retreatment",
)

Condition = Callable[[Any, Any], Expression]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when its condition holds, it has its effect on its actions."""

    name: str  # "pregnancy.window_closed"
    effect: str  # "blocks" or "advises"
    actions: tuple[str, ...]
    topic: str
    layer: str  # one of LAYERS, or the name of a value that says which
    says: str  # sentence with {facts} and {values} filled in
    cites: tuple[str, ...]
    condition: Condition

    @property
    def chapter(self) -> str:
        """The folder of the rule."""
        return self.name.partition(".")[0]

    @property
    def about(self) -> str:
        """What must hold, in one line."""
        return (self.condition.__doc__ or "").strip().splitlines()[0]


@dataclass(frozen=True, slots=True)
class Exception_:
    """Where a rule does not hold, or only advises: by place, since a day, with its own source."""

    name: str
    rules: tuple[str, ...]
    place: str
    since: str | date
    effect: str  # "exempt" or "advises"
    cites: tuple[str, ...]
    condition: Condition

    @property
    def about(self) -> str:
        """Who is excepted, in one line."""
        return (self.condition.__doc__ or "").strip().splitlines()[0]


class BadRule(ValueError):
    """A rule that is not written in the agreed form."""


_rules: dict[str, Rule] = {}
_exceptions: dict[str, Exception_] = {}


def refuses(
    *actions: str, topic: str, layer: str, says: str, cites: str | tuple[str, ...] = ()
) -> Callable[[Condition], Condition]:
    """The action is refused while the condition holds, and not allowed while it is not known."""
    return _entering("blocks", actions, topic, layer, says, cites)


def advises(
    *actions: str, topic: str, layer: str, says: str, cites: str | tuple[str, ...] = ()
) -> Callable[[Condition], Condition]:
    """A word of caution is given while the condition is known to hold."""
    return _entering("advises", actions, topic, layer, says, cites)


def exception(
    *rules: Condition,
    place: str,
    since: str | date,
    cites: str | tuple[str, ...],
    effect: str = "exempt",
) -> Callable[[Condition], Condition]:
    """Where the condition is known to hold, the rule does not bind (or only advises)."""

    def enter(condition: Condition) -> Condition:
        name = _name(condition)
        if name in _exceptions or effect not in ("exempt", "advises"):
            raise BadRule(f"The exception {name} is there twice, or has the effect {effect!r}.")
        _exceptions[name] = Exception_(
            name, tuple(map(_name, rules)), place, since, effect, _keys(cites), condition
        )
        return condition

    return enter


def _entering(
    effect: str,
    actions: tuple[str, ...],
    topic: str,
    layer: str,
    says: str,
    cites: str | tuple[str, ...],
) -> Callable[[Condition], Condition]:
    def enter(condition: Condition) -> Condition:
        name = _name(condition)
        if name in _rules:
            raise BadRule(f"The rule {name} is there twice.")
        if (
            topic not in RULE_TOPICS
            or not set(actions) <= {*ACTIONS, ELIGIBILITY}
            or not condition.__doc__
        ):
            raise BadRule(f"The rule {name} needs a known topic, known actions and a docstring.")
        _rules[name] = Rule(name, effect, actions, topic, layer, says, _keys(cites), condition)
        return condition

    return enter


def _keys(cites: str | tuple[str, ...]) -> tuple[str, ...]:
    return (cites,) if isinstance(cites, str) else tuple(cites)


def _name(condition: Condition) -> str:
    """The name of a rule: its folder and its function."""
    folder = condition.__module__.split(".")[-2]
    return f"{folder}.{condition.__name__}"
