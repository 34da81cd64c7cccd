"""The assess command: every file read before anything is said, then JSON or pages."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from rich.console import Console

from isocourse.course import Assessment, NoValue, Settings, assess
from isocourse.course.unread import Unread, withheld
from isocourse.events import Course
from isocourse.events.moments import Moment
from isocourse.on_screen import given
from isocourse.on_screen.assessment import Page, show
from isocourse.on_screen.paper import heading, marked, paper, text
from isocourse.on_screen.refused import Refused

if TYPE_CHECKING:
    from isocourse.exchange.fhir.telling import Unmapped

Today = Callable[[ZoneInfo], date]


class Answered(NamedTuple):
    """A course with its assessment, and what of a FHIR Bundle is in neither."""

    course: Course
    assessment: Assessment
    unmapped: "Sequence[Unmapped]" = ()

    def json(self) -> dict[str, Any]:
        """The assessment as the contract writes it."""
        said = {"unmapped": [each.json() for each in self.unmapped]} if self.unmapped else {}
        return self.assessment.json() | said


@dataclass(frozen=True, slots=True)
class Question:
    """When to assess (None: today at the course's place), what was known, and whose settings."""

    at: Moment | None
    known_at: Moment | None
    settings: Settings
    today: Today
    place: str | None = None  # of a FHIR Bundle that does not tell it

    def of(self, name: str) -> Answered:
        """A file's course with its assessment."""
        return self.answered(name, *given.read_in(name, self.place))

    def answered(self, name: str, course: Course, unmapped: "Sequence[Unmapped]") -> Answered:
        """The same of a course that was read already."""
        at = self.today(course.zone) if self.at is None else self.at
        try:
            found = assess(course, at, known_at=self.known_at, settings=self.settings)
        except NoValue as none:
            raise Refused(f"{given.shown_name(name)}: {none}") from None
        unread = [Unread(e.closes, e.where, e.day) for e in unmapped if e.closes]
        return Answered(course, withheld(course, found, unread), unmapped)


def answer(
    names: Sequence[str], question: Question, as_json: bool, every_tip: bool = False
) -> None:
    """Write the assessment of every file, or nothing when one cannot be used."""
    given.named_once(names)
    found = given.every(question.of, names)
    if as_json:
        write_json(each.json() for each in found)
        return
    console = paper()
    for number, each in enumerate(found):
        if number:
            console.print()
        note = _note(each.course, question)
        show(console, Page(each.course, each.assessment, note, every_tip=every_tip))
        show_unmapped(console, each.unmapped)


def show_unmapped(console: Console, unmapped: "Sequence[Unmapped]") -> None:
    """What of a Bundle no event was made of, those first that close something."""
    if not unmapped:
        return
    console.print(heading("Not mapped from FHIR: not part of this answer; look at it there"))
    for each in sorted(unmapped, key=lambda one: one.closes is None):
        mark = "unknown" if each.closes else "advises"
        said = f"{each.where}: found {each.found}, expected {each.expected}; {each.do}."
        console.print(marked(mark, text(said)))


def _note(course: Course, question: Question) -> str:
    clock = str(course.zone).replace("_", " ")
    return f"today in {clock}, as no --at was given" if question.at is None else ""


def write_json(objects: Any) -> None:
    """Each object on a line of its own, in UTF-8 whatever the terminal speaks."""
    lines = (json.dumps(each, ensure_ascii=False, allow_nan=False) + "\n" for each in objects)
    sys.stdout.buffer.write("".join(lines).encode())
