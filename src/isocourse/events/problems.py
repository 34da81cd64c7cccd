"""What is wrong with a course file, in sentences that say where, what was found and what to do."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

Severity = Literal["error", "warning"]

_SHOWN = 60
_LISTED = 100


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where it stands, what was found, what was expected, what to do."""

    where: str
    found: str
    expected: str
    do: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}, expected {self.expected}; {self.do}."


class BadCourse(ValueError):
    """A course file that cannot be used; `problems` holds everything wrong with it at once."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(source, self.problems)

    def __str__(self) -> str:
        shown = [f"{self.source}: {each}" for each in self.problems[:_LISTED]]
        more = len(self.problems) - _LISTED
        return "\n".join(shown + ([f"{self.source}: and {more} more problems."] * (more > 0)))


class Unusable:
    """A number that JSON text may spell and no course may hold."""

    def __init__(self, literal: str) -> None:
        self.literal = literal

    def __str__(self) -> str:
        return self.literal


class Doubled(dict[str, Any]):
    """An object in which a key stood twice; it keeps the first value of each key."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__()
        self.twice: dict[str, None] = {}
        for name, value in pairs:
            if name in self:
                self.twice[name] = None
            self.setdefault(name, value)


Path = tuple[str | int, ...]


def shown(value: Any) -> str:
    """A value as it stands in the file, cut short when it is long."""
    if isinstance(value, Unusable):
        text = value.literal[: _SHOWN + 1]
    else:
        text = json.dumps(_beginning(value), ensure_ascii=False, default=str)[: _SHOWN + 1]
    safe = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
    return safe if len(safe) <= _SHOWN else safe[: _SHOWN - 3] + "..."


def _beginning(value: Any, levels: int = 3) -> Any:
    """Enough of a value to show the beginning of it, however large it is."""
    if isinstance(value, str):
        return value[:_SHOWN]
    if isinstance(value, list):
        return [_beginning(each, levels - 1) for each in value[: levels * 8]]
    if isinstance(value, dict):
        first = islice(value.items(), levels * 8)
        return {key[:_SHOWN]: _beginning(each, levels - 1) for key, each in first}
    return value


def at_path(data: Any, path: Path) -> Any:
    """What stands at a path of the data, or None where there is nothing."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def found_at(data: Any, path: Path) -> str:
    """What stands at a path, to show; a check may fault what was left out."""
    parent = at_path(data, path[:-1])
    absent = isinstance(parent, dict) and path[-1:] and path[-1] not in parent
    return "nothing" if absent else shown(at_path(data, path))


def place(data: Any, path: Path) -> str:
    """A path in words: `events[12] (id "e13", weight): value`."""
    for end in range(len(path), 1, -1):
        if path[end - 2] == "events" and isinstance(path[end - 1], int):
            event = at_path(data, path[:end])
            inside = _dotted(path[end:])
            return _dotted(path[:end]) + _named(event) + (f": {inside}" if inside else "")
    return _dotted(path) or "the file"


def in_order(data: Any, found: Iterable[tuple[Path, Problem]]) -> list[Problem]:
    """Problems in the order of the file; within an object, what is missing comes last."""
    keys: dict[int, dict[str | int, int]] = {}

    def position(path: Path) -> list[int]:
        steps, here = [], data
        for step in path:
            steps.append(step if isinstance(step, int) else _number_of(here, step, keys))
            here = at_path(here, (step,))
        return steps

    return [problem for _, problem in sorted(found, key=lambda each: position(each[0]))]


def _number_of(here: Any, key: str, known: dict[int, dict[str | int, int]]) -> int:
    """Which key of an object this is; every object is numbered once, whatever is asked of it."""
    if id(here) not in known:
        names = here if isinstance(here, dict) else ()
        known[id(here)] = {name: number for number, name in enumerate(names)}
    return known[id(here)].get(key, len(known[id(here)]))


def _named(event: Any) -> str:
    if not isinstance(event, dict):
        return ""
    named = [f"id {shown(event['id'])}"] if "id" in event else []
    named += [event["kind"][:_SHOWN]] if isinstance(event.get("kind"), str) else []
    return f" ({', '.join(named)})" if named else ""


def _dotted(path: Path) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{shown(step)[1:-1]}"
    return text.removeprefix(".")
