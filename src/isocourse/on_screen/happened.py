"""Events in one line: when, what, and what it said."""

from collections.abc import Callable, Mapping
from typing import Any

from isocourse.events import Course, Event
from isocourse.on_screen.paper import moment_words


def events_of(course: Course) -> Mapping[str, Event]:
    """Every event of a course and of those before it, by its id."""
    logs = [course.events, *(each.events for each in course.earlier_courses)]
    return {event.id: event for log in logs for event in log}


def event_line(event: Event) -> str:
    """An event as a person would note it: Tue 1 Dec 2026, pregnancy test: negative, urine."""
    said = _said(event)
    kind = event.kind.replace("_", " ")
    return f"{moment_words(event.at)}, {kind}" + (f": {said}" if said else "")


def _said(event: Event) -> str:
    write = _WRITE.get(event.kind)
    if write is None:
        return ""
    said = ", ".join(str(each) for each in write(event) if each)
    return said if event.kind in _HOLDS_AN_ID else said.replace("_", " ")


def _yes(held: bool | None, yes: str, no: str = "") -> str:
    return yes if held else no


def _contraception(event: Any) -> list[str]:
    if not event.methods:
        return ["abstinence", _yes(event.agreed_by_prescriber, "agreed by prescriber")]
    return [f"{each.method} since {each.since}" for each in event.methods]


def _prescription(event: Any) -> list[str]:
    refills = f"{event.refills} refills" if event.refills else ""
    dose = f"{event.daily_dose:g} {event.unit}"
    return [event.prescription_id, dose, f"{event.days} days", refills, event.product or ""]


_HOLDS_AN_ID = (
    "prescriber_agreement",
    "prescription",
    "authorisation",
    "authorisation_reversed",
    "cancel",
    "return_to_stock",
    "dispense",
)
_WRITE: Mapping[str, Callable[[Any], list[Any]]] = {
    "pregnancy_category": lambda e: [
        _yes(e.can_become_pregnant, "can become pregnant", "cannot become pregnant"),
        e.reason,
    ],
    "diagnosis": lambda e: [e.severity, _yes(e.scarring, "scarring"), _yes(e.distress, "distress")],
    "prior_treatment": lambda e: [e.treatment, e.outcome],
    "condition": lambda e: [e.condition, e.status],
    "allergy": lambda e: [e.substance],
    "medicine": lambda e: [e.name, e.status, e.route],
    "history_review": lambda e: list(e.topics),
    "weight": lambda e: [f"{e.value:g} {e.unit}"],
    "enrolment": lambda e: [e.who, _yes(e.active, "active", "not active")],
    "consent": lambda e: [e.form, _yes(e.by_guardian, "with a guardian")],
    "comprehension": lambda e: [_yes(e.passed, "passed", "not passed")],
    "cycle": lambda e: [_yes(e.regular, "regular", "not regular")],
    "pregnancy_test": lambda e: [e.result, e.specimen, e.setting],
    "contraception": _contraception,
    "severity": lambda e: [f"{e.scale} {e.score:g}"],
    "lab": lambda e: [f"{e.test} {e.value:g} {e.unit}"],
    "questionnaire": lambda e: [
        f"{e.instrument} {e.score}",
        "" if e.item_9 is None else f"item 9: {e.item_9}",
    ],
    "mental_health": lambda e: [f"concern {e.concern}" if e.assessed else "not assessed"],
    "sexual_function": lambda e: [_yes(e.concern, "a concern", "no concern")],
    "symptom": lambda e: [e.symptom, f"grade {e.grade}"],
    "visit": lambda e: [e.mode, e.role],
    "prescriber_agreement": lambda e: [e.prescriber, e.role],
    "prescription": _prescription,
    "authorisation": lambda e: [
        e.number,
        "" if e.do_not_dispense_after is None else f"not after {e.do_not_dispense_after}",
    ],
    "authorisation_reversed": lambda e: [e.number],
    "cancel": lambda e: [e.prescription_id],
    "return_to_stock": lambda e: [e.prescription_id],
    "dispense": lambda e: [e.prescription_id, f"{e.days} days"],
    "taken": lambda e: [f"{e.daily_dose:g} {e.unit}"],
    "patient_report": lambda e: [e.what],
    "stop": lambda e: [e.reason],
    "relapse": lambda e: [e.definition],
}
