"""Running worked cases through the front door."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from isocourse.course.answers import Answer
from isocourse.course.assessing import assess
from isocourse.course.worked.changes import changed
from isocourse.course.worked.tables import BadCases, Case
from isocourse.events import read_course

_OPEN = ("allowed", "eligible", "not_applicable")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case with the answer it got."""

    case: Case
    answer: Answer

    @property
    def topics(self) -> frozenset[str]:
        """The topics of the reasons that stop the action."""
        return frozenset(each.topic for each in self.answer.reasons if each.stops)

    @property
    def as_expected(self) -> bool:
        """The verdict is the one expected, for the reasons expected and no others."""
        got, wanted = self.answer.verdict, self.case.verdict
        closed = wanted == "closed" and got in ("blocked", "unknown")
        if got != wanted and not closed:
            return False
        if wanted in _OPEN:
            return not self.case.topics
        return not self.case.topics or (
            bool(self.topics) and self.topics <= frozenset(self.case.topics)
        )

    def __str__(self) -> str:
        rules = ", ".join(f"{e.rule} ({e.effect})" for e in self.answer.reasons if e.stops)
        wanted = f"{self.case.verdict} {' '.join(self.case.topics)}".strip()
        return (
            f"{self.case.name} (line {self.case.line}): expected {wanted}, "
            f"found {self.answer.verdict}: {rules or 'no rule stops it'}"
        )


@cache
def patients() -> Mapping[str, Mapping[str, Any]]:
    """The base courses of the worked cases by name."""
    folder = files("isocourse") / "examples" / "patients"
    end = ".course.json"
    return {
        file.name.removesuffix(end): json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda each: each.name)
        if file.name.endswith(end)
    }


def run(case: Case) -> Outcome:
    """The answer that a case gets."""
    base = patients().get(case.course)
    if base is None:
        raise BadCases(f"{case.name}: there is no base course {case.course!r}.")
    course = read_course(json.dumps(changed(dict(base), case.changes)), case.name)
    assessment = assess(course, moment(case.asked))
    answer = (
        assessment.eligibility if case.action == "eligibility" else assessment.actions[case.action]
    )
    return Outcome(case, answer)


def moment(text: str) -> date | datetime:
    """The day or the instant that a text names."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
