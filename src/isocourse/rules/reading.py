"""The rule book as it reads at one place on one day: each rule traced once into its expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from isocourse import evidence
from isocourse.rules import (
    PARENTS,
    Exception_,
    Rule,
    Starts,
    exceptions,
    in_force,
    rules,
    values,
)
from isocourse.rules.book import LAYERS, BadRule, Due, conditions, everything_read
from isocourse.words.expressions import NEVER, Constant, Expression, Fact, quantity
from isocourse.words.telling import Answer, Facts, answer, number


@dataclass(frozen=True, slots=True)
class Edition:
    """The place, the day and the clinic's settings that decide how the rule book reads."""

    place: str
    day: date
    starts: Starts = field(default_factory=Starts)
    local: Mapping[str, Any] = field(default_factory=dict)


class RecordingFacts:
    """Stands for the facts of any patient: reading an attribute gives the fact by name."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known

    def __getattr__(self, name: str) -> Fact:
        if name.startswith("_") or name not in self._known:
            raise BadRule(f"No fact is called {name!r}; the data dictionary lists those there are.")
        return Fact(name)


class ValuesInForce:
    """The values of one edition, noting which of them a rule looked at."""

    def __init__(self, edition: Edition, topic: str) -> None:
        self._edition = edition
        self._topic = topic
        self._seen: dict[str, tuple[Any, tuple[str, ...]]] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.of(self._topic, name)

    def of(self, topic: str, name: str) -> Any:
        """A value of another topic."""
        edition = self._edition
        row = in_force(values()[f"{topic}.{name}"], edition.place, edition.day, edition.starts)
        self._seen[name] = (row.value, row.cites)
        return row.value

    def local(self, name: str) -> Any:
        """What the clinic's own settings say, or None."""
        held = self._edition.local.get(name)
        if held is not None:
            self._seen[name] = (held, ("isocourse-safety#local-settings",))
        return held

    @property
    def place(self) -> str:
        """The place of the edition."""
        return self._edition.place

    @property
    def seen(self) -> dict[str, tuple[Any, tuple[str, ...]]]:
        """The values looked at so far, with their passages."""
        return self._seen


@dataclass(frozen=True, slots=True)
class Reading:
    """One rule as it reads in one edition."""

    rule: Rule
    layer: str
    expression: Expression
    holds: Callable[[Facts], Answer]
    cites: tuple[str, ...]
    values: Mapping[str, Any]
    exceptions: tuple[ExceptionReading, ...]
    provisional: bool
    due: Due | None = None  # of a task
    facts: frozenset[str] = frozenset()  # the names of those it reads

    def days(self, facts: Facts) -> tuple[int | None, int | None, int | None]:
        """When a task opens, is due and closes, in days from the day asked."""
        assert self.due is not None  # noqa: S101
        opens, due, closes = (
            None if each is None else number(quantity(each))(facts)
            for each in (self.due.opens, self.due.due, self.due.closes)
        )
        return opens, due, closes


@dataclass(frozen=True, slots=True)
class ExceptionReading:
    """One exception as it reads in one edition."""

    exception: Exception_
    expression: Expression
    holds: Callable[[Facts], Answer]
    cites: tuple[str, ...]


def read(edition: Edition, known: frozenset[str]) -> tuple[Reading, ...]:
    """Every rule that can speak in this edition; `known` are the names of the facts there are."""
    return tuple(_readings(edition, RecordingFacts(known)))


def _readings(edition: Edition, course: RecordingFacts) -> Iterator[Reading]:
    for rule in rules().values():
        seen = ValuesInForce(edition, rule.chapter)
        said = rule.condition(course, seen)
        due = said if isinstance(said, Due) else None
        expression = conditions(said)
        if isinstance(expression, Constant) and expression.value is NEVER.value:
            continue
        cites = _passages(rule.cites, seen)
        layer = _layer(rule, edition)
        yield Reading(
            rule,
            layer,
            expression,
            answer(expression),
            cites,
            {name: value for name, (value, _) in seen.seen.items()},
            tuple(_exceptions_of(rule, edition, course)),
            any(is_provisional(key) for key in cites),
            due,
            everything_read(said),
        )


def _layer(rule: Rule, edition: Edition) -> str:
    """The layer of a rule, which may differ from place to place."""
    if rule.layer in LAYERS:
        return rule.layer
    topic, _, name = rule.layer.partition(".")
    return str(ValuesInForce(edition, topic).of(topic, name))


def _exceptions_of(
    rule: Rule, edition: Edition, course: RecordingFacts
) -> Iterator[ExceptionReading]:
    places = (edition.place, PARENTS.get(edition.place), "all")
    for each in exceptions().values():
        if rule.name not in each.rules or each.place not in places:
            continue
        if edition.starts.day(each.since) > edition.day:
            continue
        seen = ValuesInForce(edition, each.name.partition(".")[0])
        expression = each.condition(course, seen)
        cites = _passages(each.cites, seen)
        yield ExceptionReading(each, expression, answer(expression), cites)


def _passages(own: tuple[str, ...], seen: ValuesInForce) -> tuple[str, ...]:
    touched = [key for _, cites in seen.seen.values() for key in cites]
    return tuple(dict.fromkeys([*own, *touched]))


def is_provisional(key: str) -> bool:
    """Whether a passage, or its whole source, could not be read in full."""
    passage = evidence.passage(key)
    return "provisional" in (passage.confidence, evidence.source(passage.source).confidence)
