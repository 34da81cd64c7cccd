"""A registry's report counts what the tables say, and is one page that stands alone."""

import re
import shutil
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright
from tests.cli.running import answered, call, refused

from isocourse.course.many.asking import At
from isocourse.exchange.events_table.invented import write_registry
from isocourse.exchange.many import assess_many
from isocourse.exchange.report import counting
from isocourse.exchange.report.counting import GAP_DAYS, NoRegistry, registry
from isocourse.rules import rules

DAY = date(2026, 12, 10)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some courses, assessed under the rules in force and under those of 2022."""
    root = tmp_path_factory.mktemp("world")
    write_registry(root / "events.parquet", 400, DAY)
    assess_many(root / "events.parquet", root / "now", At(DAY))
    assess_many(root / "events.parquet", root / "then", At(DAY, rules_of=date(2022, 1, 1)))
    return root


def rows(folder: Path) -> list[dict[str, Any]]:
    return pl.read_parquet(folder / "assessment.parquet").to_dicts()


def test_rules_that_block_are_counted_as_by_hand(world: Path) -> None:
    closing = [n for n, e in rules().items() if e.effect == "blocks" and "prescribe" in e.actions]
    courses, alone = Counter(), Counter()
    for row in rows(world / "now"):
        held = [name for name in closing if row[name]]
        if row["prescribe"] == "blocked":
            courses.update((name, row["place"]) for name in held)
            alone.update([(held[0], row["place"])] if len(held) == 1 else [])
    found = counting.blocked_by(registry(world / "now"), "prescribe").rows()
    assert {(rule, place): n for rule, place, n, _ in found} == dict(courses)
    assert {(r, p): n for r, p, _, n in found if n} == dict(alone)
    assert alone


def test_changes_are_counted_as_by_hand(world: Path) -> None:
    then = {row["course_id"]: row for row in rows(world / "then")}
    by_hand = Counter(
        (row["place"], then[row["course_id"]]["prescribe"], row["prescribe"])
        for row in rows(world / "now")
    )
    found = counting.changed(registry(world / "then"), registry(world / "now"), "prescribe")
    assert {(p, b, a): n for p, b, a, n in found.rows()} == dict(by_hand)
    assert any(before != after for _, before, after in by_hand)


def gaps_by_hand(given_out: list[tuple[str, date, int]]) -> dict[str, int]:
    """The longest gap of each course, walked through day by day."""
    longest: dict[str, int] = {}
    by_course = defaultdict(list)
    for course, day, days in given_out:
        by_course[course].append((day, days))
    for course, held in by_course.items():
        at_hand, today, without, most = 0, held[0][0], 0, 0
        for day, days in held:
            while today < day:
                if at_hand:
                    at_hand -= 1
                else:
                    without += 1
                today += timedelta(1)
            most, without = max(most, without), 0
            at_hand += days
        longest[course] = most
    return longest


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 90), st.integers(1, 60), st.booleans()),
        min_size=1,
        max_size=14,
    )
)
def test_gaps_are_those_of_a_walk_day_by_day(
    tmp_path_factory: pytest.TempPathFactory, held: list[tuple[str, int, int, bool]]
) -> None:
    path = tmp_path_factory.mktemp("gaps") / "events.parquet"
    made: list[dict[str, Any]] = []
    for order, (course, day, days, back) in enumerate(sorted(held, key=lambda each: each[1])):
        row = {"course_id": course, "place": "uk", "order": order, "retracts": None}
        made.append({**row, "kind": "dispense", "at": DAY + timedelta(day), "days": days})
        if back:
            taken = {**row, "order": order + 100, "retracts": order, "days": None}
            made.append({**taken, "kind": "retract", "at": DAY + timedelta(day)})
    schema = {"retracts": pl.Int32, "order": pl.Int32, "days": pl.Int32}
    pl.DataFrame(made, schema_overrides=schema).write_parquet(path)
    stand = [(c, DAY + timedelta(d), n) for c, d, n, b in sorted(held, key=lambda e: e[1]) if not b]
    by_hand = gaps_by_hand(stand)
    found = counting.gaps(path)
    if not by_hand:
        assert len(found) == 0
        return
    (row,) = found.to_dicts()
    assert row["courses"] == len(by_hand)
    for days in GAP_DAYS:
        assert row[str(days)] == sum(gap >= days for gap in by_hand.values()), days


def test_capsules_of_an_earlier_course_are_no_gap_and_take_nothing_back(tmp_path: Path) -> None:
    row = {"course_id": "a", "place": "uk", "kind": "dispense", "days": 30, "retracts": None}
    made = [
        {**row, "order": 0, "earlier": 1, "at": DAY - timedelta(900)},
        {**row, "order": 1, "earlier": 1, "at": DAY - timedelta(860), "kind": "retract"}
        | {"retracts": 0, "days": None},
        {**row, "order": 0, "earlier": None, "at": DAY - timedelta(60)},
        {**row, "order": 1, "earlier": None, "at": DAY - timedelta(20)},
    ]
    path = tmp_path / "events.parquet"
    pl.DataFrame(made, schema_overrides={"retracts": pl.Int64}).write_parquet(path)
    (found,) = counting.gaps(path).to_dicts()
    assert found == {"place": "uk", "courses": 1, "1": 1, "8": 1, "15": 0, "29": 0}


def test_the_command_writes_a_page_that_loads_nothing(world: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    words = ["report", str(world / "then"), "--out", str(page)]
    words += ["--events", str(world / "events.parquet"), "--against", str(world / "now")]
    assert "Written" in answered(call(*words))
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)
    assert "<script" not in text
    for said in ("Who is blocked: dispense", "Gaps in treatment", "What other rules would do"):
        assert said in text
    assert "what-if" in text
    assert text.count("<svg") >= 7


def test_a_page_without_what_was_not_given_says_nothing_of_it(world: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    answered(call("report", str(world / "now"), "--out", str(page)))
    text = page.read_text(encoding="utf-8")
    assert "Gaps" not in text
    assert "what-if" not in text


@pytest.mark.skipif(CHROMIUM is None, reason="no browser: chromium is not installed")
def test_the_page_has_no_fault_that_axe_finds(world: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    answered(call("report", str(world / "now"), "--out", str(page)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        shown = browser.new_page()
        shown.goto(page.as_uri())
        found = Axe().run(shown).response["violations"]
        browser.close()
    assert found == []


def test_a_folder_that_is_not_finished_is_refused(world: Path, tmp_path: Path) -> None:
    said = refused(call("report", str(tmp_path), "--out", str(tmp_path / "r.html")))
    assert "expected the folder of a finished assess-many" in said
    assert not (tmp_path / "r.html").exists()


def test_other_courses_cannot_be_held_against_these(world: Path, tmp_path: Path) -> None:
    write_registry(tmp_path / "few.parquet", 10, DAY)
    assess_many(tmp_path / "few.parquet", tmp_path / "few", At(DAY))
    with pytest.raises(NoRegistry, match="in one of the two"):
        counting.changed(registry(world / "now"), registry(tmp_path / "few"), "dispense")


def test_entries_that_are_none_are_refused(world: Path, tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_text("no table", encoding="utf-8")
    words = ["report", str(world / "now"), "--out", str(tmp_path / "r.html")]
    assert "cannot be read" in refused(call(*words, "--events", str(tmp_path / "t.parquet")))
