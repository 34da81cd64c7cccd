"""The dose and the due dates in the batch are those of the front door for the same course."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from tests.agree.asking import examples
from tests.agree.by_topic.story import Moment
from tests.many.asking import rows, write
from tests.many.test_the_batch_agrees_with_one_course import registries, worked

from isocourse.course import NoValue, assess
from isocourse.course.many.due import tasks
from isocourse.events import Course
from isocourse.exchange.many import assess_table
from isocourse.rules import TOPICS


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables") / "events.parquet"


def alone(course: Course, at: Moment, known_at: Moment | None = None) -> dict[str, Any]:
    """What the front door says, under the names of the columns."""
    said = assess(course, at, known_at=known_at)
    dose = said.dose.json()
    first, last = said.dose.finish_between or (None, None)
    earliest: dict[str, date] = {}
    for each in said.due:
        if each.due is not None:
            earliest[each.task] = min(each.due, earliest.get(each.task, each.due))
    return {
        "dose.today_mg_per_day": dose["today_mg_per_day"],
        "dose.today_mg_per_kg": dose["today_mg_per_kg"],
        **{f"dose.cumulative_mg.{n}": v for n, v in dose["cumulative_mg"].items()},
        **{f"dose.cumulative_mg_per_kg.{n}": v for n, v in dose["cumulative_mg_per_kg"].items()},
        "dose.finish_from": first,
        "dose.finish_until": last,
        **{f"due.{task}": earliest.get(task) for task in tasks()},
    }


def differences(
    path: Path, held: list[Course], at: Moment, known_at: Moment | None = None
) -> dict[str, Any]:
    frame = assess_table(write(path, rows(held)), at, known_at=known_at, facts=False)
    found = {each["course_id"]: each for each in frame.iter_rows(named=True)}
    wrong = {}
    for course in held:
        one, other = alone(course, at, known_at), found[course.course_id]
        wrong |= {
            (course.course_id, name): (value, other[name])
            for name, value in one.items()
            if value != other[name]
        }
    return wrong


@examples(40)
@given(registries())
def test_drawn_courses(path: Path, registry: tuple[list[Course], Moment, Moment | None]) -> None:
    held, at, known_at = registry
    if not held:
        return
    try:
        assert differences(path, held, at, known_at) == {}
    except NoValue:
        return


@pytest.mark.parametrize("topic", TOPICS)
def test_worked_cases(path: Path, topic: str) -> None:
    by_moment: dict[Moment, list[Course]] = {}
    for course, at in worked(topic):
        by_moment.setdefault(at, []).append(course)
    assert {at: d for at, held in by_moment.items() if (d := differences(path, held, at))} == {}
