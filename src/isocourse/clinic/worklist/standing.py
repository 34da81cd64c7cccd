"""Where a course stands, in one row: the engine's answers, put in order for a list.

Nothing clinical is decided here. The state is a name for the combination of answers that the
engine gave, so that courses can be counted and found by it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Head
from isocourse.clinic.log.reading import Held, read_at
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.patients.reading import Word, unread
from isocourse.clinic.supply import outages
from isocourse.clinic.worklist.models import NEVER, Standing
from isocourse.course import Assessment, assess
from isocourse.course.answers import Alert
from isocourse.rules.book import HARMS

stood = Signal()
"""Sent with what was read and found, in the transaction that keeps it: what else hangs on it."""

NOW, HARM = 3, 4
URGENCY = {"now": NOW, "soon": 2, "note": 1}
_BY_STAGE = {
    "pregnant": "pregnant",
    "relapsed": "relapsed",
    "stopped_early": "stopped",
    "finished": "finished",
    "follow_up": "follow_up",
}
_WAITING = {"pregnancy_test", "window", "contraception", "comprehension", "counselling"}


def assessed(held: Held, at: datetime | None = None) -> Assessment:
    """The course as it stands at a moment, under the settings of its clinic."""
    moment = (at or clock.now()).astimezone(held.zone)
    return assess(held.as_read, moment, settings=held.course.clinic.rules)


def stand(course: Course) -> Standing | None:
    """Make the row of a course anew; without one when the person was forgotten."""
    if getattr(course, "key", None) is None:
        Standing.objects.filter(course=course).delete()
        return None
    with transaction.atomic():
        # Locked first, as by who records: else each might hold what the other waits for.
        head = Head.objects.select_for_update().filter(course=course).first()
        held = read_at(course, head)
        found = assessed(held)
        row = _row(held, found)
        Standing.objects.update_or_create(course=course, defaults=row)
        stood.send(Course, held=held, found=found)
    return Standing(course=course, **row)


def _row(held: Held, found: Assessment) -> dict[str, Any]:
    at = found.at
    assert isinstance(at, datetime)  # noqa: S101
    closes = _closes(found, at)
    due = min((each.due for each in found.due if each.due), default=None)
    waits, wrote = outages.waiting(held), unread(held)
    return {
        "clinic_id": held.course.clinic_id,
        "code": held.course.code,
        "assessed_on": at.date(),
        "state": state(found, closes),
        "stage": found.stage,
        "dispense": found.actions["dispense"].verdict,
        "prescribe": found.actions["prescribe"].verdict,
        "urgency": max(
            [*map(_urgency, found.alerts), *([URGENCY["soon"]] if wrote else [])], default=0
        ),
        "closes": closes,
        "due": due,
        "until": closes or NEVER,
        "due_by": due or NEVER.date(),
        "week": found.timeline.week or 0,
        "waits_since": min((each.tried_at for each in waits), default=None),
        "body": Cipher(held.course.key).closed(_why(found) | _waits(waits) | _wrote(wrote)),
    }


def _urgency(alert: Alert) -> int:
    """A harm that is there or feared stands above a window that closes."""
    harm = alert.urgency == "now" and alert.topic in HARMS
    return HARM if harm else URGENCY[alert.urgency]


def _why(found: Assessment) -> dict[str, Any]:
    """What stops, what alerts and what is due, each by the rule that says so."""
    action = "dispense" if found.actions["dispense"].verdict != "not_applicable" else "prescribe"
    stops = [each for each in found.actions[action].reasons if each.stops]
    return {
        "action": action,
        "stops": [[each.topic, each.sentence] for each in stops[:6]],
        "alerts": [[each.urgency, each.topic, each.sentence] for each in found.alerts[:8]],
        "due": [[each.topic, _day(each.due), each.sentence] for each in found.due[:6]],
    }


def _waits(waits: Sequence[outages.Outage]) -> dict[str, Any]:
    """What was tried of a registry that could not be reached, where it still waits."""
    return {"waits": [outages.told(each) for each in waits]} if waits else {}


def _wrote(words: Sequence[Word]) -> dict[str, Any]:
    """What the patient sent that nobody has read yet, the newest first."""
    return {"wrote": [each.text for each in words[:3]], "unread": len(words)} if words else {}


def _day(due: date | None) -> str | None:
    return due.isoformat() if due else None


def _closes(found: Assessment, at: datetime) -> datetime | None:
    """When the window in which capsules may be handed over closes, if one is open or ahead."""
    ends = [w.closes for w in found.windows if w.what == "dispense" and w.closes >= at]
    return min(ends, default=None)


def state(found: Assessment, closes: datetime | None) -> str:
    """The name of where a course stands."""
    at = found.at
    dispense, prescribe = found.actions["dispense"], found.actions["prescribe"]
    if found.stage in _BY_STAGE and dispense.verdict != "allowed":
        return _BY_STAGE[found.stage]
    if dispense.verdict == "allowed":
        assert isinstance(at, datetime)  # noqa: S101
        today = closes is not None and closes.astimezone(at.tzinfo).date() == at.date()
        return "closing" if today else "allowed"
    stopped = {each.topic for each in prescribe.reasons if each.stops}
    if found.stage in ("screening", "ready"):
        return _before_the_first_dose(found, stopped)
    if dispense.verdict in ("blocked", "unknown"):
        return "blocked"
    return "paused" if found.stage == "paused" else "on_treatment"


def _before_the_first_dose(found: Assessment, stopped: set[str]) -> str:
    if found.actions["dispense"].verdict in ("blocked", "unknown"):
        return "blocked"
    if not stopped:
        return "ready"
    return "waiting" if stopped <= _WAITING else "new"
