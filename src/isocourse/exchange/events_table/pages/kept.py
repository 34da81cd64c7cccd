"""Compile a function that reads pages once; it is kept until a file of this folder changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from isocourse.facts import compiled

SOURCES = (Path(__file__).resolve().parent,)


def kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled when first called, free of Python's lock: workers read side by side.

    Places in a file are looked at only after it is known that they are inside.
    """
    return compiled.kept(function, SOURCES, nogil=True, _nrt=False)


def quick(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same of one that takes a moment: giving the lock away would mean waiting for it again."""
    return compiled.kept(function, SOURCES, _nrt=False)
