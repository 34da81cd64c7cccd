"""What a clinic can do on a day, as events that have not happened.

They are laid over the log to ask the rules what would then hold. Nothing of them is recorded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from isocourse.course.edition import InForce
from isocourse.events import Contraception, Course, Event, Prescription
from isocourse.facts import Established
from isocourse.words.days import day_number
from isocourse.words.tokens import CONSENT_FORMS, ENROLLED, HISTORY_TOPICS

SUPPOSES = (
    "Every pregnancy test is negative and is done in a laboratory or clinic.",
    "Nothing new is found at the visit, and contraception goes on as recorded.",
    "Forms, counselling and questions that are missing are done at the visit, face to face.",
    "Where there is a registry, it gives its word on the day of the hand-over.",
    "The patient takes the capsules as supplied.",
)
_DERMATOLOGIST = "dermatologist"


@cache
def _events() -> TypeAdapter[Any]:
    return TypeAdapter(Event)


def event(nth: int, kind: str, at: date, /, **said: Any) -> Event:
    """An event that is only supposed."""
    made: Event = _events().validate_python(
        {"id": f"supposed-{nth}", "kind": kind, "at": at.isoformat(), **said}
    )
    return made


@dataclass(frozen=True, slots=True)
class Habits:
    """What the record says of how this patient is treated, to go on in the same way."""

    facts: Mapping[str, int | None]
    methods: tuple[str, ...]
    daily_dose: float
    days: int
    role: str
    first_test_missing: bool
    period_rule: bool


def habits(course: Course, known: Established, rules: InForce, until: date) -> Habits:
    """How this patient is treated, by the newest records up to a day."""
    held = [e for e in course.events if day_number(_day(e.at)) <= day_number(until)]
    written = [e for e in held if isinstance(e, Prescription)]
    used = [e for e in held if isinstance(e, Contraception)]
    newest = max(written, key=lambda e: str(e.at), default=None)
    contraception = max(used, key=lambda e: str(e.at), default=None)
    facts = known.facts
    first = bool(rules.value("pregnancy.two_tests")) and not facts["begun"]
    return Habits(
        facts=facts,
        methods=_entered(contraception),
        daily_dose=newest.daily_dose if newest else rules.value("supply.planned_daily_dose"),
        days=newest.days if newest else rules.value("supply.planned_supply_days"),
        role=(newest.role if newest else None) or _DERMATOLOGIST,
        first_test_missing=first and facts["days_since_negative_test"] is None,
        period_rule=first and facts["cycle_regular"] != 0,
    )


def _day(at: Any) -> date:
    return date(at.year, at.month, at.day)


def _entered(contraception: Contraception | None) -> tuple[str, ...]:
    if contraception is None:
        return ()
    if contraception.abstinence:
        return ("abstinence",)
    return tuple(each.method for each in contraception.methods or ())


def visit(habits: Habits, number: int, visit_on: date, test_on: date) -> Iterator[Event]:
    """The visit with all that is done at it, and the test before it."""
    yield event(number, "visit", visit_on, mode="in_person", role=habits.role)
    yield event(number + 1, "mental_health", visit_on, assessed=True, concern="none")
    yield event(number + 2, "sexual_function", visit_on, assessed=True, concern=False)
    yield event(number + 3, "counselling", visit_on)
    entered = {"contraception": list(habits.methods)} if habits.methods else {}
    yield event(number + 4, "comprehension", visit_on, passed=True, **entered)
    if habits.facts["can_become_pregnant"]:
        yield _test(number + 5, test_on)
        if habits.period_rule:
            yield event(number + 6, "menses", test_on)
    yield event(number + 7, "prescription", visit_on, **_prescription(habits, number, test_on))


def _test(number: int, on: date) -> Event:
    return event(
        number, "pregnancy_test", on, result="negative", specimen="serum", setting="laboratory"
    )


def _prescription(habits: Habits, number: int, test_on: date) -> dict[str, Any]:
    return {
        "prescription_id": f"supposed-rx-{number}",
        "certified_on": test_on.isoformat(),
        "daily_dose": habits.daily_dose,
        "unit": "mg/day",
        "doses_per_day": 2,
        "days": habits.days,
        "role": habits.role,
    }


def word(number: int, on: date, prescription: str) -> Event:
    """The registry's word on a prescription."""
    return event(
        number, "authorisation", on, number=f"supposed-{number}", prescription_id=prescription
    )


def paperwork(habits: Habits, number: int, on: date) -> Iterator[Event]:
    """Forms and enrolments that are missing, the history, and the first of two tests."""
    facts = habits.facts
    for place, form in enumerate(CONSENT_FORMS):
        yield event(number + place, "consent", on, form=form, by_guardian=True)
    for place, who in enumerate(ENROLLED, start=number + len(CONSENT_FORMS)):
        if facts[f"{who}_enrolled"] is None:
            yield event(place, "enrolment", on, who=who, active=True)
    number += len(CONSENT_FORMS) + len(ENROLLED)
    yield event(number, "history_review", on, topics=list(HISTORY_TOPICS))
    if facts["cycle_regular"] is None and habits.period_rule:
        yield event(number + 1, "cycle", on, regular=True)
    if habits.first_test_missing and facts["can_become_pregnant"]:
        yield _test(number + 2, on)
