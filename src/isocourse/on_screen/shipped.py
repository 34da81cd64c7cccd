"""The demo: the shipped example courses, each with its story and the days worth asking about."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rich.console import Console
from rich.text import Text

from isocourse.course import assess
from isocourse.events import Course, read_course
from isocourse.events.moments import Moment
from isocourse.on_screen import given
from isocourse.on_screen.assessment import Page, show
from isocourse.on_screen.paper import PLACES, QUIET, hanging, paper, text, title

_END = ".course.json"


@dataclass(frozen=True, slots=True)
class Ask:
    """A moment worth asking about, and why."""

    at: Moment
    note: str


@dataclass(frozen=True, slots=True)
class Example:
    """A shipped course with its story in a line."""

    name: str
    course: Course
    story: str
    asks: tuple[Ask, ...]


@cache
def examples() -> tuple[Example, ...]:
    """The shipped examples in the order of their names."""
    folder = files("isocourse") / "examples"
    held = sorted(
        (each for each in folder.iterdir() if each.name.endswith(_END)), key=lambda e: e.name
    )
    return tuple(_example(each.name, each.read_bytes()) for each in held)


def _example(name: str, data: bytes) -> Example:
    said: dict[str, Any] = json.loads(data)
    asks = tuple(Ask(_moment(each["at"]), each["note"]) for each in said["x-ask"])
    return Example(name, read_course(data, name), said["x-story"], asks)


def _moment(at: str) -> Moment:
    found = given.moment("x-ask", at)
    assert found is not None  # noqa: S101
    return found


def demo() -> None:
    """Write every example, one after the other."""
    console = paper()
    for example in examples():
        _show(console, example)
    console.print(
        text(
            "The same on your own file: isocourse assess FILE, and with --at for another day. "
            f"These courses lie in {files('isocourse') / 'examples'}.",
            QUIET,
        )
    )


def _show(console: Console, example: Example) -> None:
    console.print(title(f"{example.course.course_id} ({PLACES[example.course.place]})"))
    console.print(text(example.story))
    for ask in example.asks:
        console.print()
        console.print(hanging(Text("▸", "cyan"), text(ask.note, "bold cyan")))
        assessment = assess(example.course, ask.at)
        show(console, Page(example.course, assessment, brief=True))
    console.print()
