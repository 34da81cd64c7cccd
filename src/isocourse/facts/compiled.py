"""Compiling the pass once and keeping the result, for as long as its sources stay the same.

numba watches only the file of the function it is asked to keep. The pass is spread over several
files, so the folder of the kept code is named by the digest of all of them: a change in any one
compiles anew, and code compiled from other sources is never run.
"""

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


@cache
def digest(sources: tuple[Path, ...] | None = None) -> str:
    """The digest of every source file that code is compiled from, and of numba's version."""
    held = hashlib.sha256(numba.__version__.encode())
    for folder in _SOURCES if sources is None else sources:
        for file in sorted(folder.glob("*.py")):
            held.update(file.name.encode() + file.read_bytes())
    return held.hexdigest()[:16]


def folder(sources: tuple[Path, ...] | None = None) -> Path:
    """Where compiled code is kept: beside the sources, or for the user where that is read-only."""
    name = _PREFIX + digest(sources)
    beside = (_HERE if sources is None else sources[0]) / "__pycache__"
    try:
        beside.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=beside):
            return beside / name
    except OSError:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isocourse"
        return base / name if sources is None else base / sources[0].name / name


def kept(
    function: Callable[..., Any], sources: tuple[Path, ...] | None = None, **options: Any
) -> Callable[..., Any]:
    """The function, compiled when first called and kept on disk for the next process.

    `sources` are the folders that it is compiled from, those of the pass when none are given;
    `options` are numba's.
    """
    usual = config.CACHE_DIR
    config.CACHE_DIR = str(folder(sources))
    try:
        compiled: Callable[..., Any] = numba.njit(cache=True, **{**_UNCHECKED, **options})(function)
        return compiled
    finally:
        config.CACHE_DIR = usual


def part(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the pass: it becomes part of whatever compiled function calls it.

    A call would hand over every array of a room one by one, which costs more than most of these
    functions do. Nothing here divides by zero, so that needs no check.
    """
    compiled: Callable[..., Any] = numba.njit(forceinline=True, **_UNCHECKED)(function)
    return compiled


def shared(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the pass that many parts of it call: it stays one."""
    compiled: Callable[..., Any] = numba.njit(**_UNCHECKED)(function)
    return compiled


def kept_free(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same, free of Python's lock: several threads may run it at once.

    What numba keeps count of in memory has no place in such a loop.
    """
    return kept(function, nogil=True, _nrt=False)


def forget_old(sources: tuple[Path, ...] | None = None) -> None:
    """Remove what was compiled from earlier versions of the sources."""
    now = folder(sources)
    for each in now.parent.glob(f"{_PREFIX}*"):
        if each != now:
            shutil.rmtree(each, ignore_errors=True)
