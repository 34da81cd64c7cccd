"""From bytes to plain JSON data, refusing what JSON lets through and a course must not hold."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from isocourse.events.problems import Doubled, Path, Problem, Unusable, place, shown

LARGEST_BYTES = 20_000_000
DEEPEST = 40
MOST_KEYS = 1000
MOST_ENTRIES = 100_000
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

    Raises NotData when there is no object, or one too deep or too large to look further.
    """
    if not isinstance(data, dict):
        expected, do = "an object", "put its keys between { and }"
        raise NotData(Problem("the file", shown(data), expected, do))
    waiting: list[tuple[Path, Any]] = [((), data)]
    while waiting:
        path, here = waiting.pop()
        _refuse_too_much(data, path, here)
        named = isinstance(here, dict)
        if named and not (type(here) is dict and "".join(here).isprintable()):
            yield from _faults_of_keys(data, path, here)
        for key, value in here.items() if named else enumerate(here):
            kind = type(value)
            if kind in _NESTED:
                waiting.append(((*path, key), value))
            elif kind in _NO_VALUE or (kind is str and not value.isprintable()):
                yield from _faults_of_value(data, (*path, key), value)


_NESTED, _NO_VALUE = (dict, list, Doubled), (type(None), Unusable)


def _faults_of_keys(data: Any, path: Path, here: dict[str, Any]) -> Iterator[Located]:
    for key in here.twice if isinstance(here, Doubled) else ():
        where = (*path, key)
        found = f"the key {shown(key)} more than once"
        yield where, Problem(place(data, where), found, "each key once", "keep one of them")
    for key in here:
        yield from _bad_characters(data, (*path, key), key)


def _faults_of_value(data: Any, path: Path, value: Any) -> Iterator[Located]:
    if isinstance(value, str):
        yield from _bad_characters(data, path, value)
    elif isinstance(value, Unusable):
        expected = f"a finite number of at most {MOST_DIGITS} digits"
        yield path, Problem(place(data, path), shown(value), expected, "correct the number")
    elif not _is_kept(path):
        yield path, Problem(place(data, path), "null", "a value or no key", "leave the key out")


def _bad_characters(data: Any, path: Path, text: str) -> Iterator[Located]:
    if _BAD_CHARACTERS.search(text):
        expected = "text without control characters or halves of surrogate pairs"
        yield path, Problem(place(data, path), shown(text), expected, "take them out")


def _refuse_too_much(data: Any, path: Path, here: dict[str, Any] | list[Any]) -> None:
    """An object of the format holds few keys; a list, and what is kept under x-, may be longer."""
    if len(path) >= DEEPEST:
        raise NotData(_too_deep(place(data, path[:3])))
    if len(here) <= MOST_KEYS:
        return
    most = MOST_KEYS if isinstance(here, dict) and not _is_kept(path) else MOST_ENTRIES
    if len(here) > most:
        found, do = f"{len(here)} entries in one list or object", "split the course"
        raise NotData(Problem(place(data, path), found, f"at most {most}", do))


def _is_kept(path: Path) -> bool:
    """Whether a path lies under a key that begins with x-."""
    return any(isinstance(step, str) and step.startswith("x-") for step in path)


def _decoded(given: bytes | str) -> str:
    try:
        raw = given.encode() if isinstance(given, str) else given
        _refuse_too_long(raw)
        return raw.decode("utf-8-sig")
    except (UnicodeEncodeError, UnicodeDecodeError) as error:
        where = f"character {error.start}" if isinstance(given, str) else f"byte {error.start}"
        raise NotData(
            Problem(where, "text that is not UTF-8", "a file in UTF-8", "save it as UTF-8")
        ) from None


def _refuse_too_long(raw: bytes) -> None:
    if len(raw) > LARGEST_BYTES:
        found, expected = f"{len(raw)} bytes", f"at most {LARGEST_BYTES // 1_000_000} MB"
        raise NotData(Problem("the file", found, expected, "split the course or its notes"))


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
