"""The check command: everything wrong or doubtful in a file, one problem after the other."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, tzinfo

from rich.console import Console, RenderableType

from isocourse.events import BadCourse, Problem, check_course, write_course
from isocourse.events.course import zone_of
from isocourse.on_screen import given
from isocourse.on_screen.paper import MARKS, labelled, line, marked, paper, text
from isocourse.on_screen.refused import Refused, plural

Today = Callable[[tzinfo], date]


def check(names: Sequence[str], today: Today, place: str | None = None) -> None:
    """Show what is wrong with each file. Raises Refused when one of them cannot be used."""
    given.named_once(names)
    console, wrong = paper(), 0
    unreadable = []
    for number, name in enumerate(names):
        if number and console.is_terminal:
            console.print()
        try:
            wrong += _check(console, name, today, place)
        except Refused as refused:
            unreadable.append(str(refused))
    if unreadable or wrong:
        console.file.flush()
        raise Refused("\n".join([*unreadable, *_verdict(wrong)]))


def _verdict(wrong: int) -> list[str]:
    return [
        f"{plural(wrong, 'file')} cannot be used as {'it is' if wrong == 1 else 'they are'}."
    ] * (wrong > 0)


def _check(console: Console, name: str, today: Today, place: str | None) -> bool:
    """Show what is wrong with a file; whether that keeps it from being used."""
    data = given.bytes_of(name)
    found = _problems(data, name, today, place)
    errors = [each for each in found if each.severity == "error"]
    warnings = [each for each in found if each.severity == "warning"]
    shown = given.shown_name(name)
    if not found:
        console.print(marked("fine", line((shown, "bold"), ": nothing wrong.")))
        return False
    counts = [
        plural(len(each), what) for each, what in ((errors, "error"), (warnings, "warning")) if each
    ]
    worst = "error" if errors else "warning"
    usable = "" if errors else "; it can be used"
    console.print(marked(worst, line((shown, "bold"), f": {', '.join(counts)}{usable}.")))
    for each in [*errors, *warnings]:
        console.print()
        console.print(_problem(each))
    return bool(errors)


def _problems(data: bytes, name: str, today: Today, place: str | None) -> list[Problem]:
    """What is wrong with a course file; of a Bundle also what no event is made of."""
    if not given.is_bundle(data):
        return check_course(data, today(_zone(data)))
    from isocourse.exchange.fhir import read_bundle

    try:
        read = read_bundle(data, given.shown_name(name), place)
    except BadCourse as bad:
        return list(bad.problems)
    made = write_course(read.course)
    return [
        *check_course(made, today(read.course.zone)),
        *(each.problem() for each in read.unmapped),
    ]


def _zone(data: bytes) -> tzinfo:
    """The clock of the course, as far as the file lets it be told; else that of Greenwich."""
    try:
        held = json.loads(data)
        return zone_of(held.get("place"), held.get("time_zone")) or UTC
    except (ValueError, RecursionError, AttributeError):
        return UTC


def _problem(problem: Problem) -> RenderableType:
    mark = MARKS[problem.severity]
    rows: list[tuple[str, RenderableType]] = [
        ("found", text(problem.found)),
        ("expected", text(problem.expected)),
        ("do", text(problem.do, "bold")),
    ]
    where = line((f"{mark.word} ", mark.ink), (problem.where, "bold"))
    return marked(problem.severity, where, labelled(rows))
