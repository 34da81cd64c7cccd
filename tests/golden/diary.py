"""A course day by day: what isocourse tells each day, written down where it changes.

One line a matter; a line stands only on days on which it says something else than the day before.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from isocourse.course import Answer, Assessment, assess
from isocourse.events import Course, Event, read_course

FOLDER = Path(__file__).parent
_DAY = timedelta(days=1)


def courses() -> list[str]:
    """The names of the courses that are kept."""
    return sorted(path.name.removesuffix(".course.json") for path in FOLDER.glob("*.course.json"))


def course_of(name: str) -> Course:
    """One course that is kept."""
    return read_course((FOLDER / f"{name}.course.json").read_text(encoding="utf-8"), name)


def diary(course: Course, days: int = 0) -> str:
    """Every day from the first event to the last and the days after it."""
    dates = [_date(each.at) for each in course.events]
    first, last = min(dates), max(dates) + days * _DAY
    held: dict[str, str] = {}
    parts = [f"# {course.course_id}\n"]
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        said = dict(_told(assess(course, day)))
        changed = {key: text for key, text in said.items() if held.get(key) != text}
        recorded = [_event(e) for e in course.events if _date(e.at) == day]
        if changed or recorded:
            parts.append("\n".join(_lines(day, recorded, changed)) + "\n")
        held = said
    return "\n".join(parts)


def _date(at: Any) -> date:
    return date(at.year, at.month, at.day)


def _lines(day: date, recorded: list[str], changed: dict[str, str]) -> Iterator[str]:
    yield f"## {day:%a} {day.isoformat()}"
    yield ""
    yield from (f"- recorded: {each}" for each in recorded)
    yield from (f"- {key}: {text or 'none'}" for key, text in changed.items())


def _event(event: Event) -> str:
    said = event.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    words = {k: v for k, v in said.items() if k not in ("id", "at", "kind", "recorded_at", "by")}
    return f"{event.kind} {json.dumps(words, ensure_ascii=False)}" if words else event.kind


def _told(said: Assessment) -> Iterator[tuple[str, str]]:
    yield "stage", f"{said.stage}, {said.timeline.phase}"
    for action, answer in said.actions.items():
        yield action, _answer(answer)
    yield "eligibility", _answer(said.eligibility)
    for urgency in ("now", "soon", "note"):
        yield urgency, ", ".join(e.rule for e in said.alerts if e.urgency == urgency)
    for task in said.due:
        opens, closes = (each and each.date().isoformat() for each in (task.opens, task.closes))
        by = "today" if task.due == said.at else task.due
        yield f"due {task.task}", f"{by} ({opens} to {closes}) {task.rule}"
    yield (
        "windows",
        ", ".join(f"{w.opens.isoformat()} to {w.closes.isoformat()}" for w in said.windows),
    )
    yield "tips", ", ".join(each.rule for each in said.timeline.tips)


def _answer(answer: Answer) -> str:
    stops = ", ".join(f"{e.rule} ({e.effect})" for e in answer.reasons if e.stops)
    return f"{answer.verdict} {stops}".strip()
