"""An assessment on one page: who, where in the course, three verdicts, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from isocourse import evidence
from isocourse.course import Answer, Assessment
from isocourse.course.assessing import day_asked
from isocourse.events import Course
from isocourse.on_screen import beside
from isocourse.on_screen.dose import dose_lines
from isocourse.on_screen.happened import events_of
from isocourse.on_screen.paper import (
    MARKS,
    PLACES,
    QUIET,
    WIDE,
    date_words,
    heading,
    indented,
    line,
    marked,
    moment_words,
    text,
    title,
)
from isocourse.on_screen.reasons import Spoken, advising, spoken, stopping
from isocourse.on_screen.refused import plural
from isocourse.on_screen.titles import PROVISIONAL
from isocourse.on_screen.windows import window_part

_STAGES = {
    "screening": "Screening, before treatment",
    "ready": "Ready to start",
    "on_treatment": "On treatment",
    "paused": "Paused: no capsules left",
    "finished": "Finished, precautions go on",
    "stopped_early": "Stopped early",
    "follow_up": "Follow-up after the course",
    "relapsed": "Relapsed",
    "pregnant": "Pregnancy or a positive test: everything is closed",
}
_WHY_NOT = {"start": "treatment has begun", "dispense": "no prescription is open"}
_ELIGIBLE = {
    "eligible": "eligible for isotretinoin here",
    "not_eligible": "not eligible for isotretinoin here",
    "unknown": "eligibility cannot be told from the record",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A course with its assessment, and what else stands on its page."""

    course: Course
    assessment: Assessment
    note: str = ""  # said beside the moment asked
    brief: bool = False  # without patient, events and footer
    every_tip: bool = False


def show(console: Console, page: Page) -> None:
    """Write the page of an assessment."""
    for part in _parts(page, console.width >= WIDE and console.is_terminal):
        console.print(part)


def _parts(page: Page, side_by_side: bool) -> Iterator[RenderableType]:
    assessment = page.assessment
    said = spoken(assessment)
    if not page.brief:
        yield title(assessment.course_id)
        yield _patient(page)
    yield _asked(page)
    yield Text()
    yield _panels(assessment) if side_by_side else _rows(assessment)
    yield _eligibility(assessment.eligibility)
    yield from beside.alerts(assessment, page.brief)
    yield from _windows(page)
    if not page.brief:
        yield from _dose(assessment)
    yield from _stops(page, [each for each in said if each.reason.stops])
    yield from _advice(page, [each for each in said if not each.reason.stops])
    yield from beside.due(assessment, day_asked(page.course, assessment.at))
    yield from beside.timeline(assessment, page.brief, page.every_tip)
    if not page.brief:
        yield from _not_looked_at(assessment)
        yield from _footer(page, said)


def _patient(page: Page) -> Text:
    """Who it is, as far as the rules care."""
    facts = page.assessment.facts
    weight = facts.get("weight_kg")
    parts = [
        f"{facts['age_years']} years" if "age_years" in facts else "",
        page.course.patient.sex if page.course.patient.sex != "unknown" else "sex not recorded",
        _category(facts),
        "weight not recorded" if weight is None else f"{weight:g} kg",
        PLACES[page.course.place],
    ]
    return text(" · ".join(each for each in parts if each))


def _category(facts: Mapping[str, object]) -> str:
    if "pregnancy_category" not in facts:
        return "taken as able to become pregnant, as nothing else is recorded"
    able = facts.get("can_become_pregnant")
    return "can become pregnant" if able else "cannot become pregnant"


def _asked(page: Page) -> Text:
    assessment = page.assessment
    asked = f" · asked for {moment_words(assessment.at)}"
    known = assessment.known_at
    return line(
        (_STAGES[assessment.stage], "bold"),
        asked,
        f", as known on {moment_words(known)}" if known else "",
        (f" ({page.note})" if page.note else "", QUIET),
    )


