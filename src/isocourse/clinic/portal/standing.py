"""Where a patient stands, as their page says it: never more open than the gate, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from isocourse.clinic.courses.dosage import drawn
from isocourse.clinic.courses.harm import harmed
from isocourse.clinic.portal.daily import daily
from isocourse.clinic.portal.engine import Advice, advice, numbers, phase
from isocourse.clinic.portal.needing import Me
from isocourse.clinic.portal.plain import NOT_YET, OTHERWISE, TASKS, UNTIL
from isocourse.clinic.supply.outages import registry_at
from isocourse.course import Assessment
from isocourse.course.answers import Task
from isocourse.rules.book import HARMS

_AFTER = ("finished", "stopped_early", "follow_up", "relapsed")
_STOPPED = (*_AFTER, "pregnant")
_SAID_BY_THE_BOX = "side_effects.stop_and_call"
_BY_SYMPTOM = "side_effects."


@dataclass(frozen=True, slots=True)
class Step:
    """Something the patient does, with its days."""

    task: str
    label: Promise
    opens: datetime | None
    due: date | None
    closes: datetime | None
    late: bool
    holds: bool  # until its last day
    waits: bool  # its first day has not come
    counts: str  # for how many days a test counts, its own day included


def danger(found: Assessment) -> bool:
    """Whether an alert of harm cannot wait: then no capsule is taken and the team is called."""
    return any(each.urgency == "now" and each.topic in HARMS for each in found.alerts)


def fertile(found: Assessment) -> bool:
    """Whether this person may become pregnant, as far as is known."""
    return found.facts.get("can_become_pregnant") is not False


def capsules(me: Me) -> dict[str, Any]:
    """Whether capsules may be handed over at this moment; what stops, each reason once."""
    found = me.found
    answer = found.actions["dispense"]
    stops = [each.topic for each in answer.reasons if each.stops]
    at = found.at
    assert isinstance(at, datetime)  # noqa: S101
    ends = [each.closes for each in found.windows if each.what == "dispense" and each.closes >= at]
    return {
        "open": answer.verdict == "allowed" and not danger(found),
        "shut": answer.verdict in ("blocked", "unknown") or danger(found),
        "why": [NOT_YET.get(each, OTHERWISE) for each in dict.fromkeys(stops)],
        "closes": min(ends, default=None),
        "registry": registry_at(me.held, at),
    }


def steps(me: Me) -> list[Step]:
    """What the patient does next, by the day on which it should be done."""
    at = me.found.at
    assert isinstance(at, datetime)  # noqa: S101
    shut = {"hand_over"} if danger(me.found) else set()
    held = [_step(each, at) for each in me.found.due if each.task in TASKS.keys() - shut]
    seen: dict[str, Step] = {}
    for each in held:
        seen.setdefault(each.task, each)
    return list(seen.values())


def _step(task: Task, at: datetime) -> Step:
    return Step(
        task=task.task,
        label=TASKS[task.task],
        opens=task.opens,
        due=task.due,
        closes=task.closes,
        late=task.due is not None and task.due < at.date() and task.task not in UNTIL,
        holds=task.task in UNTIL,
        waits=task.opens is not None and task.opens > at,
        counts=numbers(task.rule, task.sentence).get("test_days", ""),
    )


def home(me: Me) -> dict[str, Any]:
    """Everything that the first page shows."""
    found = me.found
    line = found.timeline
    return {
        "found": found,
        "danger": danger(found),
        "phase": phase(line),
        "capsules": capsules(me),
        "steps": steps(me),
        "daily": None if _no_dose(found) else daily(me.held, found.dose),
        "drawn": drawn(found.dose),
        "after": found.stage in _AFTER,
        "fertile": fertile(found),
        "expect": list(_advice(line.expect)),
        "tips": tips(found),
    }


def _no_dose(found: Assessment) -> bool:
    """Whether no dose is told: none is taken, or harm is feared."""
    return found.stage in _STOPPED or harmed(found)


def tips(found: Assessment) -> list[Advice]:
    """The tips that apply, those for a symptom first, without what the box says."""
    said = [each for each in found.timeline.tips if each.rule != _SAID_BY_THE_BOX]
    return list(_advice(sorted(said, key=lambda each: not each.rule.startswith(_BY_SYMPTOM))))


def _advice(tips: Any) -> Iterator[Advice]:
    return (advice(each) for each in tips)
