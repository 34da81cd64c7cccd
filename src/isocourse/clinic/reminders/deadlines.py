"""The days of a course that concern the patient, as the engine gives them; nothing is added.

A deadline is a task of the rules that the patient takes part in. Where a task is due at once, it
is due today and goes on being so: the day on which it was first found stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.clinic.courses.harm import harmed
from isocourse.clinic.log.sealing import named
from isocourse.clinic.reminders.timing import times
from isocourse.course import Assessment
from isocourse.course.answers import Task

QUIET = "pregnant"
"""The stage in which no mail is right: the team speaks with the patient."""
GOING_ON = ("on_treatment", "paused")
"""Before and after treatment the rules themselves name every day."""
PLANNED = ("plan.test", "plan.visit")
"""What stands for a rule where a day comes from the planner."""


@dataclass(frozen=True, slots=True)
class Day:
    """A deadline as it stands now: from when, and by which day, what the rules name so."""

    rule: str
    task: str
    opens: date | None
    last: date
    at_once: bool  # due today, and without a day of its own

    def said(self) -> dict[str, Any]:
        """The same as it is kept."""
        opens = self.opens and self.opens.isoformat()
        return {
            "rule": self.rule,
            "task": self.task,
            "opens": opens,
            "last": self.last.isoformat(),
            "at_once": self.at_once,
        }


def read(said: dict[str, Any]) -> Day:
    """A deadline from what is kept of it."""
    opens = said["opens"] and date.fromisoformat(said["opens"])
    return Day(said["rule"], said["task"], opens, _day(said["last"]), said["at_once"])


def _day(text: str) -> date:
    return date.fromisoformat(text)


def deadlines(found: Assessment, zone: ZoneInfo, today: date) -> dict[str, Day]:
    """The deadlines of a course by the rule that sets them.

    While harm is feared none of them carries treatment on; a test is still due.
    """
    if found.stage == QUIET:
        return {}
    shut = times().carries_on if harmed(found) else frozenset()
    held = (task for task in found.due if task.task not in shut)
    return {day.rule: day for task in held for day in _of(task, zone, today)}


def _of(task: Task, zone: ZoneInfo, today: date) -> Iterator[Day]:
    if task.task not in times().kinds:
        return
    closes = task.closes.astimezone(zone).date() if task.closes else None
    opens = task.opens.astimezone(zone).date() if task.opens else None
    last = closes if closes is not None else task.due
    if last is None:
        return
    at_once = closes is None and last <= today
    yield Day(task.rule, task.task, opens, max(last, today) if at_once else last, at_once)


def settled(was: Day, now: Day, today: date) -> Day:
    """A deadline found again, with what stays from when it was first found."""
    if was.at_once and now.at_once:
        return was  # due at once, and still: since the day on which it was found
    if was.opens and now.opens and was.opens < now.opens <= today:
        return replace(now, opens=was.opens)  # open since then; a plan begins today at the earliest
    return now


@dataclass(frozen=True, slots=True)
class Notice:
    """One reminder of a deadline: on which day it is sent, and until when it makes sense."""

    which: str  # opens, last, over or now
    on: date
    last: date
    useful: date  # the last day on which it may still be sent

    def said(self) -> dict[str, Any]:
        """What the mail is made of."""
        return {"which": self.which, "last": self.last.isoformat()}


def notices(day: Day) -> list[Notice]:
    """The reminders of a deadline, at most one for a day."""
    return list({each.on: each for each in _notices(day)}.values())


def _notices(day: Day) -> Iterator[Notice]:
    table, kind = times(), times().kinds[day.task]
    if day.at_once:
        on = day.last + table.at_once
        yield Notice("now", on, day.last, on + table.useful)
        return
    if kind.opens and day.opens is not None:
        yield Notice("opens", day.opens, day.last, day.last)
    for before in kind.days_before:
        on = day.last - timedelta(days=before)
        if before < 0:
            yield Notice("over", on, day.last, on + table.useful)
        else:
            yield Notice("last", max(on, day.opens or on), day.last, day.last)


def uid_of(code: str, rule: str, number: int) -> str:
    """The name of a deadline for good, which tells nothing."""
    return named("deadline", code, rule, number)
