"""A clinic's settings, between the form that is filled in and the file that the engine reads."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from isocourse import evidence
from isocourse.course import read_settings
from isocourse.course.settings import FORMAT, LAB_DAYS, MOST

LABEL, LOCAL = "label", "local"


def programmes(place: str) -> dict[str, tuple[str, date | None]]:
    """The programmes of a place: their titles, and since when each holds unless told otherwise."""
    held = evidence.sources().items()
    mine = [(key, each) for key, each in held if each.kind == "programme" and each.place == place]
    mine.sort(key=lambda pair: (pair[1].in_force_from or date.max, pair[0]))
    return {key: (each.title, each.in_force_from) for key, each in mine}


def said_by(text: str) -> dict[str, Any]:
    """What a settings file says, by the names of the form."""
    table = tomllib.loads(text) if text else {}
    labs, local = table.get("labs", {}), table.get("local", {})
    starts = {f"start-{key}": day for key, day in table.get("starts", {}).items()}
    return {**labs, **local, **starts}


def text_of(said: Mapping[str, Any]) -> str:
    """The settings file of what was filled in; nothing when all is left as it is.

    Raises BadSettings when the engine does not take it.
    """
    parts = (
        _part("starts", {name[6:]: day for name, day in said.items() if name[:6] == "start-"}),
        _part("local", {name: said.get(name) for name in (*MOST, "baseline_labs")}),
        _part("labs", _labs(said)),
    )
    body = "\n".join(filter(None, parts))
    text = f'format = "{FORMAT}"\n\n{body}' if body else ""
    if text:
        read_settings(text.encode())
    return text


def _labs(said: Mapping[str, Any]) -> dict[str, Any]:
    policy = said.get("policy")
    if policy in ("", None, LABEL):
        return {}
    days = {name: said.get(name) for name in LAB_DAYS} if policy == LOCAL else {}
    return {"policy": policy, **days}


def _part(name: str, said: Mapping[str, Any]) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in said.items() if value]
    return "\n".join([f"[{name}]", *lines, ""]) if lines else ""


def _value(value: Any) -> str:
    if value is True:
        return "true"
    return value.isoformat() if isinstance(value, date) else _number_or_word(value)


def _number_or_word(value: Any) -> str:
    return str(value) if isinstance(value, int) else f'"{value}"'
