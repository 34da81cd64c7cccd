"""The paper everything is written on: console, marks, and paragraphs that hang under them.

Nothing is told by colour alone: each mark has a symbol and a word of its own. Text from a file is
never read as markup, and what a terminal could act on is spelled out.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TextIO, cast

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

QUIET = "dim"
HEADING = "bold"
WIDE = 72
"""Columns from which things stand side by side."""
_WIDEST = 100
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

PLACES = {
    "us": "United States",
    "uk": "United Kingdom",
    "eu": "European Union, base rules",
    "de": "Germany",
    "fr": "France",
    "it": "Italy",
    "in": "India",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol with its word and its colours: on a label, and in running text."""

    symbol: str
    word: str
    label: str
    ink: str


MARKS = {
    "allowed": Mark("✓", "ALLOWED", "bold black on green", "bold green"),
    "blocked": Mark("✗", "BLOCKED", "bold white on red", "bold red"),
    "unknown": Mark("?", "UNKNOWN", "bold black on yellow", "bold yellow"),
    "not_applicable": Mark("–", "DOES NOT APPLY", "dim", "dim"),
    "eligible": Mark("✓", "eligible", "bold black on green", "bold green"),
    "not_eligible": Mark("✗", "not eligible", "bold white on red", "bold red"),
    "blocks": Mark("✗", "stops", "bold white on red", "bold red"),
    "advises": Mark("·", "advises", "dim", "dim"),
    "alerts": Mark("!", "alerts", "bold black on yellow", "bold yellow"),
    "due": Mark("□", "is due", "bold cyan", "bold cyan"),
    "phase": Mark("▸", "names the phase", "bold", "bold"),
    "expect": Mark("~", "says what is normal", "dim", "dim"),
    "tips": Mark("+", "gives a tip", "green", "green"),
    "error": Mark("✗", "error", "bold white on red", "bold red"),
    "warning": Mark("!", "warning", "bold black on yellow", "bold yellow"),
    "fine": Mark("✓", "nothing wrong", "bold black on green", "bold green"),
}


class _WithoutTrailingSpaces:
    """A stream for plain text: lines end where their words end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> int:
        return self._stream.write(re.sub(r" +$", "", words, flags=re.MULTILINE))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Paper(Console):
    """A console that leaves it to the command what to do when its reader goes away."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def paper() -> Console:
    """A console as wide as the terminal, up to a width that is still pleasant to read."""
    console = _Paper(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.file = cast(TextIO, _WithoutTrailingSpaces(sys.stdout))
    if console.width > _WIDEST:
        console.width = _WIDEST
    return console


def safe(text: str) -> str:
    """Text without anything that a terminal would act on."""
    return "".join(e if e.isprintable() or e == "\n" else ascii(e)[1:-1] for e in text)


def text(words: str, style: str = "") -> Text:
    """Words as they are, never read as markup."""
    return Text(safe(words), style=style, overflow="fold")


def line(*parts: str | tuple[str, str] | Text) -> Text:
    """One paragraph of parts, each plain, with its style, or made before."""
    made = Text(overflow="fold")
    for part in parts:
        if isinstance(part, Text):
            made.append_text(part)
        else:
            words, style = (part, "") if isinstance(part, str) else part
            made.append(safe(words), style=style)
    return made


def title(words: str) -> Rule:
    """The title of a page."""
    return Rule(text(f"{words}", "bold cyan"), align="left", style="cyan")


def heading(words: str) -> RenderableType:
    """The heading of a part, with a line of air above."""
    return Padding(text(words, HEADING), (1, 0, 0, 0))


def hanging(mark: RenderableType, *under: RenderableType, width: int = 2) -> Table:
    """Paragraphs that hang to the right of a mark."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=width - 1, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(mark, Group(*under))
    return grid


def marked(name: str, *under: RenderableType) -> Table:
    """Paragraphs that hang beside the symbol of a mark."""
    return hanging(Text(MARKS[name].symbol, MARKS[name].ink), *under)


def indented(part: RenderableType, by: int = 2) -> Padding:
    """A part set in from the left."""
    return Padding(part, (0, 0, 0, by))


def labelled(rows: Sequence[tuple[str, RenderableType]]) -> Table:
    """Rows of a quiet label and what it says."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style=QUIET, no_wrap=True)
    grid.add_column(overflow="fold")
    for label, said in rows:
        grid.add_row(label, said)
    return grid


def date_words(day: date) -> str:
    """A date as people write it: 7 Dec 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_words(day: date) -> str:
    """A date with its day of the week: Mon 7 Dec 2026."""
    return f"{_DAYS[day.weekday()]} {date_words(day)}"


def moment_words(moment: date) -> str:
    """A day, or an instant with its clock: Mon 7 Dec 2026 18:00 UTC-05:00."""
    if not isinstance(moment, datetime):
        return day_words(moment)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return f"{day_words(moment)} {clock} {moment.tzname() or ''}".rstrip()


def listed(words: Sequence[str]) -> str:
    """Words in a row: start, prescribe and dispense."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def in_rows(rows: Sequence[tuple[RenderableType, RenderableType]], wide: bool) -> RenderableType:
    """Pairs side by side in columns, or one under the other where there is little room."""
    if not wide:
        return Group(*(part for one, other in rows for part in (one, indented(other))))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for one, other in rows:
        grid.add_row(one, other)
    return grid
