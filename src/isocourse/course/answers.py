"""What an assessment is made of. Every part turns into plain JSON of the public contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from isocourse.course.dosing.answer import Dose

FORMAT = "isocourse.assessment/1"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that speaks: what it says, on whose word, from which facts and events."""

    rule: str
    topic: str
    layer: str
    effect: str  # blocks, unknown or advises
    sentence: str
    cites: tuple[str, ...]
    facts: Mapping[str, Any]
    events: tuple[str, ...]
    missing: tuple[str, ...]
    provisional: bool

    @property
    def stops(self) -> bool:
        """Whether it keeps the action from being allowed."""
        return self.effect != "advises"

    def json(self) -> Json:
        """The reason as the contract writes it."""
        said: Json = {
            "rule": self.rule,
            "topic": self.topic,
            "layer": self.layer,
            "effect": self.effect,
            "sentence": self.sentence,
            "cites": list(self.cites),
            "facts": dict(self.facts),
            "events": list(self.events),
            "missing": list(self.missing),
        }
        return said | ({"provisional": True} if self.provisional else {})


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with its reasons."""

    verdict: str
    reasons: tuple[Reason, ...] = ()

    def json(self) -> Json:
        """The answer as the contract writes it."""
        return {"verdict": self.verdict, "reasons": [each.json() for each in self.reasons]}


@dataclass(frozen=True, slots=True)
class Window:
    """A period in which something may be done, both ends included, and the event it rests on."""

    what: str
    opens: datetime
    closes: datetime
    because: str

    def json(self) -> Json:
        """The window as the contract writes it."""
        return {
            "what": self.what,
            "opens": self.opens.isoformat(),
            "closes": self.closes.isoformat(),
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to act on: how urgent, what it is and what to do."""

    rule: str
    topic: str
    layer: str
    urgency: str  # now, soon or note
    sentence: str
    advice: str
    cites: tuple[str, ...]
    facts: Mapping[str, Any]
    events: tuple[str, ...]
    provisional: bool

    def json(self) -> Json:
        """The alert as the contract writes it."""
        said: Json = {
            "rule": self.rule,
            "topic": self.topic,
            "layer": self.layer,
            "urgency": self.urgency,
            "sentence": self.sentence,
            "advice": self.advice,
            "cites": list(self.cites),
            "facts": dict(self.facts),
            "events": list(self.events),
        }
        return said | ({"provisional": True} if self.provisional else {})


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done: from when it can be, by which day it should, until when it may."""

    task: str
    topic: str
    layer: str
    sentence: str
    opens: datetime | None
    due: date | None
    closes: datetime | None
    rule: str
    cites: tuple[str, ...]
    events: tuple[str, ...]
    provisional: bool

    def json(self) -> Json:
        """The task as the contract writes it; null where it has no such day."""
        said: Json = {
            "task": self.task,
            "topic": self.topic,
            "layer": self.layer,
            "sentence": self.sentence,
            "opens": _iso(self.opens),
            "due": _iso(self.due),
            "closes": _iso(self.closes),
            "rule": self.rule,
            "cites": list(self.cites),
            "events": list(self.events),
        }
        return said | ({"provisional": True} if self.provisional else {})


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


@dataclass(frozen=True, slots=True)
class Tip:
    """One line for the patient that applies now."""

    rule: str
    topic: str
    sentence: str
    cites: tuple[str, ...]

    def json(self) -> Json:
        """The tip as the contract writes it."""
        return {
            "rule": self.rule,
            "topic": self.topic,
            "sentence": self.sentence,
            "cites": list(self.cites),
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where in the course the patient is, what is normal there, and what helps."""

    week: int | None  # of treatment, the first is 1
    weeks_after_stop: int | None
    phase: str
    sentence: str
    expect: tuple[Tip, ...]
    tips: tuple[Tip, ...]

    def json(self) -> Json:
        """The timeline as the contract writes it."""
        return {
            "week": self.week,
            "weeks_after_stop": self.weeks_after_stop,
            "phase": self.phase,
            "sentence": self.sentence,
            "expect": [each.json() for each in self.expect],
            "tips": [each.json() for each in self.tips],
        }


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that follows from a course at one moment."""

    course_id: str
    place: str
    at: date | datetime
    known_at: date | datetime | None
    settings: str
    rules_in_force: tuple[tuple[str, date], ...]
    stage: str
    actions: Mapping[str, Answer]
    eligibility: Answer
    alerts: tuple[Alert, ...]
    due: tuple[Task, ...]
    windows: tuple[Window, ...]
    dose: Dose
    timeline: Timeline
    facts: Mapping[str, Any]
    not_looked_at: Sequence[Json] = field(default_factory=tuple)

    def json(self) -> Json:
        """The assessment as the contract writes it: the same file and question, the same bytes."""
        known = {} if self.known_at is None else {"known_at": self.known_at.isoformat()}
        return {
            "format": FORMAT,
            "course_id": self.course_id,
            "place": self.place,
            "at": self.at.isoformat(),
            **known,
            "settings": self.settings,
            "rules_in_force": [
                {"source": key, "since": since.isoformat()} for key, since in self.rules_in_force
            ],
            "stage": self.stage,
            "actions": {name: each.json() for name, each in self.actions.items()},
            "eligibility": self.eligibility.json(),
            "alerts": [each.json() for each in self.alerts],
            "due": [each.json() for each in self.due],
            "windows": [each.json() for each in self.windows],
            "dose": self.dose.json(),
            "timeline": self.timeline.json(),
            "facts": dict(self.facts),
            "not_looked_at": list(self.not_looked_at),
        }
