"""Compile a function of the drug model once; it is kept until a file of this folder changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from isocourse.facts import compiled

SOURCES = (Path(__file__).resolve().parent,)
_FAST = {"contract", "nsz", "nnan", "ninf"}
"""Multiply and add in one go; no sums are reordered, so any number of cores gives the same."""


def kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled when first called, free of Python's lock so that threads share it."""
    return compiled.kept(function, SOURCES, nogil=True, error_model="numpy", fastmath=_FAST)
