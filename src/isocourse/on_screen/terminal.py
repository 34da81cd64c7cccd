"""Standard output as it is found: closed, cut off in the middle, or poor in signs."""

import codecs
import io
import os
import sys

_PLAINER = {"✓": "+", "✗": "x", "–": "-", "·": "-", "≈": "~", "▪": "#", "◆": "@", "▫": "."}
_PLAINER |= {"▸": ">", "‹": "<", "›": ">", "“": '"', "”": '"', "’": "'", "µ": "u", "─": "-"}


def make_ready() -> None:
    """Output has somewhere to go, and no sign in it stops a terminal that cannot show it."""
    if sys.stdout is None:  # closed by whoever called
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    codecs.register_error("plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainer")


def write_nowhere() -> None:
    """Nobody reads any more: what is still held back goes nowhere when the command ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Signs that a terminal cannot show, as the nearest ones that every terminal can."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_PLAINER.get(each, "?") for each in signs), error.end
