"""How a rule is written down: decorators that put a small cited function into the rule book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from isocourse.words.expressions import Expression, Quantity, facts_in, quantity

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
    "timeline",
    "follow_up",
)

WHERE_ONE_ACTS = ("prescribe", "dispense")
"""Where monitoring that is overdue is said once more, as advice."""
URGENCIES = ("now", "soon", "note")
HARMS = ("mental_health", "pregnancy_test", "contraindication", "side_effect", "contraception")
"""The topics whose alerts tell of a harm that is there or feared: of one urgency they come first.

A window that closes is a chance missed, which the next test mends."""
EFFECTS = ("blocks", "advises", "alerts", "due", "phase", "expect", "tips")
BESIDE = EFFECTS[2:]
"""What stands beside the verdicts and decides none of them."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a task stands, and its days counted from the day asked; None for a day it has not."""

    when: Expression
    opens: Quantity | int | None = None
    due: Quantity | int | None = 0
    closes: Quantity | int | None = None


Condition = Callable[[Any, Any], Any]  # an Expression, or a Due where the rule is a task


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when its condition holds, it has its effect on its actions."""

    name: str  # "pregnancy.window_closed"
    effect: str  # one of EFFECTS
    actions: tuple[str, ...]
    topic: str
    layer: str  # one of LAYERS, or the name of a value that says which
    says: str  # sentence with {facts} and {values} filled in
    cites: tuple[str, ...]
    condition: Condition
    urgency: str = ""  # of an alert
    advice: str = ""  # what to do about it
    names: str = ""  # the task or the phase

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


def conditions(said: Any) -> Expression:
    """The condition in what a rule said: that of a task, or the expression itself."""
    held: Expression = said.when if isinstance(said, Due) else said
    return held


def everything_read(said: Any) -> frozenset[str]:
    """The names of the facts in what a rule said, the days of a task included."""
    held = [conditions(said)]
    if isinstance(said, Due):
        held += [quantity(e) for e in (said.opens, said.due, said.closes) if e is not None]
    return frozenset(name for each in held for name in facts_in(each))


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


def alerts(
    urgency: str,
    *,
    topic: str,
    layer: str,
    says: str,
    advice: str,
    cites: str | tuple[str, ...] = (),
    on: tuple[str, ...] = (),
) -> Callable[[Condition], Condition]:
    """An alert is raised while the condition is known to hold; `urgency` is one of URGENCIES.

    On the actions named by `on` it is advice as well: what is overdue is said where one prescribes.
    """
    if urgency not in URGENCIES or not advice:
        raise BadRule(f"An alert needs an urgency of {URGENCIES} and says what to do.")
    return _entering("alerts", on, topic, layer, says, cites, urgency=urgency, advice=advice)


def task(
    name: str, *, topic: str, layer: str, says: str, cites: str | tuple[str, ...] = ()
) -> Callable[[Condition], Condition]:
    """A task stands while the condition of its Due is known to hold."""
    return _entering("due", (), topic, layer, says, cites, names=name)


def tip(
    *, topic: str, says: str, cites: str | tuple[str, ...] = (), layer: str = "guideline"
) -> Callable[[Condition], Condition]:
    """A tip for the patient that applies while the condition is known to hold."""
    return _entering("tips", (), topic, layer, says, cites)


def expect(
    *, says: str, cites: str | tuple[str, ...] = (), layer: str = "guideline"
) -> Callable[[Condition], Condition]:
    """Something normal at this time of the course, while the condition is known to hold."""
    return _entering("expect", (), "timeline", layer, says, cites)


def phase(
    name: str, *, says: str, cites: str | tuple[str, ...] = (), layer: str = "guideline"
) -> Callable[[Condition], Condition]:
    """A phase of the course; the conditions of two never hold together."""
    return _entering("phase", (), "timeline", layer, says, cites, names=name)


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
    **more: str,
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
        keys = _keys(cites)
        _rules[name] = Rule(name, effect, actions, topic, layer, says, keys, condition, **more)
        return condition

    return enter


def _keys(cites: str | tuple[str, ...]) -> tuple[str, ...]:
    return (cites,) if isinstance(cites, str) else tuple(cites)


def _name(condition: Condition) -> str:
    """The name of a rule: its folder and its function."""
    folder = condition.__module__.split(".")[-2]
    return f"{folder}.{condition.__name__}"
