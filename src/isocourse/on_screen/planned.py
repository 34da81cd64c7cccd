"""The plan command: the hand-overs of the coming two months as pages or as JSON."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from rich.console import RenderableType
from rich.text import Text

from isocourse.course import NoValue, Reason
from isocourse.course.planning import HandOver, Plan, Span, plan
from isocourse.events import Course
from isocourse.on_screen import given
from isocourse.on_screen.asking import Question, write_json
from isocourse.on_screen.paper import (
    QUIET,
    date_words,
    day_words,
    heading,
    indented,
    labelled,
    line,
    marked,
    moment_words,
    paper,
    text,
    title,
)
from isocourse.on_screen.refused import Refused, plural
from isocourse.on_screen.titles import titles_in_a_row

_LAWFUL, _BEST, _NONE = "▫", "◆", "·"
_DAY = timedelta(days=1)


def answer(names: Sequence[str], question: Question, as_json: bool) -> None:
    """Write the plan of every file, or nothing when one cannot be used."""
    given.named_once(names)
    found = given.every(lambda name: _plan_of(name, question), names)
    if as_json:
        write_json(each.json() for _, each in found)
        return
    console = paper()
    for number, (_, each) in enumerate(found):
        if number:
            console.print()
        for part in _parts(each):
            console.print(part)


def _plan_of(name: str, question: Question) -> tuple[Course, Plan]:
    course = given.course_in(name)
    at = question.today(course.zone) if question.at is None else question.at
    try:
        return course, plan(course, at, settings=question.settings)
    except NoValue as none:
        raise Refused(f"{given.shown_name(name)}: {none}") from None


def _parts(made: Plan) -> Iterator[RenderableType]:
    yield title(f"Plan of {made.course_id}")
    yield text(f"From {moment_words(made.at)} until {day_words(made.until)}.")
    yield _supply(made)
    for each in made.hand_overs:
        yield from _hand_over(each, _first_day(made))
    if not made.hand_overs:
        yield heading("No hand-over is lawful in these two months, whatever is done")
        yield from (_reason(each) for each in made.stops)
    yield heading("Supposed")
    yield from (marked("advises", text(each, QUIET)) for each in made.supposes)


def _first_day(made: Plan) -> date:
    return made.at.date() if isinstance(made.at, datetime) else made.at


def _supply(made: Plan) -> Text:
    until = made.supplied_until
    if until is None:
        return text("No capsules were handed over yet.")
    left = (until - _first_day(made)).days
    if left >= 0:
        return text(f"Capsules last until {day_words(until)}: {plural(left, 'day')} after today.")
    return line((f"Capsules ran out on {day_words(until)}.", "bold yellow"))


def _hand_over(each: HandOver, today: date) -> Iterator[RenderableType]:
    where = "on the prescription there is" if each.written else "on a new prescription"
    yield heading(f"Hand-over {where}, {plural(each.days, 'day')}")
    yield indented(labelled(_rows(each)))
    yield indented(_strip(each.pick_up, today))
    if each.gap_days:
        gap = plural(each.gap_days, "day")
        yield marked("warning", line((f"{gap} without capsules before it.", "bold yellow")))
        yield from (_reason(cause) for cause in each.causes)


def _rows(each: HandOver) -> list[tuple[str, RenderableType]]:
    spans = (("test", each.test), ("visit and prescription", each.visit))
    before = [(name, _days(span)) for name, span in spans if span is not None]
    return [*before, ("pick up", _days(each.pick_up))]


def _days(span: Span) -> Text:
    lawful = f"lawful {date_words(span.earliest)} to {date_words(span.last)}"
    return line(("best ", QUIET), (day_words(span.best), "bold green"), (f"  {lawful}", QUIET))


def _strip(span: Span, today: date) -> Text:
    """One sign for each day from today to the last lawful one."""
    strip = Text()
    day = today
    while day <= span.last:
        lawful = day >= span.earliest
        sign = _BEST if day == span.best else _LAWFUL if lawful else _NONE
        strip.append(sign, "bold green" if day == span.best else "green" if lawful else "dim")
        day += _DAY
    return strip


def _reason(reason: Reason) -> RenderableType:
    return marked(
        reason.effect, text(reason.sentence), line((titles_in_a_row(reason.cites), QUIET))
    )
