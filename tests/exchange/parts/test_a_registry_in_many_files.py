"""A registry in many files is told like one in one file, here and on a cluster, to the byte."""

import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from tests.cli.running import answered, call, refused
from tests.exchange.parts.test_parts_are_done_whole_or_not_at_all import everything

from isocourse.course.many.asking import At
from isocourse.exchange.events_table.invented import write_registry
from isocourse.exchange.many import BadTable, assess_many
from isocourse.exchange.parts.assessing import assess_parts
from isocourse.exchange.parts.where import Dask, NoCluster

DAY = date(2026, 12, 10)
FILES, EACH = 5, 40


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registry")
    for number in range(FILES):
        write_registry(folder / f"{number}.parquet", EACH, DAY, number, number * EACH)
    return folder


@pytest.fixture(scope="module")
def told(registry: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("told")
    assess_parts(registry, out, At(DAY))
    return out


def test_the_same_rows_and_counts_as_of_one_file(
    registry: Path, told: Path, tmp_path: Path
) -> None:
    whole = pl.read_parquet(registry / "*.parquet")
    whole.write_parquet(tmp_path / "whole.parquet")
    counts = assess_many(tmp_path / "whole.parquet", tmp_path / "one", At(DAY))
    one = pl.read_parquet(tmp_path / "one" / "assessment.parquet")
    assert pl.read_parquet(told / "assessment" / "*.parquet").equals(one)
    summary = json.loads((told / "summary.json").read_text(encoding="utf-8"))
    assert summary == {**counts, "parts": FILES}


def test_a_local_cluster_gives_the_same_bytes(registry: Path, told: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["assess-many", str(registry), "--at", DAY.isoformat(), "--out", str(out)]
    assert "200 courses" in answered(call(*words, "--dask", "local"))
    assert everything(out) == everything(told)


def test_workers_killed_on_the_way_change_nothing(
    registry: Path, told: Path, tmp_path: Path
) -> None:
    distributed = pytest.importorskip("dask.distributed")
    out = tmp_path / "out"
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        killer = _KillsOneWorkerAfter(out / "done", cluster)
        killer.start()
        assess_parts(registry, out, At(DAY), where=Dask(cluster.scheduler_address))
        killer.join()
    assert killer.killed
    assert everything(out) == everything(told)


class _KillsOneWorkerAfter(threading.Thread):
    """Kills a worker as soon as the first part is done."""

    def __init__(self, done: Path, cluster: object) -> None:
        super().__init__(daemon=True)
        self.done, self.cluster, self.killed = done, cluster, False

    def run(self) -> None:
        for _ in range(3000):
            if any(self.done.glob("*.json")):
                pid = next(iter(self.cluster.workers.values())).pid  # type: ignore[attr-defined]
                os.kill(pid, signal.SIGKILL)
                self.killed = True
                return
            time.sleep(0.02)


def test_a_scheduler_that_is_not_there_is_named(registry: Path, tmp_path: Path) -> None:
    with pytest.raises(NoCluster, match=r"no scheduler at 'tcp://127\.0\.0\.1:9'"):
        assess_parts(registry, tmp_path / "out", At(DAY), where=Dask("tcp://127.0.0.1:9"))


def test_a_course_in_two_files_is_named_and_no_summary_is_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        write_registry(tmp_path / "in" / f"{name}.parquet", 3, DAY)
    with pytest.raises(BadTable, match=r"course course-0000000[012]: found its rows in a.parquet"):
        assess_parts(tmp_path / "in", tmp_path / "out", At(DAY))
    assert not (tmp_path / "out" / "summary.json").exists()


def test_a_bad_file_is_named_and_what_was_done_before_it_stays(
    registry: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "0.parquet").write_bytes((registry / "0.parquet").read_bytes())
    bad = pl.read_parquet(registry / "1.parquet").with_columns(pl.lit("mars").alias("place"))
    bad.write_parquet(folder / "1.parquet")
    words = ["assess-many", str(folder), "--at", "2026-12-10", "--out", str(tmp_path / "out")]
    said = refused(call(*words))
    assert "1.parquet" in said
    assert '"mars"' in said
    assert sorted(each.name for each in (tmp_path / "out" / "assessment").iterdir()) == [
        "0.parquet"
    ]
    (folder / "1.parquet").write_bytes((registry / "1.parquet").read_bytes())
    assert "80 courses" in answered(call(*words))


def test_what_only_folder_names_say_is_put_back(tmp_path: Path) -> None:
    flat, deep = tmp_path / "flat.parquet", tmp_path / "in" / "place=uk" / "0.parquet"
    write_registry(flat, 60, DAY)
    table = pl.read_parquet(flat).filter(pl.col("place") == "uk")
    assert len(table)
    table.write_parquet(tmp_path / "uk.parquet")
    deep.parent.mkdir(parents=True)
    table.drop("place").write_parquet(deep)
    assess_parts(tmp_path / "in", tmp_path / "out", At(DAY))
    assess_many(tmp_path / "uk.parquet", tmp_path / "one", At(DAY))
    found = pq.read_table(
        tmp_path / "out" / "assessment" / "place=uk" / "0.parquet", partitioning=None
    )
    assert found.equals(pq.read_table(tmp_path / "one" / "assessment.parquet"))


@pytest.mark.parametrize("name", ["empty", "text"])
def test_a_folder_without_a_table_is_refused(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    if name == "text":
        (folder / "0.parquet").write_text("no table", encoding="utf-8")
    words = ["assess-many", str(folder), "--at", "2026-12-10", "--out", str(tmp_path / "out")]
    assert "Parquet" in refused(call(*words)) or name == "empty"
    assert not (tmp_path / "out").exists()


def test_dask_of_one_file_is_refused(registry: Path, tmp_path: Path) -> None:
    words = ["assess-many", str(registry / "0.parquet"), "--at", "2026-12-10"]
    said = refused(call(*words, "--out", str(tmp_path / "out"), "--dask", "local"))
    assert "expected a folder" in said


@pytest.fixture
def changed(registry: Path, tmp_path: Path) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """American courses under the rules of 2021 and of the day."""
    table = pl.read_parquet(registry / "*.parquet").filter(pl.col("place") == "us")
    table.write_parquet(tmp_path / "us.parquet")
    made = []
    for rules in (None, "2022-01-01"):
        out = tmp_path / f"out-{rules}"
        words = ["assess-many", str(tmp_path / "us.parquet"), "--at", "2026-12-10"]
        words += ["--out", str(out), *([] if rules is None else ["--rules-of", rules])]
        answered(call(*words))
        made.append(pl.read_parquet(out / "assessment.parquet"))
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        assert summary.get("rules_of") == rules
    yield made[0], made[1]


def test_the_rules_of_another_day_can_be_asked(changed: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    now, then = changed
    assert now["course_id"].equals(then["course_id"])
    assert not now.equals(then)


def test_a_day_of_rules_is_a_day(registry: Path, tmp_path: Path) -> None:
    words = ["assess-many", str(registry), "--at", "2026-12-10", "--out", str(tmp_path / "out")]
    assert "--rules-of: found 'soon'" in refused(call(*words, "--rules-of", "soon"))
    assert "known from" in refused(call(*words, "--rules-of", "1999-01-01"))


@pytest.mark.skipif(sys.platform != "linux", reason="what is mapped is told by Linux")
def test_no_file_of_a_part_stays_mapped_when_it_is_done(tmp_path: Path) -> None:
    """Memory would grow with the number of files."""
    folder = tmp_path / "registry"
    folder.mkdir()
    for number in range(3):
        write_registry(folder / f"{number}.parquet", 20, DAY, number, number * 20)
    mapped = []

    def seen(rows: int) -> None:
        maps = Path("/proc/self/maps").read_text()
        mapped.append({each for each in maps.split() if each.startswith(str(folder))})

    gc.disable()
    try:
        assess_parts(folder, tmp_path / "out", At(DAY), seen=seen)
    finally:
        gc.enable()
    assert max(map(len, mapped)) == 1  # one at a time, and each was looked at while it was
