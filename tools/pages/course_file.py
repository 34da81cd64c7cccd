"""The course file, from the schema that reads it, with an example of each kind."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from isocourse.course.worked import patients
from isocourse.events import course_schema
from isocourse.events.kinds import KINDS

from .markdown import code, codes, page, table

_ON_EVERY = ("id", "at", "recorded_at", "by", "note")
_COMMON = (*_ON_EVERY, "kind")


def course_file() -> str:
    """The page of the course file."""
    schema = course_schema()
    kinds = _kinds(schema)
    return page(
        "Course file",
        _INTRODUCTION,
        "## The file\n\n" + _fields(schema, schema),
        "## Every event\n\n" + _fields(next(iter(kinds.values())), schema, only=_ON_EVERY),
        f"The `kind` is one of {codes(kinds)}; each has keys of its own.",
        *(_kind(name, each, schema) for name, each in kinds.items()),
    )


_INTRODUCTION = """\
A course is a log of dated events: one JSON file in UTF-8, `NAME.course.json`. Nothing in it is
edited; a mistake is taken back by a `retract` event. `isocourse check FILE` says everything that
is wrong with a file, and `isocourse schema course` prints the JSON Schema from which this page is
made. Keys that begin with `x-` are kept and ignored.

Dates are ISO 8601. A plain date means the whole local day at the course's place; a date-time
carries an offset. Events may stand in any order."""


def _kinds(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: schema["$defs"][each.__name__] for kind, each in KINDS.items()}


def _kind(name: str, kind: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    own = [each for each in kind["properties"] if each not in _COMMON]
    said = kind.get("description", "").partition("\n\n")[0]
    parts = [f"## {name}", said, _fields(kind, schema, only=own), _example(name)]
    return "\n\n".join(part for part in parts if part)


def _fields(part: Mapping[str, Any], schema: Mapping[str, Any], only: Any = None) -> str:
    wanted = [name for name in part["properties"] if only is None or name in only]
    required = part.get("required", ())
    rows = [
        (
            code(name),
            "yes" if name in required else "",
            _type(part["properties"][name], schema),
            part["properties"][name].get("description", ""),
        )
        for name in wanted
    ]
    return table(("key", "needed", "what stands there", "meaning"), rows)


def _type(field: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        target = schema["$defs"][name]
        if name == "Event":
            return "events"
        inner = target.get("properties")
        return "{" + ", ".join(map(code, inner)) + "}" if inner else _type(target, schema)
    if "enum" in field:
        return codes(field["enum"])
    if "const" in field:
        return code(json.dumps(field["const"]))
    for key in ("anyOf", "oneOf"):
        if key in field:
            return " or ".join(dict.fromkeys(_type(each, schema) for each in field[key]))
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}), schema)}"
    return _plain(field)


def _plain(field: Mapping[str, Any]) -> str:
    said = field.get("format") or _NAMES.get(field.get("type", ""), field.get("type", "anything"))
    if "minimum" in field and "maximum" in field:
        return f"{said}, {field['minimum']:,} to {field['maximum']:,}"
    bounds = [f"{word} {field[key]:,}" for key, word in _BOUNDS.items() if key in field]
    return ", ".join([said, *bounds])


_NAMES = {"boolean": "true or false", "integer": "whole number", "string": "text"}
_BOUNDS = {
    "minimum": "from",
    "exclusiveMinimum": "above",
    "maximum": "up to",
    "exclusiveMaximum": "below",
}


@cache
def _examples() -> dict[str, str]:
    found: dict[str, str] = {}
    for course in patients().values():
        for event in course["events"]:
            found.setdefault(event["kind"], json.dumps(event, ensure_ascii=False))
    return found


def _example(kind: str) -> str:
    shown = _examples().get(kind)
    return f"```json\n{shown}\n```" if shown else ""
