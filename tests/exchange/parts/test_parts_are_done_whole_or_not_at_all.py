"""A run that is killed at any step goes on, with no part missing and none done twice."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.exchange.parts.numbering import Numbering, numbers, run_of, whole

from isocourse.exchange.parts.doing import Elsewhere, Run, do_part, opened

STEPS = 60
"""More than a run of two parts takes."""


def everything(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


def test_killed_at_every_step_in_turn_and_run_again_the_folder_is_as_if_never_killed(
    tmp_path: Path,
) -> None:
    folder = numbers(tmp_path / "in", 2)
    words = [sys.executable, "-m", "tests.exchange.parts.numbering", folder, tmp_path, str(STEPS)]
    told = subprocess.run(words, timeout=60, check=True, capture_output=True, text=True).stdout
    never_killed, killed = everything(tmp_path / "0"), 0
    for line in told.splitlines():
        step, status, all_done, again = map(int, line.split())
        assert everything(tmp_path / str(step)) == never_killed, line
        assert again == 0, line
        assert status == 0 or (status == -signal.SIGKILL and (not all_done or step > 8)), line
        killed += status != 0
    assert 8 < killed < STEPS - 1  # every step that there is


def test_a_part_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    run = run_of(numbers(tmp_path / "in", 3), tmp_path / "out")
    with opened(run) as left:
        do_part(run.work, left[0], run.out)
    with opened(run) as left:
        assert [part.name for part in left] == ["1.parquet", "2.parquet"]


def test_a_part_whose_file_changed_is_done_again(tmp_path: Path) -> None:
    folder = numbers(tmp_path / "in", 2)
    run = run_of(folder, tmp_path / "out")
    with opened(run) as left:
        for part in left:
            do_part(run.work, part, run.out)
    numbers(folder, 1, add=7)
    with opened(run_of(folder, tmp_path / "out")) as left:
        assert [part.name for part in left] == ["0.parquet"]


def test_another_question_is_refused_and_named(tmp_path: Path) -> None:
    run = run_of(numbers(tmp_path / "in", 1), tmp_path / "out")
    with opened(run):
        pass
    other = Run(run.work, run.parts, run.out, {"at": "2026-12-11"})
    with pytest.raises(Elsewhere, match=r"another question \(at is '2026-12-10'\)"), opened(other):
        pass


def test_a_part_that_is_gone_is_refused(tmp_path: Path) -> None:
    run = run_of(numbers(tmp_path / "in", 2), tmp_path / "out")
    with opened(run) as left:
        do_part(run.work, left[1], run.out)
    (tmp_path / "in" / "1.parquet").unlink()
    with pytest.raises(Elsewhere, match="no part any more"):  # noqa: SIM117
        with opened(run_of(tmp_path / "in", run.out)):
            pass


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Elsewhere, match=r"thesis\.txt"):  # noqa: SIM117
        with opened(run_of(numbers(tmp_path / "in", 1), out)):
            pass
    assert everything(out) == {"thesis.txt": b"mine"}


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    run = run_of(numbers(tmp_path / "in", 1), tmp_path / "out")
    with opened(run), pytest.raises(Elsewhere, match="another run"), opened(run):
        pass


def test_what_is_done_already_is_refused(tmp_path: Path) -> None:
    folder = numbers(tmp_path / "in", 1)
    whole(folder, tmp_path / "out")
    assert json.loads((tmp_path / "out" / "summary.json").read_text()) == {"sum": 45}
    with pytest.raises(Elsewhere, match="all is done"), opened(run_of(folder, tmp_path / "out")):
        pass


def test_work_that_fails_leaves_nothing_of_its_part(tmp_path: Path) -> None:
    run = run_of(numbers(tmp_path / "in", 2), tmp_path / "out", Numbering(fails="1.parquet"))
    with opened(run) as left:
        do_part(run.work, left[0], run.out)
        with pytest.raises(ValueError, match="refused"):
            do_part(run.work, left[1], run.out)
    assert sorted(everything(run.out)) == [
        "copied/0.parquet",
        "done/0.parquet.json",
        "request.json",
    ]
