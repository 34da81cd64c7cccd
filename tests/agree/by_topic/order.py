"""The order in which events take effect, written from the contract.

Events with an hour take effect at their instant. A plain date means the start of the day for what
opens and the end of the day for what closes; what is done with a prescription comes at the end of
the day too, after the prescription itself. At one time what closes comes last.
"""

from collections.abc import Callable
from datetime import UTC, datetime
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


def place_in_time(
    event: Event, day: int, accepted: Callable[[Event], bool], cancelled: frozenset[str]
) -> tuple[Any, ...]:
    """Sort by this: the day, the time in it, then what closes more, then what is said."""
    step = _STEPS.index(_step(event, accepted, cancelled))
    return (day, *_time_in_day(event, accepted), step, _weight(event), _said(event), event.id)


def _time_in_day(event: Event, accepted: Callable[[Event], bool]) -> tuple[int, datetime]:
    never = datetime(1, 1, 1, tzinfo=UTC)
    if event.kind == "authorisation_reversed":
        return 2, never
    if isinstance(event.at, datetime) and event.kind != "menses":
        return 1, event.at
    ends = event.kind in _AT_THE_END or _closes(event, accepted)
    return (2 if ends else 0), never


def _step(event: Event, accepted: Callable[[Event], bool], cancelled: frozenset[str]) -> str:
    if event.kind == "cycle":
        return "regular" if event.regular else "irregular or menses"
    if event.kind == "prescription" and event.prescription_id in cancelled:
        return "prescription cancelled later"
    if _closes(event, accepted):
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
        "pregnancy_category": lambda: event.can_become_pregnant,
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
        return int(event.refills * 1000 + event.days)
    if event.kind == "symptom":
        return int(event.grade)
    if event.kind == "questionnaire":
        return event.item_9 or 0
    if event.kind == "mental_health" and event.concern in _GRAVE:
        return _GRAVE.index(event.concern)
    return 0


def _said(event: Event) -> str:
    """What is said, so that two of one time stand in one order in every permutation."""
    return str(event.model_dump_json(exclude={"id", "recorded_at", "by", "note", "at"}))
