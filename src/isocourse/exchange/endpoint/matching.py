"""Whether a resource is what a search asks for, by the rules of FHIR R4 for each kind of parameter.

What is asked in a way that is not understood is refused; it is never left out of the question.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.exchange.endpoint.parameters import Parameter, parameters
from isocourse.exchange.fhir.looking import Json

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PREFIX = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb)?(\d.*)")
_VALUE = re.compile(r"(?:\\.|[^,\\]|\\$)+", re.DOTALL)  # up to a comma that is not escaped
_BAR = re.compile(r"((?:\\.|[^|\\]|\\$)*)(\|?)(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([,|$\\])")
Span = tuple[datetime, datetime]


class BadSearch(Exception):
    """A search that cannot be understood; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Test:
    """One parameter of a search with its values, one of which has to fit."""

    parameter: Parameter
    values: tuple[str, ...]

    def holds(self, resource: Json, zone: ZoneInfo) -> bool:
        """Whether one of the values fits."""
        found = [e for path in self.parameter.elements for e in _at(resource, path.split("."))]
        fits = _FITS[self.parameter.kind]
        return any(fits(value, each, zone) for value in self.values for each in found)


def asked(kind: str, given: Iterable[tuple[str, str]], origin: str) -> list[Test]:
    """The tests of a search of a type. Raises BadSearch."""
    known = parameters(kind)
    return [_test(kind, known, name, value, origin) for name, value in given]


def _test(kind: str, known: dict[str, Parameter], name: str, value: str, origin: str) -> Test:
    if name not in known:
        listed = ", ".join(sorted(known))
        raise BadSearch(f"{name}: {kind} is not searched by this here; expected one of {listed}.")
    values = tuple(_VALUE.findall(value))
    if not values:
        raise BadSearch(f"{name}: found nothing, expected a value.")
    parameter = known[name]
    if parameter.kind == "date":
        for each in values:
            _wanted(each, ZoneInfo("UTC"))
    if parameter.kind == "reference":
        values = tuple(_reference(each, origin) for each in values)
    if parameter.kind != "token":
        values = tuple(map(_unescaped, values))
    return Test(parameter, values)


def _unescaped(value: str) -> str:
    """A value as it is meant: FHIR writes a comma, a bar, a dollar and a backslash after one."""
    return _ESCAPED.sub(r"\1", value)


def _reference(value: str, origin: str) -> str:
    """The reference of a patient, whether by id, by type and id, or by whole address."""
    inside = value.removeprefix(origin).lstrip("/")
    return inside if "/" in inside else f"Patient/{inside}"


def _at(held: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(held, list):
        for each in held:
            yield from _at(each, path)
    elif not path:
        yield held
    elif isinstance(held, dict) and path[0] in held:
        yield from _at(held[path[0]], path[1:])


def _token(value: str, held: Any, zone: ZoneInfo) -> bool:
    """A code with or without its system; `|code` is one without a system."""
    before, bar, after = _BAR.fullmatch(value).groups()  # type: ignore[union-attr]  # fits any
    wanted_system, wanted = map(_unescaped, (before, after) if bar else ("", before))
    for system, code in _codes(held):
        same_system = not bar or (system or "") == wanted_system
        if same_system and (code == wanted or (bar and not wanted)):
            return True
    return False


def _codes(held: Any) -> Iterator[tuple[str | None, str | None]]:
    if not isinstance(held, dict):
        yield None, held if isinstance(held, str) else None
        return
    for each in held.get("coding") or [held]:
        yield each.get("system"), each.get("code") or each.get("value")


def _same(value: str, held: Any, zone: ZoneInfo) -> bool:
    return isinstance(held, dict) and held.get("reference") == value


def _begins(value: str, held: Any, zone: ZoneInfo) -> bool:
    words = [each.casefold() for each in str(held.get("text", "")).split()]
    return any(each.startswith(value.casefold()) for each in words)


def _dated(value: str, held: Any, zone: ZoneInfo) -> bool:
    prefix, wanted = _wanted(value, zone)
    found = _held(held, zone)
    return found is not None and _COMPARE[prefix](found, wanted)


_COMPARE: dict[str, Callable[[Span, Span], bool]] = {
    "eq": lambda held, asked: asked[0] <= held[0] and held[1] <= asked[1],
    "ne": lambda held, asked: not (asked[0] <= held[0] and held[1] <= asked[1]),
    "gt": lambda held, asked: held[1] > asked[1],
    "lt": lambda held, asked: held[0] < asked[0],
    "ge": lambda held, asked: held[1] > asked[1] or asked[0] <= held[0],
    "le": lambda held, asked: held[0] < asked[0] or held[1] <= asked[1],
    "sa": lambda held, asked: held[0] >= asked[1],
    "eb": lambda held, asked: held[1] <= asked[0],
}


def _wanted(value: str, zone: ZoneInfo) -> tuple[str, Span]:
    found = _PREFIX.fullmatch(value)
    span = _span(found[2], zone) if found else None
    if found is None or span is None:
        raise BadSearch(f"{value}: expected a date or an instant of FHIR, such as ge2026-11-01.")
    return found[1] or "eq", span


def _held(held: Any, zone: ZoneInfo) -> Span | None:
    """From when to when something lasts; a period without an end lasts."""
    if isinstance(held, str):
        return _span(held, zone)
    start, end = (_span(held[key], zone) if held.get(key) else None for key in ("start", "end"))
    if start is None and end is None:
        return None
    return (start[0] if start else _EVER[0]), (end[1] if end else _EVER[1])


_EVER: Span = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def _span(said: str, zone: ZoneInfo) -> Span | None:
    """From when to when a date or an instant lasts, in the clock of the course."""
    try:
        day = _DAY.fullmatch(said)
        if day:
            year, month, date = (int(each or 0) for each in day.groups())
            return _of_days(year, month, date, zone)
        moment = datetime.fromisoformat(said)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    exact = "." in said
    return moment, moment + (timedelta(milliseconds=1) if exact else timedelta(seconds=1))


def _of_days(year: int, month: int, day: int, zone: ZoneInfo) -> Span:
    """A day, or without one the month, or without one the year."""
    begin = datetime(year, month or 1, day or 1, tzinfo=zone)
    if day:
        return begin, begin + timedelta(days=1)
    last = month or 12
    return begin, datetime(year, last, monthrange(year, last)[1], tzinfo=zone) + timedelta(days=1)


_FITS: dict[str, Callable[[str, Any, ZoneInfo], bool]] = {
    "token": _token,
    "reference": _same,
    "string": _begins,
    "date": _dated,
}


def when(said: str) -> datetime:
    """The moment that an instant of FHIR names. Raises BadSearch."""
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise BadSearch(f"{said}: expected an instant with its offset, 2026-11-01T08:00:00Z.")
    return found
