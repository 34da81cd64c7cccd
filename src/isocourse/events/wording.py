"""From the validator's findings to problems in plain words, with the closest known word."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from isocourse.events.course import Course, EarlierCourse, Patient
from isocourse.events.fields import LONGEST_LIST
from isocourse.events.kinds import KINDS, NO_KIND, PASSED_OVER
from isocourse.events.kinds_prevention import MethodInUse
from isocourse.events.kinds_supply import Capsules
from isocourse.events.problems import Path, Problem, at_path, found_at, place, shown
from isocourse.events.recorded import UNKNOWN_KEY, By, Recorded

Located = tuple[Path, Problem]

_LONGEST_COMPARED = 100
_UNTOLD = ("default_factory_not_called", PASSED_OVER)  # the cause of each is told by itself

_PARTS: dict[str, type[BaseModel]] = {
    "patient": Patient,
    "by": By,
    "methods": MethodInUse,
    "capsules": Capsules,
    "earlier_courses": EarlierCourse,
}
_PLAIN = {
    "tuple_type": ("a list", "put the entries between [ and ]"),
    "too_long": (f"at most {LONGEST_LIST} entries", "leave some out, or record them apart"),
    "too_short": ("at least one entry", "add one, or leave out what says nothing"),
    "model_type": ("an object", "put its keys between { and }"),
    "model_attributes_type": ("an object", "put its keys between { and }"),
    NO_KIND: ("an object", "put its keys between { and }"),
    "string_type": ("text", "put it in quotes"),
}


def worded(data: Any, errors: Iterable[ErrorDetails]) -> Iterator[Located]:
    """Each finding of the validator as a problem of the data, with its path."""
    for error in errors:
        kind, path = error["type"], error["loc"]
        if kind in _UNTOLD:
            continue
        if kind == NO_KIND and isinstance(at_path(data, path), dict):
            path = (*path, "kind")
            yield path, _no_kind(data, path)
        elif kind == "missing":
            yield path, _missing(data, path)
        else:
            yield path, _problem(data, path, error)


def _problem(data: Any, path: Path, error: ErrorDetails) -> Problem:
    context = error.get("ctx", {})
    if context.get("do") == UNKNOWN_KEY:
        return _unknown_key(data, path)
    expected, do = _PLAIN.get(error["type"], (context.get("expected", "an object"), ""))
    otherwise = context.get("otherwise") or "correct the value"
    do = do or context.get("do") or advice(at_path(data, path), context.get("words"), otherwise)
    return Problem(place(data, path), found_at(data, path), expected, do)


def _missing(data: Any, path: Path) -> Problem:
    field = _class_at(data, path[:-1]).model_fields[str(path[-1])]
    return Problem(place(data, path), "nothing", f"{path[-1]} ({field.description})", "add it")


def _no_kind(data: Any, path: Path) -> Problem:
    kind = at_path(data, path)
    if found_at(data, path) == "nothing":
        return _missing(data, path)
    do = advice(kind, tuple(KINDS)) if isinstance(kind, str) else "put a word in quotes"
    return Problem(place(data, path), shown(kind), "a kind of event that the format knows", do)


def _unknown_key(data: Any, path: Path) -> Problem:
    known = tuple(_class_at(data, path[:-1]).model_fields)
    do = advice(path[-1], known, otherwise="leave it out, or begin it with x- to keep it")
    expected = f"one of the keys {', '.join(known)}, or one that begins with x-"
    return Problem(place(data, path), f"the key {shown(path[-1])}", expected, do)


def _class_at(data: Any, path: Path) -> type[BaseModel]:
    """The class of the object at a path."""
    if not path:
        return Course
    if path[-2:-1] == ("events",):
        kind = at_path(data, path).get("kind")
        return KINDS.get(kind, Recorded) if isinstance(kind, str) else Recorded
    names = [step for step in path if isinstance(step, str)]
    return _PARTS[names[-1]]


def closest(word: str, known: Sequence[str]) -> str | None:
    """The known word that is most like this one, if any is."""
    from difflib import get_close_matches  # only wanted when something is wrong

    if len(word) > _LONGEST_COMPARED:
        return None
    found = get_close_matches(word.lower(), known, n=1, cutoff=0.7)
    return found[0] if found else None


def advice(value: Any, known: Sequence[str] | None, otherwise: str = "correct the value") -> str:
    """What to do about a value that is not what was expected; `known` are the words allowed."""
    if known and isinstance(value, bool | int | float):
        return "put a word in quotes"
    if not isinstance(value, str):
        return otherwise
    likely = closest(value, known or ())
    if likely:
        return f"did you mean {likely}"
    return "leave out the spaces at its ends" if value != value.strip() else otherwise