def _why(action: str, answer: Answer) -> str:
    """The short word under a verdict."""
    if answer.verdict == "not_applicable":
        return _WHY_NOT.get(action, "")
    stops = sum(each.effect == "blocks" for each in answer.reasons)
    lacks = sum(each.effect == "unknown" for each in answer.reasons)
    said = [plural(stops, "reason")] if stops else []
    said += [f"{lacks} not recorded"] if lacks else []
    return ", ".join(said) or "nothing stops it"


def _panels(assessment: Assessment) -> Table:
    """The three verdicts side by side."""
    grid = Table.grid(expand=True, padding=(0, 1))
    for _ in assessment.actions:
        grid.add_column(ratio=1)
    grid.add_row(*(_panel(action, answer) for action, answer in assessment.actions.items()))
    return grid


def _panel(action: str, answer: Answer) -> Panel:
    mark = MARKS[answer.verdict]
    said = Group(
        Align.center(Text(f" {mark.symbol} {mark.word} ", mark.label)),
        Align.center(text(_why(action, answer), QUIET)),
    )
    return Panel(said, title=Text(action.capitalize(), "bold"), border_style=mark.ink)


def _rows(assessment: Assessment) -> Table:
    """The three verdicts one under the other, for narrow terminals and for plain text."""
    grid = Table.grid(padding=(0, 2))
    for action, answer in assessment.actions.items():
        mark = MARKS[answer.verdict]
        label = Text(f" {mark.symbol} {mark.word} ", mark.label)
        grid.add_row(Text(action.capitalize(), "bold"), label, text(_why(action, answer), QUIET))
    return grid


def _eligibility(answer: Answer) -> Table:
    return marked(answer.verdict, line((_ELIGIBLE[answer.verdict].capitalize(), "")))


def _windows(page: Page) -> Iterator[RenderableType]:
    assessment, events = page.assessment, events_of(page.course)
    if assessment.windows:
        yield heading("Window" if len(assessment.windows) == 1 else "Windows")
    for each in assessment.windows:
        stopped = assessment.actions[each.what].verdict in ("blocked", "unknown")
        yield indented(window_part(each, assessment.at, events.get(each.because), stopped))


def _dose(assessment: Assessment) -> Iterator[RenderableType]:
    yield heading("Dose")
    for each in dose_lines(assessment.dose):
        yield indented(text(each))


def _stops(page: Page, said: list[Spoken]) -> Iterator[RenderableType]:
    events = events_of(page.course)
    blocking = [each for each in said if each.reason.effect == "blocks"]
    unknown = [each for each in said if each.reason.effect == "unknown"]
    for words, reasons in (("What stops it", blocking), ("What is not recorded", unknown)):
        if reasons:
            yield heading(words)
        for number, each in enumerate(reasons):
            yield from [Text()] * (number > 0 and not page.brief)
            yield stopping(each, events, page.brief)


def _advice(page: Page, said: list[Spoken]) -> Iterator[RenderableType]:
    if said:
        yield heading("Advice (stops nothing)")
    for each in said:
        yield advising(each, page.brief)


def _not_looked_at(assessment: Assessment) -> Iterator[RenderableType]:
    if assessment.not_looked_at:
        yield heading("Not looked at: no rule here reads these words; weigh them yourself")
    for each in assessment.not_looked_at:
        kind = str(each["kind"]).replace("_", " ")
        yield marked("advises", text(f"{kind}: {each['word']} ({each['event']})"))


def _footer(page: Page, said: list[Spoken]) -> Iterator[RenderableType]:
    assessment = page.assessment
    ruling = [
        f"{evidence.source(key).title} (since {date_words(since)})"
        for key, since in assessment.rules_in_force
    ]
    yield Text()
    yield text(f"Rules in force: {'; '.join(ruling)}.", QUIET)
    if assessment.settings != "default":
        yield text(f"Settings of this clinic: {assessment.settings}.", QUIET)
    if any(each.reason.provisional for each in said):
        yield line(
            (PROVISIONAL, "yellow"),
            (": its source could not be read in full; it binds in its safer reading.", QUIET),
        )
    yield text(
        "isocourse supports licensed clinicians. It does not replace a registry's authorisation.",
        QUIET,
    )
