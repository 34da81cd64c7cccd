"""Words of the open lists that no rule reads here: kept, shown, and named as not looked at."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from isocourse.course.edition import InForce
from isocourse.events import Event
from isocourse.facts import Log
from isocourse.words.codes import Role


def not_looked_at(log: Log, rules: InForce) -> list[dict[str, Any]]:
    """The events whose word no rule of the place reads, with the word."""
    return [
        {"event": event.id, "kind": event.kind, "word": word}
        for event in log.sources
        for word in _unread(event, rules)
    ]


def _unread(event: Event, rules: InForce) -> Iterator[str]:
    reads = _READS.get(event.kind)
    if reads:
        yield from reads(event, rules)
    if event.by is not None and not _known_role(event.by.role):
        yield event.by.role


def _condition(event: Any, rules: InForce) -> Iterable[str]:
    known = event.condition == "pregnancy" or f"condition_{event.condition}" in rules.facts_read
    return () if known else (event.condition,)


def _allergy(event: Any, rules: InForce) -> Iterable[str]:
    known = f"allergy_{event.substance}" in rules.facts_read
    return () if known else (event.substance,)


def _medicine(event: Any, rules: InForce) -> Iterable[str]:
    slot = rules.table.names.medicine(event.name, event.route)
    return (event.name,) if slot is None else ()


def _symptom(event: Any, rules: InForce) -> Iterable[str]:
    known = f"symptom_{event.symptom}" in rules.facts_read
    return () if known else (event.symptom,)


def _role(event: Any, rules: InForce) -> Iterable[str]:
    return () if _known_role(event.role) else (event.role,)


_READS: dict[str, Callable[[Any, InForce], Iterable[str]]] = {
    "condition": _condition,
    "allergy": _allergy,
    "medicine": _medicine,
    "symptom": _symptom,
    "visit": _role,
    "prescription": _role,
    "prescriber_agreement": _role,
}
"""Kinds with a word of an open list, and what of it no rule reads."""


@lru_cache(maxsize=1024)
def _known_role(role: str | None) -> bool:
    return role is None or role.upper() in Role.__members__
