"""A registry in many files, on this machine and on a Dask cluster of its cores.

Method: an invented registry of forty entries a course is written in files of half a million courses
(kept in the folder, so that a second run begins at once). Its first files, and then all of it, are
assessed into a new folder each time by the command that a person gives, in a process of its own;
wall, processor and the largest memory of that process and of its workers are told. The files of
the last run on one machine and of that on the cluster are held against each other byte by byte.
"""

import argparse
import filecmp
import json
import resource
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from isocourse.exchange.events_table.invented import write_registry
from isocourse.on_screen.machine import machine

EACH = 500_000
ASKED = "2026-12-10"
Row = dict[str, Any]


def main() -> None:
    """Print a row for each size and each way, and write them where asked."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.parts", description=__doc__)
    wanted.add_argument("--folder", type=Path, required=True)
    wanted.add_argument("--files", type=int, default=20, help="of half a million courses (20)")
    wanted.add_argument("--sizes", type=int, nargs="*", default=[1, 4], help="files in first runs")
    wanted.add_argument("--out", type=Path, metavar="FILE")
    asked = wanted.parse_args()
    measure(asked.folder, asked.files, asked.sizes, asked.out)


def measure(folder: Path, files: int, sizes: list[int], out: Path | None) -> None:
    """A row for each size on this machine, one on a cluster, and what differs between the two."""
    print("\n".join(f"{name:<10}{said}" for name, said in machine().items()))
    registry = made(folder / "registry", files)
    rows = [run(registry, folder, each, []) for each in [*sizes, files]]
    rows.append(run(registry, folder, files, ["--dask", "local"]))
    same = differing(folder / "here", folder / "dask")
    print(f"files that differ between one machine and the cluster: {len(same)}")
    if out is not None:
        said = {"machine": machine(), "method": __doc__, "rows": rows, "differing": same}
        out.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def made(folder: Path, files: int) -> Path:
    """The registry, as many of its files as are wanted."""
    from datetime import date

    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        path = folder / f"events-{number:04d}.parquet"
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            write_registry(unfinished, EACH, date.fromisoformat(ASKED), number + 1, number * EACH)
            unfinished.replace(path)
    return folder


def run(registry: Path, folder: Path, files: int, more: list[str]) -> Row:
    """Assess the first files; how long, how much work, how much memory."""
    out, some = folder / ("dask" if more else "here"), folder / "some"
    for each in (out, some):
        shutil.rmtree(each, ignore_errors=True)
    some.mkdir()
    for path in sorted(registry.glob("*.parquet"))[:files]:
        (some / path.name).hardlink_to(path)
    words = ["isocourse", "assess-many", str(some), "--at", ASKED, "--out", str(out), *more]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work = subprocess.Popen([str(Path(sys.executable).with_name(words[0])), *words[1:]])  # noqa: S603
    memory = _Watch(work.pid)
    memory.start()
    assert work.wait() == 0
    wall = time.perf_counter() - begun
    memory.over.set()
    memory.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    courses = files * EACH
    row = {
        "courses": courses,
        "way": " ".join(more) or "one process",
        "seconds": round(wall, 1),
        "processor": round(spent, 1),
        "µs of processor each": round(spent / courses * 1e6, 1),
        "MiB": round(memory.most),
    }
    print(row)
    return row


class _Watch(threading.Thread):
    """The most memory that a process and those it started hold at one moment."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, 0.0, threading.Event()

    def run(self) -> None:
        """Look ten times a second."""
        while not self.over.wait(0.1):
            pids = [self.pid, *_below(self.pid)]
            self.most = max(self.most, sum(map(_held, pids)) / 1024)


def _below(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(each) for each in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_below(child)]
    return found


def _held(pid: int) -> int:
    """KiB that a process holds and shares with no other, as far as the system tells."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def differing(one: Path, other: Path) -> list[str]:
    """The results that are not the same bytes in both."""
    names = sorted(
        {p.relative_to(root).as_posix() for root in (one, other) for p in root.rglob("*.parquet")}
    )
    return [
        n
        for n in names
        if not ((one / n).exists() and (other / n).exists())
        or not filecmp.cmp(one / n, other / n, shallow=False)
    ]


if __name__ == "__main__":
    main()
