"""What a patient told, in one line for people; a report that no rule reads says so."""

from collections.abc import Iterator, Mapping
from typing import Any

from isocourse.clinic.courses.telling import said, title
from isocourse.clinic.portal.word import TOLD

_UNSAID = ("kind", "what")


def told(event: Mapping[str, Any]) -> tuple[str, str]:
    """What it is about, and what was said of it."""
    inside = event.get(TOLD)
    if not isinstance(inside, dict):
        return title(event), said({n: v for n, v in event.items() if n != "sha256"})
    return title(inside), ", ".join(_parts(inside))


def counts(event: Mapping[str, Any]) -> bool:
    """Whether a rule reads it."""
    return not isinstance(event.get(TOLD), dict)


def _parts(inside: Mapping[str, Any]) -> Iterator[str]:
    for name, value in inside.items():
        if name in _UNSAID:
            continue
        if isinstance(value, bool):
            yield name if value else f"not {name}"
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"{name} {shown}".replace("_", " ")
