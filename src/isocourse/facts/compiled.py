"""Compiling the pass once and keeping the result, for as long as its sources stay the same.

numba watches only the file of the function it is asked to keep. The pass is spread over several
files, so the folder of the kept code is named by the digest of all of them: a change in any one
compiles anew, and code compiled from other sources is never run.
"""

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba.core import config as numba_config

_HERE = Path(__file__).resolve().parent
_SOURCES = (_HERE, _HERE / "many", _HERE.parent / "words")
config: Any = numba_config
_PREFIX = "compiled-"
_UNCHECKED: dict[str, Any] = {"error_model": "numpy"}
_BARE: dict[str, Any] = {**_UNCHECKED, "_nrt": False}
"""Nothing in the pass makes an array, so that numba has none to keep count of.

Every function of it says so: else the first one compiled decides for the parts that it shares with
the others, and the loop over a registry became a quarter slower when one course was compiled first.
"""


@cache
def digest(sources: tuple[Path, ...] | None = None) -> str:
    """The digest of every source file that code is compiled from, and of numba's version."""
    held = hashlib.sha256(numba.__version__.encode())
    for folder in _SOURCES if sources is None else sources:
        for file in sorted(folder.glob("*.py")):
            held.update(file.name.encode() + file.read_bytes())
    return held.hexdigest()[:16]


def folder(sources: tuple[Path, ...] | None = None) -> Path:
    """Where compiled code is kept: beside the sources, or where those are read-only in a copy.

    An account that may not write there (a service) gets a copy of what was compiled at set-up, so
    that it does not compile all over again.
    """
    here = _HERE if sources is None else sources[0]
    name, beside = _PREFIX + digest(sources), here / "__pycache__"
    if _writable(beside):
        return beside / name
    own = _own() if sources is None else _own() / here.name
    if not (own / name).exists() and (beside / name).is_dir():
        _copy(beside / name, own / name)
    return own / name


def _writable(place: Path) -> bool:
    """Whether a file can be made in a folder, which is made if it can be."""
    try:
        place.mkdir(exist_ok=True, parents=True)
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError:
        return False


@cache
def _own() -> Path:
    """A folder of the user; where there is none, one that lives as long as this process.

    Never one that others can write to: compiled code that was put there would be run.
    """
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isocourse"
    except RuntimeError:  # an account without a home
        base = None
    if base is not None and _writable(base):
        return base
    made = Path(tempfile.mkdtemp(prefix="isocourse-"))
    atexit.register(_leave, made, os.getpid())
    return made


def _leave(made: Path, maker: int) -> None:
    """Remove what was for the time of a process; not when one that was forked from it ends."""
    if os.getpid() == maker:
        shutil.rmtree(made, ignore_errors=True)


def _copy(held: Path, to: Path) -> None:
    """Copy a folder as a whole or not at all; who comes second leaves what the first one made."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=to.parent))
    try:
        shutil.copytree(held, part / held.name)
        (part / held.name).rename(to)
    except OSError:
        if not to.exists():
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def kept(
    function: Callable[..., Any], sources: tuple[Path, ...] | None = None, **options: Any
) -> Callable[..., Any]:
    """The function, compiled when first called and kept on disk for the next process.

    `sources` are the folders that it is compiled from, those of the pass when none are given;
    `options` are numba's.
    """
    usually = _BARE if sources is None else _UNCHECKED
    usual = config.CACHE_DIR
    config.CACHE_DIR = str(folder(sources))
    try:
        compiled: Callable[..., Any] = numba.njit(cache=True, **{**usually, **options})(function)
        return compiled
    finally:
        config.CACHE_DIR = usual


def part(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the pass: it becomes part of whatever compiled function calls it.

    A call would hand over every array of a room one by one, which costs more than most of these
    functions do. Nothing here divides by zero, so that needs no check.
    """
    compiled: Callable[..., Any] = numba.njit(forceinline=True, **_BARE)(function)
    return compiled


def shared(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the pass that many parts of it call: it stays one."""
    compiled: Callable[..., Any] = numba.njit(**_BARE)(function)
    return compiled


def kept_free(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same, free of Python's lock: several threads may run it at once."""
    return kept(function, nogil=True)


def forget_old(sources: tuple[Path, ...] | None = None) -> None:
    """Remove what was compiled from earlier versions of the sources."""
    now = folder(sources)
    for each in now.parent.glob(f"{_PREFIX}*"):
        if each != now:
            shutil.rmtree(each, ignore_errors=True)
