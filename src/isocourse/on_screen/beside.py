"""What stands beside the verdicts, on screen: alerts, what is due, where in the course."""

from collections.abc import Iterator
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from isocourse.course import Assessment
from isocourse.course.answers import Alert, Task, Tip
from isocourse.on_screen.paper import (
    QUIET,
    date_words,
    day_words,
    heading,
    indented,
    line,
    marked,
    text,
)
from isocourse.on_screen.refused import plural
from isocourse.on_screen.titles import titles_in_a_row

_URGENCIES = {"now": ("NOW", "bold red"), "soon": ("soon", "bold yellow"), "note": ("note", "dim")}
_TIPS_AT_A_GLANCE = 4
_MARKS = {"now": "blocks", "soon": "alerts", "note": "advises"}


def alerts(assessment: Assessment, brief: bool) -> Iterator[RenderableType]:
    """The alerts, the most urgent first, each with what to do."""
    if assessment.alerts:
        yield heading("Alerts")
    for each in assessment.alerts:
        yield _alert(each, brief)


def _alert(alert: Alert, brief: bool) -> RenderableType:
    word, ink = _URGENCIES[alert.urgency]
    said = line((f"{word}: ", ink), (alert.sentence, "bold" if alert.urgency == "now" else ""))
    advice = line(("do: ", QUIET), alert.advice)
    source = line((titles_in_a_row(alert.cites), QUIET))
    return marked(_MARKS[alert.urgency], said, advice, *([] if brief else [source]))


def due(assessment: Assessment, asked: date) -> Iterator[RenderableType]:
    """What is due, by its day; what is overdue says so in words."""
    if assessment.due:
        yield heading("Due")
    for each in assessment.due:
        yield marked("due", _task(each, asked), text(each.sentence, QUIET))


def _task(task: Task, asked: date) -> Text:
    name = task.task.replace("_", " ").capitalize()
    return line((name, "bold"), *_when(task, asked))


def _when(task: Task, asked: date) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    if task.due is not None:
        late = (asked - task.due).days
        word = f"overdue since {day_words(task.due)}" if late > 0 else f"by {day_words(task.due)}"
        parts.append((f"  {'today' if late == 0 else word}", "bold red" if late > 0 else ""))
    if task.opens is not None and task.opens.date() > asked:
        parts.append((f"  not before {date_words(task.opens)}", QUIET))
    if task.closes is not None:
        parts.append((f"  until {date_words(task.closes)} {task.closes:%H:%M}", QUIET))
    return parts


def timeline(
    assessment: Assessment, brief: bool, every_tip: bool = False
) -> Iterator[RenderableType]:
    """Where in the course the patient is, what is normal there, and what helps."""
    where = assessment.timeline
    yield heading("Where in the course")
    week = f"Week {where.week}. " if where.week is not None else ""
    after = where.weeks_after_stop
    since = f"{after} weeks after the stop. " if after is not None else ""
    yield indented(line((week or since, "bold"), where.sentence))
    if not brief:
        yield from (marked("expect", text(each.sentence)) for each in where.expect)
        yield from _tips(where.tips, every_tip)


def _tips(tips: tuple[Tip, ...], every_tip: bool) -> Iterator[RenderableType]:
    """Tips that answer a finding come first; the standing ones are counted unless asked for."""
    if not tips:
        return
    yield heading("For the patient now")
    answering = [each for each in tips if each.topic != "timeline"]
    shown = tips if every_tip else (answering or list(tips))[:_TIPS_AT_A_GLANCE]
    yield from (marked("tips", text(each.sentence)) for each in shown)
    left = len(tips) - len(shown)
    if left:
        yield indented(text(f"{plural(left, 'more tip')}: --tips shows all", QUIET))
