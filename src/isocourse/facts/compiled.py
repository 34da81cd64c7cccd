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


@cache
def digest() -> str:
    """The digest of every source file that the pass is compiled from, and of numba's version."""
    held = hashlib.sha256(numba.__version__.encode())
    for folder in _SOURCES:
        for file in sorted(folder.glob("*.py")):
            held.update(file.name.encode() + file.read_bytes())
    return held.hexdigest()[:16]


def folder() -> Path:
    """Where compiled code is kept: beside the sources, or for the user where that is read-only."""
    beside = _HERE / "__pycache__"
    try:
        beside.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=beside):
            return beside / (_PREFIX + digest())
    except OSError:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(base) / "isocourse" / (_PREFIX + digest())


def kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled when first called and kept on disk for the next process."""
    return _kept(function, free=False)


def kept_free(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same, free of Python's lock: several threads may run it at once."""
    return _kept(function, free=True)


def _kept(function: Callable[..., Any], free: bool) -> Callable[..., Any]:
    usual = config.CACHE_DIR
    config.CACHE_DIR = str(folder())
    try:
        njit: Any = numba.njit  # what it keeps count of in memory has no place in a free loop
        compiled: Callable[..., Any] = njit(cache=True, nogil=free, _nrt=not free)(function)
        return compiled
    finally:
        config.CACHE_DIR = usual


def forget_old() -> None:
    """Remove what was compiled from earlier versions of the sources."""
    now = folder()
    for each in now.parent.glob(f"{_PREFIX}*"):
        if each != now:
            shutil.rmtree(each, ignore_errors=True)
