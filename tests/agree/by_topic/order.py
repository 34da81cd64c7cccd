"""The order in which events take effect, written from the contract.

Events with an hour take effect at their instant. A plain date means the start of the day for what
opens and the end of the day for what closes; what is done with a prescription comes at the end of
the day too, after the prescription itself. At one time what closes comes last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

Event = Any  # of one of the kinds; its own keys are read by kind

_AT_THE_END = (
    "authorisation",
    "dispense",
    "taken",
    "cancel",
    "return_to_stock",
    "authorisation_reversed",
    "symptom",
    "lab",
    "weight",
    "pregnancy",
    "stop",
    "allergy",
    "patient_report",
)
_GRAVE = ("suicidal_thoughts", "psychosis", "aggression")

# At one time: from what is merely noted to what undoes everything else.
_STEPS = (
    "noted",
    "irregular or menses",
    "regular",
    "contraception",
    "test",
    "talk",
    "restart",
    "pregnancy resolved",
    "word that may be for an earlier one",
    "prescription cancelled later",
    "prescription",
    "closes",
    "authorisation",
    "hand-over",
    "undone",
)
_STEP_OF_KIND = {
    "menses": "irregular or menses",
    "contraception": "contraception",
    "pregnancy_test": "test",
    "counselling": "talk",
    "comprehension": "talk",
    "restart": "restart",
    "prescription": "prescription",
    "authorisation": "authorisation",
    "dispense": "hand-over",
    "taken": "hand-over",
    "cancel": "undone",
    "return_to_stock": "undone",
    "authorisation_reversed": "undone",
}


@dataclass(frozen=True)
class Around:
    """The events among which one stands, each with its local day, and what the place accepts."""

    events: Sequence[tuple[Event, date]]
    accepted: Callable[[Event], bool]

    def of_day(self, day: date, *kinds: str) -> list[Event]:
        """The events of these kinds on a day."""
        return [e for e, its_day in self.events if its_day == day and e.kind in kinds]

    def cancelled(self, event: Event) -> bool:
        """Whether a prescription is cancelled, then or later."""
        name = event.prescription_id
        return any(e.kind == "cancel" and e.prescription_id == name for e, _ in self.events)


def place_in_time(event: Event, day: date, around: Around) -> tuple[Any, ...]:
    """Sort by this: the day, the time in it, then what closes more, then what is said."""
    step = _STEPS.index(_step(event, around))
    time = _time_in_day(event, day, around)
    last = _prescriptions_before_which(event, day, around)
    if last is not None:
        step, time = _STEPS.index("word that may be for an earlier one"), (1, last)
    return (day, *time, step, _weight(event), _said(event), event.id)


def _prescriptions_before_which(event: Event, day: date, around: Around) -> datetime | None:
    """The hour of the last of several prescriptions that a word of that day may be for."""
    if event.kind != "authorisation" or _timed(event) or event.prescription_id:
        return None
    that_day = around.of_day(day, "prescription")
    hours = [e.at for e in that_day if _timed(e)]
    return max(hours) if hours and len(that_day) > 1 else None


def _timed(event: Event) -> bool:
    return isinstance(event.at, datetime)


def _time_in_day(event: Event, day: date, around: Around) -> tuple[int, datetime]:
    never = datetime(1, 1, 1, tzinfo=UTC)
    words = [e for e in around.of_day(day, "authorisation") if not _timed(e)]
    if event.kind == "authorisation_reversed" or (event.kind == "return_to_stock" and words):
        return 2, never
    if _timed(event) and event.kind != "menses":
        return 1, event.at
    if _outdone(event, day, around):
        return 0, never
    ends = event.kind in _AT_THE_END or _closes(event, around.accepted)
    return (2 if ends else 0), never


_FINDINGS = {"symptom": "symptom", "lab": "test", "weight": "kind"}


def _outdone(event: Event, day: date, around: Around) -> bool:
    """Whether another finding of the same thing on the same day closes more."""
    if event.kind not in _FINDINGS:
        return False
    thing = _FINDINGS[event.kind]
    same = [e for e in around.of_day(day, event.kind) if getattr(e, thing) == getattr(event, thing)]
    return any(_weight(e) > _weight(event) for e in same)


def _step(event: Event, around: Around) -> str:
    if event.kind in _FINDINGS:
        return "closes"
    if event.kind == "cycle":
        return "regular" if event.regular else "irregular or menses"
    if event.kind == "prescription" and around.cancelled(event):
        return "prescription cancelled later"
    if _closes(event, around.accepted):
        return "closes"
    if event.kind == "condition" and event.condition == "pregnancy":
        return "pregnancy resolved"
    return _STEP_OF_KIND.get(event.kind, "noted")


def _closes(event: Event, accepted: Callable[[Event], bool]) -> bool:
    said: dict[str, Callable[[], bool]] = {
        "symptom": lambda: True,
        "pregnancy": lambda: True,
        "stop": lambda: True,
        "allergy": lambda: True,
        "patient_report": lambda: True,
        "contraception": lambda: not accepted(event),
        "pregnancy_category": lambda: event.can_become_pregnant or not accepted(event),
        "pregnancy_test": lambda: event.result == "positive",
        "condition": lambda: event.status == "active",
        "medicine": lambda: event.status == "started",
        "enrolment": lambda: not event.active,
        "comprehension": lambda: not event.passed,
        "questionnaire": lambda: (event.item_9 or 0) > 0,
        "mental_health": lambda: event.concern in _GRAVE,
        "visit": lambda: event.mode == "remote",
    }
    return event.kind in said and bool(said[event.kind]())


def _weight(event: Event) -> int:
    """Of two of one kind at one time, the one that closes more comes last."""
    if event.kind == "lab":
        return int(event.amount)
    if event.kind == "weight":
        return -int(event.grams)
    if event.kind == "contraception" and event.methods:
        return int(max(each.since for each in event.methods).toordinal())
    if event.kind == "prescription":
        return int((event.refills * 1000 + event.days) * 10**6 + event.daily_micrograms)
    if event.kind == "symptom":
        return int(event.grade)
    if event.kind == "questionnaire":
        return event.item_9 or 0
    if event.kind == "comprehension":
        return len(event.contraception or ())
    if event.kind == "mental_health" and event.concern in _GRAVE:
        return _GRAVE.index(event.concern)
    return 0


def _said(event: Event) -> str:
    """What is said, so that two of one time stand in one order in every permutation."""
    return str(event.model_dump_json(exclude={"id", "recorded_at", "by", "note", "at"}))
