"""The cases command: every worked case run here and now, and each failure in full."""

from collections import Counter

from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from isocourse.course.worked import BadCases, Beside, Case, Outcome, cases, run
from isocourse.on_screen.paper import QUIET, labelled, line, marked, paper, text
from isocourse.on_screen.refused import Refused, closest
from isocourse.rules import TOPICS


def run_cases(topic: str | None) -> bool:
    """Run the cases of a topic, or of all; whether every answer was as expected."""
    chosen = _chosen(topic)
    outcomes = _run(chosen)
    wrong = [each for each in outcomes if not each.as_expected]
    console = paper()
    for each in wrong:
        console.print(_failure(each))
        console.print()
    _count(console, outcomes)
    return not wrong


def _chosen(topic: str | None) -> list[Case]:
    if topic is not None and topic not in TOPICS:
        hint = closest(topic, list(TOPICS))
        raise Refused(f"There is no topic {topic!r}.{hint} Topics: {', '.join(TOPICS)}.")
    try:
        return [each for each in cases().values() if topic in (None, each.topic)]
    except (BadCases, OSError) as error:
        raise Refused(f"The worked cases of this installation cannot be read: {error}") from None


def _run(chosen: list[Case]) -> list[Outcome | Beside]:
    """The outcomes, with a bar on standard error while they are made."""
    shown = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    screen = Console(stderr=True)
    with Progress(*shown, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        return [run(each) for each in bar.track(chosen, description="Running worked cases")]


def _failure(outcome: Outcome | Beside) -> RenderableType:
    case = outcome.case
    rows: list[tuple[str, RenderableType]] = [
        ("course", text(f"{case.course}, asked for {case.asked}")),
        ("changes", text(case.changes or "none")),
        ("action", text(case.action)),
        ("expected", text(f"{case.verdict} {' '.join(case.topics)}".strip(), "bold")),
        *_found(outcome),
        ("written in", text(f"rules/{case.topic}/cases.md, line {case.line}", QUIET)),
    ]
    return marked("blocked", text(case.name, "bold"), labelled(rows))


def _found(outcome: Outcome | Beside) -> list[tuple[str, RenderableType]]:
    if isinstance(outcome, Beside):
        return [("found", text(outcome.found, "bold red"))]
    return [
        ("found", text(outcome.answer.verdict, "bold red")),
        ("because", Group(*_because(outcome))),
    ]


def _because(outcome: Outcome) -> list[RenderableType]:
    said: list[RenderableType] = [
        line(each.sentence, (f" ({each.rule}, {each.effect}, topic {each.topic})", QUIET))
        for each in outcome.answer.reasons
        if each.stops
    ]
    return said or [text("no rule stops it")]


def _count(console: Console, outcomes: list[Outcome | Beside]) -> None:
    by_topic = Counter(each.case.topic for each in outcomes)
    held = Counter(each.case.topic for each in outcomes if each.as_expected)
    for topic, count in by_topic.items():
        mark = "fine" if held[topic] == count else "error"
        console.print(marked(mark, line(f"{topic}: ", f"{held[topic]} of {count} as expected")))
    right = sum(held.values())
    mark = "fine" if right == len(outcomes) else "error"
    console.print(marked(mark, text(f"All: {right} of {len(outcomes)} as expected", "bold")))
