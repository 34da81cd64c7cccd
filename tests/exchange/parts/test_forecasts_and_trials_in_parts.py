"""Forecasts of a registry and virtual trials of any size are those of one course, of one trial."""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.running import answered, call, refused
from tests.exchange.parts.test_parts_are_done_whole_or_not_at_all import everything
from tests.many.asking import named, rows, write

from isocourse.course.forecasting import forecast
from isocourse.course.worked import patients
from isocourse.events import read_course
from isocourse.exchange.events_table import courses as reading
from isocourse.exchange.events_table.invented import write_registry
from isocourse.exchange.events_table.opening import open_table
from isocourse.models import read_trial, run_trial

DAY = date(2026, 12, 10)
TRIAL = files("isocourse") / "models" / "trials" / "rademaker-2014.trial.toml"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registry")
    for number in range(2):
        write_registry(folder / f"{number}.parquet", 3, DAY, number, number * 3)
    return folder


def test_each_forecast_is_that_of_the_course_alone(registry: Path, tmp_path: Path) -> None:
    words = ["forecast-many", str(registry), "--at", DAY.isoformat(), "--out", str(tmp_path / "o")]
    assert "6 courses" in answered(call(*words, "--twins", "200"))
    found = pl.read_parquet(tmp_path / "o" / "forecast" / "*.parquet")
    held = [c for n in range(2) for c in reading.courses(open_table(registry / f"{n}.parquet"))]
    for course in held:
        alone = forecast(course, DAY, people=200)
        of = found.filter(pl.col("course_id") == course.course_id).to_dicts()
        assert [row["regimen"] for row in of] == [each.regimen.key for each in alone.outlooks]
        for row, each in zip(of, alone.outlooks, strict=True):
            weeks = tuple(row[f"weeks_to_clear.{share}"] for share in (25, 50, 75))
            assert weeks == each.weeks_to_clear
            assert row["ends"] == each.ends
            assert row["relapse.systemic"] == each.weekly.relapse["relapse_systemic_share"]
            assert row["over.alt_raised"] == each.weekly.over["alt_raised"][-1]
            last = each.whole_days // 7 - (each.whole_days % 7 == 0)
            assert row["nodules.at_end.95"] == each.weekly.quantiles["nodules"][4, last]


def test_a_pregnancy_has_a_row_and_no_regimen(tmp_path: Path) -> None:
    file = dict(patients()["us-woman-march"])
    known = {"id": "p", "kind": "pregnancy", "at": "2026-03-01"}
    course = read_course(json.dumps({**file, "events": [*file["events"], known]}))
    path = write(tmp_path / "t.parquet", rows([course]))
    words = ["forecast-many", str(path), "--at", "2026-03-03", "--out", str(tmp_path / "o")]
    assert "1 without a regimen" in answered(call(*words, "--twins", "200"))
    (row,) = pl.read_parquet(tmp_path / "o" / "forecast" / "t.parquet").to_dicts()
    assert row["regimen"] is None


def test_a_regimen_that_one_patient_cannot_have_is_said_in_their_row(
    registry: Path, tmp_path: Path
) -> None:
    words = ["forecast-many", str(registry), "--at", DAY.isoformat(), "--out", str(tmp_path / "o")]
    said = answered(call(*words, "--regimen", "7", "--regimen", "20", "--twins", "200"))
    assert "6 wished that the patient cannot have" in said
    found = pl.read_parquet(tmp_path / "o" / "forecast" / "*.parquet")
    row = found.filter(pl.col("regimen") == "typed-7").to_dicts()
    assert len(row) == 6 and all("nearest dose" in e["not_possible"] for e in row)
    assert all(e["capsules"] is None and e["relapse.any"] is None for e in row)
    others = found.filter(pl.col("regimen") != "typed-7")
    assert others["not_possible"].null_count() == len(others) > 6


def test_a_regimen_that_cannot_be_is_refused(registry: Path, tmp_path: Path) -> None:
    words = ["forecast-many", str(registry), "--at", "2026-12-10", "--out", str(tmp_path / "o")]
    said = refused(call(*words, "--regimen", "much", "--twins", "200"))
    assert "--regimen: found 'much', expected mg a day" in said and not (tmp_path / "o").exists()
    assert "--twins: found 3" in refused(call(*words, "--twins", "3"))


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 7), st.lists(st.integers(1, 12), min_size=1, max_size=5))
def test_courses_come_whole_however_rows_are_grouped(
    tmp_path_factory: pytest.TempPathFactory, at_once: int, sizes: list[int]
) -> None:
    held = [named(dict(patients()["uk-man"]), f"c{n}") for n in range(3)]
    table, path = rows(held), tmp_path_factory.mktemp("t") / "t.parquet"
    write(path, table, row_group_size=max(sizes))
    usual, reading.ROWS_AT_ONCE = reading.ROWS_AT_ONCE, at_once
    try:
        found = list(reading.courses(open_table(path)))
    finally:
        reading.ROWS_AT_ONCE = usual
    assert [(c.course_id, len(c.events)) for c in found] == [
        (c.course_id, len(c.events)) for c in held
    ]


def test_a_crowd_has_the_figures_of_the_trial(tmp_path: Path) -> None:
    words = ["trial", str(TRIAL), "--people", "4000", "--out", str(tmp_path / "o")]
    answered(call(*words))
    alone = run_trial(read_trial(TRIAL.read_bytes()), people=4000)
    told = json.loads((tmp_path / "o" / "summary.json").read_text(encoding="utf-8"))
    for one, each in zip(told["outcomes"], alone.outcomes, strict=True):
        assert one["quantity"] == each.asked.quantity
        assert one["predicted"] == pytest.approx(each.predicted, rel=1e-5)
    people = pl.read_parquet(tmp_path / "o" / "people" / "*.parquet")
    assert people.group_by("arm").len()["len"].to_list() == [4000] * people["arm"].n_unique()


def test_a_crowd_on_a_cluster_is_the_same_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["trial", str(TRIAL), "--people", "2000", "--out"]
    answered(call(*words, str(tmp_path / "here")))
    answered(call(*words, str(tmp_path / "there"), "--dask", "local"))
    assert everything(tmp_path / "here") == everything(tmp_path / "there")


def test_people_of_any_part_are_the_same_people(tmp_path: Path) -> None:
    for count in (3000, 1500):
        words = ["trial", str(TRIAL), "--people", str(count), "--out", str(tmp_path / str(count))]
        answered(call(*words))
    few, many = (
        pq.read_table(tmp_path / n / "people" / "arm-01-00000.parquet") for n in ("1500", "3000")
    )
    assert few.equals(many.slice(0, 1500))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--people", "10"], "expected both"),
        (["--out", "x"], "expected both"),
        (["--people", "0", "--out", "x"], "--people: found 0"),
        (["--people", "9", "--out", "x", "--seed", "-1"], "--seed"),
    ],
)
def test_a_crowd_that_cannot_be_is_refused(words: list[str], said: str) -> None:
    assert said in refused(call("trial", str(TRIAL), *words))
