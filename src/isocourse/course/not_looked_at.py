"""Words of the open lists that no rule reads here: kept, shown, and named as not looked at."""

from collections.abc import Iterable, Iterator
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
    read = rules.facts_read
    match event.kind:
        case "condition":
            known = event.condition == "pregnancy" or f"condition_{event.condition}" in read
            yield from () if known else (event.condition,)
        case "allergy":
            yield from () if f"allergy_{event.substance}" in read else (event.substance,)
        case "medicine":
            slot = rules.table.names.medicine(event.name, event.route)
            yield from (event.name,) if slot is None else ()
        case "symptom":
            yield from () if f"symptom_{event.symptom}" in read else (event.symptom,)
        case "visit" | "prescription" | "prescriber_agreement":
            yield from _unknown_role(event.role)
    if event.by is not None:
        yield from _unknown_role(event.by.role)


def _unknown_role(role: str | None) -> Iterable[str]:
    return () if role is None or role.upper() in Role.__members__ else (role,)
