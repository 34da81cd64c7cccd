"""Where a rule stands: at which place, from which day, whom it binds and with which values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from isocourse.facts import columns
from isocourse.rules import PARENTS, NoValue, Rule, Starts, exceptions, first_day, values
from isocourse.rules.book import LAYERS, conditions, everything_read
from isocourse.rules.reading import Edition, RecordingFacts, ValuesInForce
from isocourse.words.expressions import Both, Constant, Expression, Fact, Not
from isocourse.words.places import ZONES

_ABLE = "can_become_pregnant"
EVERYBODY = "everybody"
CAN = "those who can become pregnant"
CANNOT = "those who cannot become pregnant"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a rule stands at places from a day on; it says nothing there when it binds nobody."""

    places: tuple[str, ...]
    since: date
    binds: str  # empty when the rule is silent
    layer: str
    values: Mapping[str, Any]  # by full name
    facts: frozenset[str]


class _Noting(ValuesInForce):
    """Values in force that note the full names of those asked for."""

    def __init__(self, edition: Edition, topic: str) -> None:
        super().__init__(edition, topic)
        self.named: dict[str, Any] = {}

    def of(self, topic: str, name: str) -> Any:
        self.named[f"{topic}.{name}"] = held = super().of(topic, name)
        return held


def standings(rule: Rule, starts: Starts) -> list[Standing]:
    """How the rule stands, place by place and change by change; like places stand together."""
    found: list[Standing] = []
    for place in ZONES:
        for each in _at(rule, place, starts):
            alike = next((held for held in found if replace(held, places=(place,)) == each), None)
            if alike:
                found[found.index(alike)] = replace(alike, places=(*alike.places, place))
            else:
                found.append(each)
    return found


def _at(rule: Rule, place: str, starts: Starts) -> Iterator[Standing]:
    first, last = first_day(place, starts), None
    for day in sorted({first, *(each for each in _changes(starts) if each > first)}):
        try:
            now = _on(rule, Edition(place, day, starts))
        except NoValue:
            continue
        if last is None or replace(now, since=last.since) != last:
            last = now
            yield now


def _changes(starts: Starts) -> set[date]:
    """The days on which some value or exception begins to hold."""
    rows = {starts.day(row.since) for value in values().values() for row in value.rows}
    return rows | {starts.day(each.since) for each in exceptions().values()}


def _on(rule: Rule, edition: Edition) -> Standing:
    seen = _Noting(edition, rule.chapter)
    said = rule.condition(RecordingFacts(frozenset(e.name for e in columns())), seen)
    expression = conditions(said)
    silent = isinstance(expression, Constant) and not expression.value
    return Standing(
        places=(edition.place,),
        since=edition.day,
        binds="" if silent else _binds(rule, expression, edition),
        layer=rule.layer if rule.layer in LAYERS else _value(edition, rule.layer),
        values=seen.named,
        facts=everything_read(said),
    )


def _value(edition: Edition, name: str) -> str:
    topic, _, own = name.partition(".")
    return str(ValuesInForce(edition, topic).of(topic, own))


def _binds(rule: Rule, expression: Expression, edition: Edition) -> str:
    """Whom the rule binds, as far as it turns on who can become pregnant."""
    parts = expression.inner if isinstance(expression, Both) else (expression,)
    if any(isinstance(each, Fact) and each.name == _ABLE for each in parts):
        return CAN
    if any(isinstance(each, Not) and _is_able(each.inner) for each in parts):
        return CANNOT
    return CAN if _exempts_who_cannot(rule, edition) else EVERYBODY


def _is_able(expression: Expression) -> bool:
    return isinstance(expression, Fact) and expression.name == _ABLE


def _exempts_who_cannot(rule: Rule, edition: Edition) -> bool:
    """Whether an exception that holds here takes out everybody who cannot become pregnant."""
    places = (edition.place, PARENTS.get(edition.place), "all")
    for each in exceptions().values():
        begun = edition.starts.day(each.since) <= edition.day
        if rule.name in each.rules and each.place in places and begun and each.effect == "exempt":
            seen = ValuesInForce(edition, each.name.partition(".")[0])
            known = RecordingFacts(frozenset(e.name for e in columns()))
            condition = each.condition(known, seen)
            if isinstance(condition, Not) and _is_able(condition.inner):
                return True
    return False
