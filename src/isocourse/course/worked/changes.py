"""The small language in which a worked case changes a base course.

Changes are separated by semicolons:

    + KIND on TIME: key=value, key=value      adds an event
    - KIND on TIME                            removes every event of that kind (and time)
    KIND[key=value] on TIME: key=value        changes every event that matches
    patient: birth_date=2014-12-02            changes the patient
    place=de                                  changes the course

Values are numbers, true, false, words, lists in brackets, `implant since 2026-10-01` and
`10 mg x 30`; `none` drops a key (but is a word for `concern`) and `by=dermatologist` names a role.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any

File = dict[str, Any]

_MATCHER = re.compile(r"(?P<kind>[a-z_]+)(\[(?P<key>\w+)=(?P<value>[^\]]+)\])?( on (?P<at>\S+?))?$")
_SINCE = re.compile(r"(?P<method>[a-z_]+) since (?P<since>\d{4}-\d{2}-\d{2})$")
_CAPSULES = re.compile(r"(?P<mg>[\d.]+) mg x (?P<quantity>\d+)$")
_NONE_IS_A_WORD = ("concern",)
_NUMBER = re.compile(r"-?\d+(\.\d+)?$")


class BadChange(ValueError):
    """A change that cannot be read, or that changes nothing."""


def changed(course: File, changes: str) -> File:
    """A copy of a course file with the changes made."""
    made = copy.deepcopy(course)
    for change in _split(changes, ";"):
        _make(made, change)
    return made


def _make(course: File, change: str) -> None:
    if change.startswith("+"):
        _add(course, change[1:].strip())
    elif change.startswith("-"):
        found = list(_matching(course, change[1:].strip()))
        course["events"] = [each for each in course["events"] if each not in found]
    elif change.startswith("patient:"):
        course["patient"] |= _fields(change.partition(":")[2])
    elif re.fullmatch(r"(place|time_zone)=\S+", change):
        course |= _fields(change)
    else:
        matcher, said = _matcher_and_fields(change)
        for event in _matching(course, matcher):
            _set(event, said)


def _add(course: File, change: str) -> None:
    matcher, said = _matcher_and_fields(change)
    found = _MATCHER.fullmatch(matcher)
    if not found or not found["at"] or found["key"]:
        raise BadChange(f"{change!r}: expected KIND on TIME: key=value")
    event = {"id": f"n{len(course['events']) + 1}", "at": found["at"], "kind": found["kind"]}
    _set(event, said)
    course["events"].append(event)


def _matching(course: File, matcher: str) -> Iterator[File]:
    found = _MATCHER.fullmatch(matcher)
    if not found:
        raise BadChange(f"{matcher!r}: expected KIND or KIND on TIME")
    events = [each for each in course["events"] if _fits(each, found)]
    if not events:
        raise BadChange(f"{matcher!r}: no event of the course is meant by this")
    yield from events


def _fits(event: File, found: re.Match[str]) -> bool:
    same_kind = event["kind"] == found["kind"]
    same_time = found["at"] is None or event["at"] == found["at"]
    key = found["key"]
    return same_kind and same_time and (key is None or event.get(key) == _value(found["value"]))


def _matcher_and_fields(change: str) -> tuple[str, File]:
    """`KIND on TIME: fields`; a time of day holds colons too, so the mark is colon and space."""
    matcher, mark, said = (change + " ").partition(": ")
    return matcher.strip(), _fields(said) if mark else {}


def _set(event: File, said: File) -> None:
    for key, value in said.items():
        if value is None:
            event.pop(key, None)
        else:
            event[key] = value


def _fields(text: str) -> File:
    said = {}
    for pair in _split(text, ","):
        key, mark, value = pair.partition("=")
        if not mark:
            raise BadChange(f"{pair!r}: expected key=value")
        word = value.strip()
        is_word = word == "none" and key.strip() in _NONE_IS_A_WORD
        said[key.strip()] = word if is_word else _value(word)
    if isinstance(said.get("by"), str):
        said["by"] = {"role": said["by"]}
    return said


def _value(text: str) -> Any:
    if text.startswith("[") and text.endswith("]"):
        return [_value(each) for each in _split(text[1:-1], ",")]
    if found := _SINCE.fullmatch(text):
        return found.groupdict()
    if found := _CAPSULES.fullmatch(text):
        return {"mg": _value(found["mg"]), "quantity": int(found["quantity"])}
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return {"true": True, "false": False, "none": None}.get(text, text)


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks that stand outside brackets."""
    parts, depth, start = [], 0, 0
    for index, each in enumerate(text):
        depth += (each == "[") - (each == "]")
        if each == mark and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
