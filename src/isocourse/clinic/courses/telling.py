"""Events and reasons in words that a person reads, whatever the kind of event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from isocourse import evidence
from isocourse.clinic.courses.behind import behind, source
from isocourse.course import Assessment, Reason
from isocourse.course.answers import Alert, Task
from isocourse.facts import column

Said = TypeVar("Said", Reason, Alert, Task)

_COMMON = {"id", "at", "kind", "recorded_at", "by", "note", "methods", "unit", "capsules"}
_NAMED = {
    "prescription_id": "",
    "days": "{} days",
    "doses_per_day": "{} a day",
    "grade": "grade {}",
    "item_9": "item 9: {}",
    "upper_limit": "limit {}",
    "weeks": "{} weeks",
    "since": "since {}",
    "until": "until {}",
    "do_not_dispense_after": "not after {}",
    "event": "takes back {}",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A passage behind a reason."""

    title: str
    passage: str
    url: str
    provisional: bool

    @property
    def drawn(self) -> SafeString:
        """The source as a page shows it."""
        return source(self.title, self.passage, self.url, self.provisional)


@dataclass(frozen=True, slots=True)
class Told(Generic[Said]):
    """What a rule says, with what is missing, its sources, and the very events behind it."""

    reason: Said
    missing: tuple[str, ...]
    sources: tuple[Source, ...]
    events: tuple[tuple[str, str], ...]
    to: str = ""  # where it is recorded, for who may

    @property
    def behind(self) -> SafeString:
        """What stands behind it, as a page shows it."""
        said = self.reason
        rule = (said.rule, said.layer, said.provisional)
        return behind(said.sentence, rule, (each.drawn for each in self.sources), self.events)


def said(event: Mapping[str, Any]) -> str:
    """What an event says, in one line."""
    parts = [part for name, value in event.items() for part in _part(event, name, value)]
    parts += [f"{each['mg']:g} mg x {each['quantity']}" for each in event.get("capsules") or ()]
    for each in event.get("methods") or ():
        parts.append(f"{each['method'].replace('_', ' ')} since {each['since']}")
    return ", ".join(parts)


def recorder(event: Mapping[str, Any]) -> str:
    """Who recorded an event, as it says itself: the role, and the name where there is one."""
    by = event.get("by") or {}
    return " ".join(str(by[part]) for part in ("role", "name") if by.get(part)).replace("_", " ")


def _part(event: Mapping[str, Any], name: str, value: Any) -> Iterator[str]:
    if name in _COMMON or name.startswith("x-") or value is None:
        return
    label = name.replace("_", " ")
    if isinstance(value, bool):
        yield label if value else f"not {label}"
    elif isinstance(value, list):
        yield ", ".join(str(each).replace("_", " ") for each in value)
    elif name in ("value", "daily_dose"):
        yield f"{value:g} {event.get('unit', '')}".strip()
    elif name in _NAMED:
        yield (_NAMED[name] or "{}").format(value)
    elif isinstance(value, int | float):
        yield f"{label} {value:g}"
    else:
        yield str(value).replace("_", " ")


def title(event: Mapping[str, Any]) -> str:
    """The kind of an event."""
    return str(event["kind"]).replace("_", " ")


def moment(text: str, zone: ZoneInfo) -> date | datetime:
    """When an event happened, by the clock of the course."""
    if len(text) > len("2026-01-01"):
        return datetime.fromisoformat(text).astimezone(zone)
    return date.fromisoformat(text)


def told(reason: Reason, events: Mapping[str, Mapping[str, Any]]) -> Told[Reason]:
    """A reason as the page shows it."""
    asked = [column(name).ask or column(name).says.rstrip(".") for name in reason.missing]
    return _told(reason, tuple(dict.fromkeys(asked)), events)


def noted(said: Said, events: Mapping[str, Mapping[str, Any]]) -> Told[Said]:
    """An alert or a task as the page shows it."""
    return _told(said, (), events)


def _told(
    said: Said, missing: tuple[str, ...], events: Mapping[str, Mapping[str, Any]]
) -> Told[Said]:
    behind = [(name, _line(events[name])) for name in said.events if name in events]
    return Told(said, missing, sources(said.cites), tuple(behind))


def _line(event: Mapping[str, Any]) -> str:
    return f"{event['at'][:10]}, {title(event)}: {said(event)}"


def sources(cites: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources behind some passages."""
    return tuple(_source(key) for key in cites)


def _source(key: str) -> Source:
    name, _, passage = key.partition("#")
    held = evidence.source(name)
    return Source(held.title, passage, held.link, held.confidence == "provisional")


def reasons(found: Assessment, action: str, events: Mapping[str, Any]) -> list[Told[Reason]]:
    """The reasons of an action: what stops first, then what is not known, then advice."""
    order = ("blocks", "unknown", "advises")
    held = sorted(found.actions[action].reasons, key=lambda each: order.index(each.effect))
    return [told(each, events) for each in held]
