"""A form that is filled in: from what was typed to events, with what is wrong or doubtful in it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from isocourse.clinic.log.reading import Held
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.odd import Question, questions
from isocourse.clinic.visits.parts.minding import Mind, Safety
from isocourse.clinic.visits.parts.part import Part, Said
from isocourse.clinic.visits.parts.scores import Phq9
from isocourse.clinic.visits.saving import new_token
from isocourse.clinic.visits.shapes import Shape
from isocourse.events import Problem, check_course

_KEY = re.compile(r"^events\[0\][^:]*\): (?P<key>.+)$")


@dataclass
class Sheet:
    """One form of one course, blank or filled in."""

    shape: Shape
    known: Known
    data: Any = None
    events: list[dict[str, Any]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        wanted = [each for each in self.shape.parts if each.wanted(self.known)]
        self.parts = [each(self.known, self.data) for each in wanted]
        self.token = (self.data or {}).get("token") or new_token()
        self._look_for_danger()

    def part(self, kind: type[Part]) -> Any:
        """The part of a kind, if the form has it."""
        return next((each for each in self.parts if type(each) is kind), None)

    def _look_for_danger(self) -> None:
        safety, mind, nine = self.part(Safety), self.part(Mind), self.part(Phq9)
        if safety is not None:
            concern = mind.data.get(mind.add_prefix("concern"), "")
            safety.reading(nine.item_9, mind.grave, concern)

    @property
    def in_danger(self) -> bool:
        """Whether something was entered that asks for action before anything else."""
        safety = self.part(Safety)
        return safety is not None and safety.needed

    @property
    def unsafe(self) -> bool:
        """Whether what was done about a danger is still not said."""
        return self.in_danger and not self._whole([self.part(Safety)])

    @property
    def folded(self) -> set[str]:
        """The parts that are shown closed: nothing is in them yet."""
        return {p.name for p in self.parts if type(p) in self.shape.folded and not p.has_findings}

    @property
    def day(self) -> str:
        """The day of the form."""
        return str(self.parts[0].told("day") or self.known.today.isoformat())

    def read(self) -> bool:
        """Whether it can be recorded as it is; fills in events, problems and questions."""
        if not self._whole(self.parts):
            return False
        said = [(part, each) for part in self.parts for each in part.said()]
        self.events = [each.event(self.day) for _part, each in said]
        for (part, each), event in zip(said, self.events, strict=True):
            self._judge(part, each, event)
        if not self.events:
            self.problems.append(_("Nothing is filled in yet."))
        if self.faults:
            return False
        confirmed = set(self.data.getlist("confirmed"))
        self.questions = self.doubts()
        return not self.faults and all(each.key in confirmed for each in self.questions)

    def doubts(self) -> list[Question]:
        """What has to be confirmed before it is recorded."""
        return questions(self.known, self.events)

    def _whole(self, parts: list[Part]) -> bool:
        for part in parts:
            if part.is_valid():
                for name, words in part.incomplete():
                    part.add_error(name, words)
        return not any(part.errors for part in parts)

    def _judge(self, part: Part, said: Said, event: Mapping[str, Any]) -> None:
        """What the course file would refuse is refused here, at its field."""
        for problem in judged(self.known.held, event, self.known.today):
            key = _KEY.match(problem.where)
            name = said.fields.get(key["key"]) if key else None
            words = in_words(problem)
            if name is not None and name in part.fields:
                part.add_error(name, words)
            elif key and key["key"] == "at" and "day" in self.parts[0].fields:
                self.parts[0].add_error("day", words)
            else:
                self.problems.append(f"{part.title}: {words}")

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Everything that is wrong: where it is on the page, and the words."""
        found = [("", each) for each in self.problems]
        for part in self.parts:
            for name, errors in part.errors.items() if part.is_bound else ():
                label = part[name].label if name in part.fields else part.title
                found += [(f"id_{part.add_prefix(name)}", f"{label}: {each}") for each in errors]
        return found


def judged(held: Held, event: Mapping[str, Any], today: date) -> list[Problem]:
    """What is wrong with one event, by the rules of the course file."""
    alone = {**held.file, "events": [{"id": "new", **event}]}
    found = check_course(json.dumps(alone), today)
    return [each for each in found if each.severity == "error"]


def in_words(problem: Problem) -> str:
    """A problem without its place in a file."""
    expected, do = problem.expected, problem.do
    return _("found %(found)s, expected %(expected)s; %(do)s.") % {
        "found": problem.found,
        "expected": expected,
        "do": do,
    }
