"""Handing over: once, in one transaction, under a lock on the course, only while the gate is open.

Two desks at the same instant: the second waits for the lock, reads the first one's hand-over and
is refused. Were the lock to fail, the database would still keep the act unique.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from isocourse import __version__
from isocourse.clinic.log.models import Course, Form
from isocourse.clinic.log.reading import Held
from isocourse.clinic.log.recording import Pen, Writer, add, once_only, writing
from isocourse.course import Answer, Assessment, assess
from isocourse.events import Dispense, Prescription, Retract


class Closed(Exception):
    """The gate is shut; holds the answer with its reasons."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(f"dispense: {answer.verdict}")


class AlreadyHandedOver(Exception):
    """Somebody else has just handed this prescription over."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What is handed over."""

    prescription_id: str
    days: int
    capsules: tuple[Mapping[str, Any], ...] = field(default=())

    def said(self) -> dict[str, Any]:
        """The same in the words of a course file."""
        packs = {"capsules": [dict(each) for each in self.capsules]} if self.capsules else {}
        return {"prescription_id": self.prescription_id, "days": self.days, **packs}


def newest(held: Held) -> Prescription | None:
    """The prescription written last, of those that were not recorded in error."""
    events = held.as_read.events
    void = {each.event for each in events if isinstance(each, Retract)}
    kept = [each for each in events if isinstance(each, Prescription) and each.id not in void]
    return max(kept, key=lambda each: _order(held, each), default=None)


def _order(held: Held, written: Prescription) -> tuple[date, float, int]:
    """In time; a plain day comes before its hours; of one time the higher dose is the newest."""
    at, dose = written.at, written.daily_micrograms
    if isinstance(at, datetime):
        return at.astimezone(held.zone).date(), at.timestamp(), dose
    return at, 0.0, dose


def hand_over(course: Course, writer: Writer, supply: Supply) -> Assessment:
    """Record that capsules were handed over; what was decided, and on what, is kept with it.

    Raises Closed when the gate is not open, AlreadyHandedOver when it was done a moment ago.
    """
    try:
        with transaction.atomic(), writing(course, writer) as pen:
            return give(pen, supply)
    except IntegrityError as error:
        raise AlreadyHandedOver(str(error)) from None


def give(pen: Pen, supply: Supply) -> Assessment:
    """The same on a course that is already locked."""
    held = pen.held
    before = [each for each in held.as_read.events if isinstance(each, Dispense)]
    done = sum(each.prescription_id == supply.prescription_id for each in before)
    at = pen.at.astimezone(held.zone)
    found = assess(held.as_read, at, settings=held.course.clinic.rules)
    answer = found.actions["dispense"]
    written = newest(held)
    if written is None or written.prescription_id != supply.prescription_id:
        raise AlreadyHandedOver("a newer prescription stands in the place of this one")
    if answer.verdict == "not_applicable" and done:
        raise AlreadyHandedOver("this prescription was handed over")
    if answer.verdict != "allowed":
        raise Closed(answer)
    once = once_only(held.course, "dispense", supply.prescription_id, done + 1)
    event = {"kind": "dispense", "at": at.isoformat(), **supply.said()}
    (kept,) = add(pen, [event], once)
    pen.write(Form.DECISION, decision("dispense", found, kept["id"]))
    return found


def decision(action: str, found: Assessment, led_to: str) -> dict[str, Any]:
    """What was decided: the answer, the rules and the release it rests on, and the facts."""
    said = found.json()
    return {
        "action": action,
        "led_to": led_to,
        "release": __version__,
        "at": said["at"],
        "settings": said["settings"],
        "rules_in_force": said["rules_in_force"],
        "answer": said["actions"][action],
        "facts": said["facts"],
        "windows": said["windows"],
    }
