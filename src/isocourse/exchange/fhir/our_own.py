"""Resources that isocourse wrote: the event that each of them keeps, if it still says the same."""

from dataclasses import dataclass, field
from typing import Any

from isocourse.exchange.fhir import own
from isocourse.exchange.fhir.looking import Json, text
from isocourse.exchange.fhir.telling import Unmapped, unmapped
from isocourse.exchange.fhir.turns import Turn, stated, turns
from isocourse.words import tokens

_NOT_COMPARED = ("id", "meta", "text", "contained", "implicitRules", "language")


@dataclass(slots=True)
class Ours:
    """The events that our own marks keep, by course, and the resources they were read from."""

    events: list[Json] = field(default_factory=list)
    earlier: list[Json] = field(default_factory=list)
    told: list[Unmapped] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def ours_in(held: list[Json]) -> Ours:
    """What isocourse wrote into these resources, and nobody has changed since."""
    found = Ours()
    heads = [
        head for each in held if (head := own.marked(each, own.COURSE)) and "course_id" in head
    ]
    logs: list[list[Json]] = [[] for _ in heads] or [[]]
    became = _became(held)
    for resource in held:
        if own.is_derived(resource):
            found.taken.add(id(resource))
            continue
        kept = own.marked(resource, own.EVENT)
        if kept is None:
            continue
        event, number = kept.get("event"), kept.get("course")
        if not isinstance(event, dict) or not isinstance(number, int):
            _tell(found, resource, "the extension holds no event")
        elif not 0 <= number < len(logs):
            _tell(found, resource, "the course it belongs to is not in the Bundle")
        elif not _says_the_same(resource, event, _turn(became, number, event)):
            _tell(found, resource, "the resource was changed after isocourse wrote it")
        else:
            found.taken.add(id(resource))
            logs[number].append(event)
    found.events = logs[0]
    found.earlier = [_log(head, log) for head, log in zip(heads[1:], logs[1:], strict=False)]
    return found


def _log(head: Json, events: list[Json]) -> Json:
    return {"format": tokens.COURSE_FORMAT} | head | {"events": events}


def _tell(found: Ours, resource: Json, why: str) -> None:
    name = f"{text(resource, 'resourceType')}/{text(resource, 'id')}"
    expected = "what isocourse wrote; the resource itself is read instead"
    found.told.append(unmapped(f"{name}.extension", why, expected, "look at both"))


def _became(held: list[Json]) -> dict[tuple[int, Any], Turn]:
    """What the log of each course says became of its events; nothing where it cannot be read."""
    logs: dict[int, list[Json]] = {}
    for resource in held:
        kept = own.marked(resource, own.EVENT) or {}
        event, number = kept.get("event"), kept.get("course")
        if isinstance(event, dict) and isinstance(number, int):
            logs.setdefault(number, []).append(event)
    found: dict[tuple[int, Any], Turn] = {}
    for number, log in logs.items():
        try:
            found |= {(number, name): turn for name, turn in turns(log).items()}
        except (KeyError, TypeError, ValueError, AttributeError):  # the events are not ours
            continue
    return found


def _turn(became: dict[tuple[int, Any], Turn], number: int, event: Json) -> Turn | None:
    name = event.get("id")
    return became.get((number, name)) if isinstance(name, str) else None


def _says_the_same(resource: Json, event: Json, turn: Turn | None) -> bool:
    """Whether the event would be written as this resource, before or after what became of it."""
    from isocourse.exchange.fhir.writing import resource_of

    try:
        again = resource_of(event, resource.get("subject") or resource.get("patient") or {})
        both = [again, stated(again, turn)]
    except (KeyError, TypeError, ValueError, AttributeError):  # the event is not one of ours
        return False
    return any(bool(_bare(each) == _bare(resource)) for each in both)


def _bare(resource: Any) -> Any:
    held = {k: v for k, v in resource.items() if k not in _NOT_COMPARED}
    others = [e for e in held.get("extension", []) if text(e, "url") != own.EVENT]
    held.pop("extension", None)
    return held | ({"extension": others} if others else {})
