"""Six weeks on a small calendar: what was done, what is due or may be done, and open windows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.courses.telling import moment
from isocourse.course import Window
from isocourse.course.answers import Task

_WEEKS_BEFORE, _WEEKS = 2, 6
_SHOWN = {
    "lab": _("blood"),
    "pregnancy_test": _("test"),
    "visit": _("visit"),
    "prescription": _("prescribed"),
    "authorisation": _("authorised"),
    "dispense": _("handed over"),
    "stop": _("stopped"),
}


@dataclass
class Day:
    """A day with what it holds."""

    date: date
    today: bool = False
    window: bool = False
    closes: bool = False
    done: list[Promise] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    """What may be done from this day on, where it is due or closes later."""


def _cell(day: Day, today: date, first: bool) -> SafeString:
    """The day as it is drawn; made here because there are six weeks of them on a page."""
    looks = [name for name, is_so in (("today", day.today), ("window", day.window)) if is_so] + (
        ["past-day"] if day.date < today else []
    )
    month = f" {date_format(day.date, 'M')}" if first or day.date.day == 1 else ""
    return format_html(
        '<td class="{}"><span class="number">{}{}</span>{}</td>',
        " ".join(looks),
        day.date.day,
        month,
        format_html_join("", '<span class="{}">{}</span>', _notes(day)),
    )


def _notes(day: Day) -> Iterator[tuple[str, str]]:
    """What stands in the day, each with how it looks."""
    if day.today:
        yield "hidden", f" {_now('today')}"
    if day.closes:
        yield "shut", _now("closes")
    elif day.window:
        yield "hidden", f" {_now('window open')}"
    yield from (("from", f"{_now('from here:')} {each}") for each in day.opens)
    yield from (("must", each) for each in day.due)
    yield from (("did", str(each)) for each in day.done)


def drawn(held: list[list[Day]], today: date) -> list[SafeString]:
    """The weeks as rows of a table."""
    first = held[0][0]
    return [
        format_html(
            "<tr>{}</tr>",
            format_html_join("", "{}", ((_cell(day, today, day is first),) for day in week)),
        )
        for week in held
    ]


def weeks(
    windows: Iterable[Window],
    due: Iterable[Task],
    events: Iterable[Mapping[str, Any]],
    zone: ZoneInfo,
    today: date,
) -> list[list[Day]]:
    """The weeks around today, each from Monday to Sunday."""
    first = today - timedelta(days=today.weekday() + 7 * _WEEKS_BEFORE)
    days = {first + timedelta(days=n): Day(first + timedelta(days=n)) for n in range(7 * _WEEKS)}
    days[today].today = True
    for window in windows:
        _mark(days, window, zone)
    for event in events:
        at = moment(event["at"], zone)
        on = days.get(at.date() if hasattr(at, "date") else at)
        did = _SHOWN.get(event["kind"])
        if on is not None and did is not None and did not in on.done:
            on.done.append(did)
    for task in due:
        _mark_task(days, task, zone)
    ordered = list(days.values())
    return [ordered[n : n + 7] for n in range(0, len(ordered), 7)]


def _mark_task(days: Mapping[date, Day], task: Task, zone: ZoneInfo) -> None:
    """The day on which a task is due, and the one from which it may be done."""
    name = task.task.replace("_", " ")
    if task.due is not None and task.due in days:
        days[task.due].due.append(name)
    opens = task.opens.astimezone(zone).date() if task.opens else None
    if opens is not None and opens in days and opens != task.due:
        days[opens].opens.append(name)


def _mark(days: Mapping[date, Day], window: Window, zone: ZoneInfo) -> None:
    opens, closes = window.opens.astimezone(zone).date(), window.closes.astimezone(zone).date()
    for each in days.values():
        if opens <= each.date <= closes:
            each.window = True
            each.closes = each.date == closes
