"""Work done part by part into a folder: a part is there whole or not at all, so a run goes on.

    DIR/request.json        what is asked; another question is refused
    DIR/<table>/NAME        the result of each part, named like the part
    DIR/done/NAME.json      that it is done: written last, with the counts of the part
    DIR/summary.json        of all: there only when every part is done

Everything is written beside its place and moved there in one step. A process killed at any moment
leaves parts that are done, and some that are not; the next run does those.
"""

import contextlib
import ctypes
import fcntl
import gc
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from isocourse.exchange.parts.part import Part

REQUEST, SUMMARY, DONE = "request.json", "summary.json", "done"
_UNFINISHED, _LOCK = ".unfinished-", ".running"
Numbers = dict[str, Any]
Seen = Callable[[int], object]


class Elsewhere(FileExistsError):
    """A folder that holds something else, or is being written into; the text says what."""


class Work(Protocol):
    """What is done with each part. It travels to other machines, so it must be plain data."""

    @property
    def table(self) -> str:
        """The folder of its results."""

    @property
    def threads(self) -> int | None:
        """How many a part may use; None for as many as there are cores."""

    def __call__(self, part: Part, target: Path, seen: Seen) -> Numbers:
        """Write the result of a part, and give its counts."""


@dataclass(frozen=True, slots=True)
class Run:
    """Work on parts, into a folder, under a question that is written down."""

    work: Work
    parts: Sequence[Part]
    out: Path
    question: Numbers


@contextlib.contextmanager
def opened(run: Run) -> Iterator[Sequence[Part]]:
    """The parts that are still to do; nobody else writes into the folder meanwhile.

    Raises Elsewhere for a folder that is complete, holds answers to another question, or is in use.
    """
    if (run.out / SUMMARY).exists():
        raise Elsewhere(f"{run.out / SUMMARY}: all is done there already")
    run.out.mkdir(parents=True, exist_ok=True)
    with (run.out / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Elsewhere(f"{run.out}: another run is writing into it") from None
        try:
            _same_question(run)
            _sweep(run.out)
            yield [part for part in run.parts if not _is_done(run, part)]
        finally:
            (run.out / _LOCK).unlink(missing_ok=True)


def _sweep(out: Path) -> None:
    """Remove what processes that were killed have left."""
    for left in list(out.rglob(f"{_UNFINISHED}*")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _same_question(run: Run) -> None:
    path = run.out / REQUEST
    if not path.exists():
        others = [each.name for each in run.out.iterdir() if each.name[0] != "."]
        if others:
            raise Elsewhere(f"{run.out}: found {sorted(others)[0]}, which is not of this command")
        return _write(path, run.question)
    held = json.loads(path.read_text(encoding="utf-8"))
    if held != json.loads(json.dumps(run.question)):
        what = next(
            key for key in {**held, **run.question} if held.get(key) != run.question.get(key)
        )
        raise Elsewhere(f"{path}: found another question ({what} is {held.get(what)!r})")
    gone = _recorded(run.out) - {part.name for part in run.parts}
    if gone:
        raise Elsewhere(f"{run.out}: found {sorted(gone)[0]} done, which is no part any more")
    return None


def _recorded(out: Path) -> set[str]:
    done = out / DONE
    return {
        path.relative_to(done).as_posix().removesuffix(".json") for path in done.rglob("*.json")
    }


def _is_done(run: Run, part: Part) -> bool:
    """Whether a part is done, and is still the file that it was."""
    found = counts_of(run.out, part)
    return found is not None and found["seal"] == part.seal


def counts_of(out: Path, part: Part) -> Numbers | None:
    """What was counted in a part that is done."""
    try:
        text = (out / DONE / f"{part.name}.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    found: Numbers = json.loads(text)
    return found


def do_part(work: Work, part: Part, out: Path, seen: Seen = lambda rows: None) -> str:
    """Do one part and put its result in its place; the name of the part."""
    target = out / work.table / part.name
    with tempfile.TemporaryDirectory(dir=out, prefix=_UNFINISHED) as folder:
        written = Path(folder) / "result"
        try:
            counts = work(part, written, seen)
        finally:
            give_back()
        target.parent.mkdir(parents=True, exist_ok=True)
        _keep(written)
        written.replace(target)
    _write(out / DONE / f"{part.name}.json", {"seal": part.seal, "counts": counts})
    return part.name


def give_back() -> None:
    """What a part left behind goes back to the system, so that memory does not grow with parts.

    Objects that hold each other keep a file mapped until they are collected, and the C library of
    Linux keeps what was freed for later.
    """
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _write(path: Path, said: Numbers) -> None:
    """A small file, there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=_UNFINISHED, delete=False
    ) as file:
        json.dump(said, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def _keep(path: Path) -> None:
    """Wait until the disk holds a file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def finish(run: Run, summary: Numbers) -> None:
    """Say that every part is done."""
    _sweep(run.out)
    _write(run.out / SUMMARY, summary)
