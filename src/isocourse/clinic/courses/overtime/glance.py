"""The latest findings at a glance: each with its day, the one before, and the limits it reaches.

It says how a value lies beside the limits that the page "Over time" draws. What follows from it is
said by the alerts and verdicts of the rules, and by nothing here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from isocourse.clinic.courses.overtime.axes import number
from isocourse.clinic.courses.overtime.counted import counted
from isocourse.clinic.courses.overtime.drawing import Chart, Line
from isocourse.clinic.courses.overtime.findings import Found
from isocourse.clinic.log.reading import Held
from isocourse.course.edition import rules_in_force


@dataclass(frozen=True, slots=True)
class Latest:
    """One finding as it was last."""

    what: str
    value: str
    day: date
    before: str
    reached: str
    """The highest limit that the value reaches, in words; empty without one."""
    next_limit: str
    """The lowest limit that it does not reach; empty without one."""


def latest(held: Held, on: date) -> list[Latest]:
    """Blood, lesions and scores as they were last, at the end of a day."""
    rules = rules_in_force(held.course.place, on, held.course.clinic.rules)
    found = Found(counted(held, on), held.zone, rules)
    skin = [found.lesions(), *found.scores()]
    charts = [*found.labs(), *(each for each in skin if each)]
    return [row for chart in charts for row in _rows(chart)]


def _rows(chart: Chart) -> Iterator[Latest]:
    """One row for each line of a picture: a blood test has one, lesions have three."""
    for line in chart.lines:
        if line.points:
            yield _row(chart, line, alone=len(chart.lines) == 1)


def _row(chart: Chart, line: Line, alone: bool) -> Latest:
    last = line.points[-1]
    limits = sorted(chart.limits, key=lambda each: each.value)
    reached = [each for each in limits if last.value >= each.value]
    ahead = [each for each in limits if last.value < each.value]
    return Latest(
        what=chart.title if alone else str(line.name),
        value=_said(last.value, chart),
        day=last.day,
        before=_said(line.points[-2].value, chart) if line.points[1:] else "",
        reached=f"{reached[-1].said}: {reached[-1].words}" if reached else "",
        next_limit=ahead[0].said if ahead else "",
    )


def _said(value: float, chart: Chart) -> str:
    """A value with its unit; of a score, with its top."""
    if chart.most is not None:
        return _("%(score)s of %(top)s") % {"score": number(value), "top": number(chart.most)}
    return f"{number(value)} {chart.unit}" if len(chart.lines) == 1 else number(value)
