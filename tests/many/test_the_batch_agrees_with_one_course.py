"""A row of the batch says what the front door says of the same course."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agree.asking import examples
from tests.agree.by_topic.story import Moment
from tests.agree.logs import courses, moment_of, questions
from tests.many.asking import (
    asked_alone,
    asked_in_columns,
    differences,
    named,
    rows,
    write,
)

from isocourse.course import NoValue
from isocourse.course.many.answers import ASKED, VERDICTS
from isocourse.course.many.asking import At, ask
from isocourse.course.many.nobody import nobody
from isocourse.course.worked import cases, changed, patients
from isocourse.course.worked.running import moment
from isocourse.events import Course, read_course
from isocourse.exchange.many import assess_table
from isocourse.facts.many.left import Left
from isocourse.rules import TOPICS
from isocourse.words.tokens import PLACES

SMALL_GROUPS = 23
"""Rows in a row group, so that courses stand across the boundaries."""


@st.composite
def registries(draw: st.DrawFn) -> tuple[list[Course], Moment, Moment | None]:
    """Some courses of any places, and one question about all of them."""
    drawn = [file for file in draw(st.lists(courses(), min_size=2, max_size=8)) if _rows(file)]
    at, known_at = draw(questions(drawn[0] if drawn else draw(courses())))
    return [named(file, f"c{n}") for n, file in enumerate(drawn)], at, known_at


def _rows(file: dict[str, Any]) -> int:
    return len(file["events"]) + sum(len(e["events"]) for e in file.get("earlier_courses", ()))


def told(
    course: Course, found: dict[str, dict[str, Any]], at: Moment, known_at: Moment | None = None
) -> dict[str, Any]:
    return differences(found[course.course_id], asked_alone(course, at, known_at))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables") / "events.parquet"


@examples(40)
@given(registries())
def test_verdicts_rules_stage_and_facts_are_the_same(
    path: Path, registry: tuple[list[Course], Moment, Moment | None]
) -> None:
    held, at, known_at = registry
    if not held:
        return
    write(path, rows(held), row_group_size=SMALL_GROUPS)
    try:
        found = asked_in_columns(path, at, known_at)
    except NoValue:
        return
    assert {c.course_id: told(c, found, at, known_at) for c in held} == {
        c.course_id: {} for c in held
    }


@examples(12)
@given(registries(), st.data())
def test_any_permutation_of_the_rows_gives_the_same(
    path: Path, registry: tuple[list[Course], Moment, Moment | None], data: st.DataObject
) -> None:
    held, at, known_at = registry
    if not held:
        return
    one = rows(held)
    try:
        first = assess_table(write(path, one), at, known_at=known_at)
    except NoValue:
        return
    other = write(path, data.draw(st.permutations(one)), row_group_size=SMALL_GROUPS)
    second = assess_table(other, at, known_at=known_at)
    ignored = "one_by_one"  # a tie may stand either way
    assert second.sort("course_id").drop(ignored).equals(first.sort("course_id").drop(ignored))


def worked(topic: str) -> Iterator[tuple[Course, Moment]]:
    for case in cases().values():
        if case.topic == topic:
            file = changed(dict(patients()[case.course]), case.changes)
            yield named(file, case.name), moment(case.asked)


@pytest.mark.parametrize("topic", TOPICS)
def test_worked_cases_give_the_same(path: Path, topic: str) -> None:
    by_moment: dict[Moment, list[Course]] = {}
    for course, at in worked(topic):
        by_moment.setdefault(at, []).append(course)
    for at, held in by_moment.items():
        found = asked_in_columns(write(path, rows(held)), at)
        assert {c.course_id: d for c in held if (d := told(c, found, at))} == {}


def shipped() -> list[Course]:
    folder = files("isocourse") / "examples"
    inside = [*folder.iterdir(), *(folder / "patients").iterdir()]
    held = [each for each in inside if each.name.endswith(".course.json")]
    return [read_course(each.read_text(encoding="utf-8")) for each in held]


@pytest.mark.parametrize("at", ["2026-12-07", "2026-12-07T23:30:00-05:00", "2026-03-03"])
def test_shipped_examples_give_the_same(path: Path, at: str) -> None:
    held = shipped()
    found = asked_in_columns(write(path, rows(held)), moment_of(at))
    assert {c.course_id: d for c in held if (d := told(c, found, moment_of(at)))} == {}


def test_nearly_all_courses_are_told_by_columns_alone(path: Path) -> None:
    held = [each for each in shipped() if not each.earlier_courses]
    found = asked_in_columns(write(path, rows(held)), moment_of("2026-12-07"))
    assert {each["left"] for each in found.values()} == {Left.DONE}


@pytest.mark.parametrize("most", [20, 60, 120])
def test_a_course_goes_on_where_a_column_is_left_to_arrow(path: Path, most: int) -> None:
    """Given words that outgrow their dictionary in some row groups; such columns Arrow reads."""
    held = rows(shipped())
    whole = assess_table(write(path, held), moment_of("2026-12-07"))
    how = {"dictionary_pagesize_limit": most, "write_batch_size": 3}
    write(path, held, row_group_size=SMALL_GROUPS, **how)
    parts = assess_table(path, moment_of("2026-12-07"))
    assert parts.equals(whole)


def test_a_course_with_more_entries_than_there_is_room_for(path: Path) -> None:
    entry = {"at": "2026-03-01", "kind": "weight", "value": 60, "unit": "kg"}
    file = json.loads(json.dumps(patients()["uk-man"]))
    file["events"] += [{**entry, "id": f"w{n}"} for n in range(600)]
    course, at = named(file, "long"), moment_of("2026-03-03")
    found = asked_in_columns(write(path, rows([course])), at)
    assert found["long"]["left"] == Left.LARGE
    assert told(course, found, at) == {}


@pytest.mark.parametrize("place", PLACES)
def test_a_course_without_entries_gives_the_same(place: str) -> None:
    piece, at = nobody(place), moment_of("2026-12-07")
    alone, found = asked_alone(piece.course(0), at), ask(piece, At(at))
    assert {a: VERDICTS[found.verdicts[a][0]] for a in ASKED} == alone["verdicts"]
    assert found.left.tolist() == [Left.DONE]
