"""What an assessment is made of. Every part turns into plain JSON of the public contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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
    windows: tuple[Window, ...]
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
            "windows": [each.json() for each in self.windows],
            "facts": dict(self.facts),
            "not_looked_at": list(self.not_looked_at),
        }
