"""Running worked cases through the front door."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from isocourse.course.answers import Answer, Assessment
from isocourse.course.assessing import assess
from isocourse.course.worked.changes import changed
from isocourse.course.worked.tables import BESIDE, BadCases, Case
from isocourse.events import read_course
from isocourse.rules import rules

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


@dataclass(frozen=True, slots=True)
class Beside:
    """A case that asks for what stands beside the verdicts, with what each named rule said."""

    case: Case
    said: Mapping[str, str]  # the rule, or "phase", to what it said

    @property
    def as_expected(self) -> bool:
        """Every rule that is named said what was expected."""
        return all(said == self.case.verdict for said in self.said.values())

    @property
    def found(self) -> str:
        """What was said, in one line."""
        return ", ".join(f"{name}: {said}" for name, said in self.said.items())

    def __str__(self) -> str:
        wanted = f"{self.case.verdict} {' '.join(self.case.topics)}".strip()
        return f"{self.case.name} (line {self.case.line}): expected {wanted}, found {self.found}"


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


def run(case: Case) -> Outcome | Beside:
    """The answer that a case gets."""
    base = patients().get(case.course)
    if base is None:
        raise BadCases(f"{case.name}: there is no base course {case.course!r}.")
    course = read_course(json.dumps(changed(dict(base), case.changes)), case.name)
    assessment = assess(course, moment(case.asked))
    if case.action == "eligibility":
        return Outcome(case, assessment.eligibility)
    if case.action in BESIDE:
        return Beside(case, _said(case, assessment))
    return Outcome(case, assessment.actions[case.action])


def _said(case: Case, assessment: Assessment) -> dict[str, str]:
    """What the rules that a case names say; "none" for one that is silent."""
    known = rules()
    for name in case.topics:
        if name not in known:
            raise BadCases(f"{case.name}: there is no rule {name!r}.")
    if case.action == "phase":
        return {"phase": assessment.timeline.phase}
    if case.action == "alerts":
        held = {each.rule: each.urgency for each in assessment.alerts}
    elif case.action == "due":
        days = {each.rule: each.due for each in assessment.due}
        held = {rule: day.isoformat() if day else "open" for rule, day in days.items()}
    else:
        line = assessment.timeline
        held = {each.rule: "shown" for each in (*line.tips, *line.expect)}
    return {name: held.get(name, "none") for name in case.topics}


def moment(text: str) -> date | datetime:
    """The day or the instant that a text names."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
