"""Looking into a resource that may hold anything: what is not there, or not of its type, is absent.

A resource comes from another system. None of these functions fails, whatever stands there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

Json = dict[str, Any]


def part(held: Any, *path: str) -> Json:
    """The object at a path; an empty one when there is none."""
    for step in path:
        held = held.get(step) if isinstance(held, dict) else None
    return held if isinstance(held, dict) else {}


def parts(held: Any, key: str) -> list[Json]:
    """The objects of a list; one that stands alone counts as a list of one."""
    found = held.get(key) if isinstance(held, dict) else None
    listed = found if isinstance(found, list) else [found]
    return [each for each in listed if isinstance(each, dict)]


def text(held: Any, *path: str) -> str | None:
    """The text at a path, trimmed; None when there is none."""
    for step in path:
        if not isinstance(held, dict):
            return None
        held = held.get(step)
    return (held.strip() or None) if isinstance(held, str) else None


def texts(held: Any, key: str) -> list[str]:
    """The texts of a list."""
    found = held.get(key) if isinstance(held, dict) else None
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def number(held: Any, *path: str) -> int | float | None:
    """The finite number at a path; None when there is none."""
    found = part(held, *path[:-1]).get(path[-1])
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return found if isfinite(found) else None


def yes(held: Any, key: str) -> bool | None:
    """The boolean under a key; None when there is none."""
    found = held.get(key) if isinstance(held, dict) else None
    return found if isinstance(found, bool) else None


@dataclass(frozen=True, slots=True)
class Coding:
    """A code of a code system, with its display."""

    system: str
    code: str
    display: str


def codings(concept: Any) -> Iterator[Coding]:
    """Every code of a CodeableConcept."""
    for each in parts(concept, "coding"):
        system, code = text(each, "system") or "", text(each, "code") or ""
        yield Coding(system, code, text(each, "display") or "")


def words(concept: Any) -> str:
    """What a CodeableConcept says in words: its text, else the first display."""
    said = text(concept, "text")
    return said or next((each.display for each in codings(concept) if each.display), "")


def all_words(concept: Any) -> str:
    """Everything that a CodeableConcept says in words."""
    return " ".join(
        filter(None, [text(concept, "text"), *(each.display for each in codings(concept))])
    )


def note_of(resource: Json) -> str | None:
    """The free text of a resource."""
    return "\n".join(filter(None, (text(e, "text") for e in parts(resource, "note")))) or None
