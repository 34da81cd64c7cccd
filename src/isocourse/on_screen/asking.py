"""The assess command: every file read before anything is said, then JSON or pages."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.course import Assessment, NoValue, Settings, assess
from isocourse.events import Course
from isocourse.events.moments import Moment
from isocourse.on_screen import given
from isocourse.on_screen.assessment import Page, show
from isocourse.on_screen.paper import paper
from isocourse.on_screen.refused import Refused

Today = Callable[[ZoneInfo], date]


@dataclass(frozen=True, slots=True)
class Question:
    """When to assess (None: today at the course's place), what was known, and whose settings."""

    at: Moment | None
    known_at: Moment | None
    settings: Settings
    today: Today

    def of(self, name: str) -> tuple[Course, Assessment]:
        """A file's course with its assessment."""
        course = given.course_in(name)
        at = self.today(course.zone) if self.at is None else self.at
        try:
            return course, assess(course, at, known_at=self.known_at, settings=self.settings)
        except NoValue as none:
            raise Refused(f"{given.shown_name(name)}: {none}") from None


def answer(
    names: Sequence[str], question: Question, as_json: bool, every_tip: bool = False
) -> None:
    """Write the assessment of every file, or nothing when one cannot be used."""
    given.named_once(names)
    found = given.every(question.of, names)
    if as_json:
        write_json(assessment.json() for _, assessment in found)
        return
    console = paper()
    for number, (course, assessment) in enumerate(found):
        if number:
            console.print()
        page = Page(course, assessment, _note(course, question), every_tip=every_tip)
        show(console, page)


def _note(course: Course, question: Question) -> str:
    clock = str(course.zone).replace("_", " ")
    return f"today in {clock}, as no --at was given" if question.at is None else ""


def write_json(objects: Any) -> None:
    """Each object on a line of its own, in UTF-8 whatever the terminal speaks."""
    lines = (json.dumps(each, ensure_ascii=False, allow_nan=False) + "\n" for each in objects)
    sys.stdout.buffer.write("".join(lines).encode())
