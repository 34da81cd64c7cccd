"""Light work on parts, that can be killed at any step with the disk: numbers copied and added."""

import contextlib
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.exchange.parts.doing import Numbers, Run, Seen, counts_of, finish, opened
from isocourse.exchange.parts.part import Part, parts_of
from isocourse.exchange.parts.where import here


@dataclass(frozen=True)
class Numbering:
    """Copies the numbers of a part and counts their sum."""

    table: str = "copied"
    threads: int | None = None
    fails: str = ""

    def __call__(self, part: Part, target: Path, seen: Seen) -> Numbers:
        if part.name == self.fails:
            raise ValueError("refused")
        held = pq.read_table(part.path)
        pq.write_table(held, target)
        seen(part.rows)
        return {"sum": sum(held.column("n").to_pylist())}


def numbers(folder: Path, files: int, add: int = 0) -> Path:
    """A folder of files of ten numbers each."""
    folder.mkdir(exist_ok=True)
    for number in range(files):
        held = pa.table({"n": [n + add for n in range(10)]})
        pq.write_table(held, folder / f"{number}.parquet")
    return folder


def run_of(folder: Path, out: Path, work: Numbering | None = None) -> Run:
    """Copying the files of a folder."""
    return Run(work or Numbering(), parts_of(folder), out, {"at": "2026-12-10"})


def whole(folder: Path, out: Path) -> None:
    """All of it, as a command does it."""
    run = run_of(folder, out)
    with opened(run) as left:
        here(run, left, lambda rows: None)
        counts = [counts_of(out, part) for part in run.parts]
        finish(run, {"sum": sum(each["counts"]["sum"] for each in counts if each)})


class _Killer:
    """Ends this process at its nth step with the disk, before the step is taken."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    def before(self, step: Any) -> Any:
        def taken(*given: Any, **named: Any) -> Any:
            self.steps += 1
            if self.steps == self.at:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*given, **named)

        return taken


def ended(folder: Path, out: Path, at: int) -> int:
    """How a run in a process of its own ended that is killed at a step, if that is not 0."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    killer = _Killer(at)
    for where, step in ((Path, "replace"), (Path, "mkdir"), (os, "fsync"), (os, "rmdir")):
        setattr(where, step, killer.before(getattr(where, step)))
    with contextlib.suppress(BaseException):
        whole(folder, out)
        os._exit(0)
    os._exit(1)


def main() -> None:
    """Copy a folder, killed at each step in turn, each time into a folder of its own.

    Each is then gone on with. Tells a line for each: the step, how it ended, whether it said that
    all is done, and how the second run ended.
    """
    folder, root, steps = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    for step in range(steps):
        out = root / str(step)
        status = ended(folder, out, step)
        said = (out / "summary.json").exists()
        again = 0 if said else ended(folder, out, 0)
        print(step, status, int(said), again)
        if step and status == 0:
            return  # there was no such step


if __name__ == "__main__":
    main()
