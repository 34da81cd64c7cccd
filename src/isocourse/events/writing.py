"""Writing a course file: one text for one course."""

import json
from datetime import date
from typing import Any

from isocourse.events.course import Course
from isocourse.events.recorded import Part
from isocourse.events.text import EXACT


def write_course(course: Course) -> str:
    """The canonical text of a course; reading it gives an equal course.

    Keys stand in the order of the format, then those that begin with x- by name. Values keep the
    unit they were given in; what was left out stays out. Equal courses give equal texts, but for
    the offset in which an instant was given.
    """
    return json.dumps(_plain(course), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return _object(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in sorted(value.items())}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return int(value)
    return value


def _object(part: Part) -> dict[str, Any]:
    said = part.model_fields_set | {"kind", "format"}
    own = {
        name: _plain(getattr(part, name))
        for name in type(part).model_fields
        if name in said and getattr(part, name) is not None
    }
    kept: dict[str, Any] = _plain(part.__pydantic_extra__)
    return own | kept
