"""What a plan is made of. Every part turns into plain JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from isocourse.course.answers import Reason
from isocourse.events.moments import Moment

FORMAT = "isocourse.plan/1"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """The first, the best and the last day for something, all three lawful."""

    earliest: date
    best: date
    last: date

    def json(self) -> Json:
        """The span in ISO days."""
        return {
            "earliest": self.earliest.isoformat(),
            "best": self.best.isoformat(),
            "last": self.last.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over to come: its days, what comes before it, and the gap that it leaves."""

    written: bool  # on the prescription there is; else on one still to be written
    pick_up: Span
    test: Span | None  # None where no test is needed, or on a prescription that is written
    visit: Span | None
    days: int  # of treatment supplied
    gap_days: int  # days without capsules before it
    causes: tuple[Reason, ...]  # what keeps the gate shut in the gap

    def json(self) -> Json:
        """The hand-over as the plan writes it."""
        return {
            "written": self.written,
            "pick_up": self.pick_up.json(),
            "test": None if self.test is None else self.test.json(),
            "visit": None if self.visit is None else self.visit.json(),
            "days": self.days,
            "gap_days": self.gap_days,
            "causes": [each.json() for each in self.causes],
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """The hand-overs of the coming two months, and what stops the next one if none is lawful."""

    course_id: str
    place: str
    at: Moment
    settings: str
    until: date
    supplied_until: date | None  # the last day for which capsules were handed over
    hand_overs: tuple[HandOver, ...]
    stops: tuple[Reason, ...]  # why none is lawful, whatever is done
    supposes: tuple[str, ...]

    def json(self) -> Json:
        """The plan as plain JSON: the same file and question, the same bytes."""
        until = self.supplied_until
        return {
            "format": FORMAT,
            "course_id": self.course_id,
            "place": self.place,
            "at": self.at.isoformat(),
            "settings": self.settings,
            "until": self.until.isoformat(),
            "supplied_until": None if until is None else until.isoformat(),
            "hand_overs": [each.json() for each in self.hand_overs],
            "stops": [each.json() for each in self.stops],
            "supposes": list(self.supposes),
        }
