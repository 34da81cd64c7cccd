"""From bytes to plain JSON data, refusing what JSON lets through and a course must not hold."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from isocourse.events.problems import Doubled, Path, Problem, Unusable, place, shown

LARGEST_BYTES = 20_000_000
DEEPEST = 40
MOST_DIGITS = 38  # what 128 bits hold, for the numbers of other systems under keys with x-
EXACT = 2**53  # from here on the whole numbers that a float holds have gaps

_BAD_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

_JSON_WORDS = (
    ("Expecting value", "a value"),
    ("Expecting ','", "a comma or a closing bracket"),
    ("Expecting ':'", "a colon after the key"),
    ("Expecting property name", "a key in double quotes"),
    ("Extra data", "nothing more after the closing bracket"),
    ("Unterminated string", "a closing quote"),
    ("Invalid control", "no control character inside text"),
    ("Invalid \\", "an escape that JSON knows"),
)

Located = tuple[Path, Problem]


class NotData(ValueError):
    """The text is not JSON at all; `problem` says where it goes wrong."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def data_of(given: bytes | str) -> Any:
    """The JSON value of a text. Raises NotData when the text is not JSON in UTF-8."""
    text = _decoded(given)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=Unusable,
        )
    except json.JSONDecodeError as error:
        raise NotData(_not_json(text, error)) from None
    except RecursionError:
        raise NotData(_too_deep("the file")) from None


def faults(data: Any) -> Iterator[Located]:
    """Keys that stand twice, and numbers, characters and nulls that no course may hold.

    Raises NotData when the nesting is too deep to look further.
    """
    waiting: list[tuple[Path, Any]] = [((), data)] if isinstance(data, dict) else []
    while waiting:
        path, here = waiting.pop()
        if len(path) >= DEEPEST:
            raise NotData(_too_deep(place(data, path[:3])))
        named = isinstance(here, dict)
        if named:
            yield from _faults_of_keys(data, path, here)
        for key, value in here.items() if named else enumerate(here):
            kind = type(value)
            if kind is str:
                if not value.isprintable() and _BAD_CHARACTERS.search(value):
                    yield _bad_characters(data, (*path, key), value)
            elif kind is dict or kind is list or kind is Doubled:
                waiting.append(((*path, key), value))
            elif value is None or kind is Unusable:
                yield from _no_value(data, (*path, key), value)


def _faults_of_keys(data: Any, path: Path, here: dict[str, Any]) -> Iterator[Located]:
    if type(here) is Doubled:
        yield from _twice(data, path, here)
    if not "".join(here).isprintable():
        for key in here:
            if not key.isprintable():
                yield _bad_characters(data, (*path, key), key)


def _twice(data: Any, path: Path, here: Doubled) -> Iterator[Located]:
    for key in here.twice:
        where = (*path, key)
        found = f"the key {shown(key)} more than once"
        yield where, Problem(place(data, where), found, "each key once", "keep one of them")


def _no_value(data: Any, path: Path, value: Any) -> Iterator[Located]:
    if value is not None:
        expected = f"a finite number of at most {MOST_DIGITS} digits"
        yield path, Problem(place(data, path), shown(value), expected, "correct the number")
    elif not any(isinstance(step, str) and step.startswith("x-") for step in path):
        yield path, Problem(place(data, path), "null", "a value or no key", "leave the key out")


def _bad_characters(data: Any, path: Path, value: str) -> Located:
    expected = "text without control characters or halves of surrogate pairs"
    return path, Problem(place(data, path), shown(value), expected, "take them out")


def _decoded(given: bytes | str) -> str:
    try:
        raw = given.encode() if isinstance(given, str) else given
        text = raw.decode("utf-8-sig")
    except (UnicodeEncodeError, UnicodeDecodeError) as error:
        where = f"character {error.start}" if isinstance(given, str) else f"byte {error.start}"
        raise NotData(
            Problem(where, "text that is not UTF-8", "a file in UTF-8", "save it as UTF-8")
        ) from None
    if len(raw) > LARGEST_BYTES:
        expected = f"at most {LARGEST_BYTES // 1_000_000} MB"
        raise NotData(
            Problem("the file", f"{len(raw)} bytes", expected, "split the course or its notes")
        )
    return text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    kept = dict(pairs)
    return kept if len(kept) == len(pairs) else Doubled(pairs)


def _integer(literal: str) -> int | Unusable:
    return int(literal) if len(literal.lstrip("-")) <= MOST_DIGITS else Unusable(literal)


def _decimal(literal: str) -> int | float | Unusable:
    """The number; JSON knows no difference between 30 and 30.0, and so a course knows none."""
    value = float(literal)
    if not isfinite(value):
        return Unusable(literal)
    return int(value) if value.is_integer() and abs(value) < EXACT else value


def _not_json(text: str, error: json.JSONDecodeError) -> Problem:
    where = f"line {error.lineno}, column {error.colno}"
    rest = text[error.pos : error.pos + 20].split("\n")[0]
    found = shown(rest) if rest else "the end of a line or of the file"
    expected = next((say for start, say in _JSON_WORDS if error.msg.startswith(start)), "JSON")
    return Problem(where, found, expected, "correct the text there")


def _too_deep(where: str) -> Problem:
    found = f"more than {DEEPEST} levels of nesting"
    return Problem(where, found, f"at most {DEEPEST}", "put less into one key")
