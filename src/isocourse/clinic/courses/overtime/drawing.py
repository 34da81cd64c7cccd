"""A chart as a picture made at the server: lines with marks, limits with letters, days below.

Nothing is told by colour alone: each line has a mark, a dash and its name at its end, each limit a
letter that is explained below the picture, and all numbers stand in a table.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from isocourse.clinic.courses.overtime.axes import Across, Up, number
from isocourse.clinic.courses.telling import Source

WIDE, HIGH = 420, 220
_LEFT, _RIGHT, _ABOVE, _BELOW = 42, 44, 24, 26
_NAMED = 134  # room at the right for the names of lines
_LINE = 14  # the height of a line of text
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """Values that belong together."""

    name: Any
    points: Sequence[Point]
    steps: bool = False  # each value holds until the next
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """A value beyond which something is called for: in words, and whose word it is."""

    value: float
    words: str
    said: str  # the value with its units
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn."""

    title: Any
    unit: str
    lines: Sequence[Line]
    limits: Sequence[Limit] = ()
    band: tuple[float, float] | None = None
    other_unit: str = ""
    other_per_unit: float = 1.0
    most: float | None = None
    head: Sequence[Any] = ()
    rows: Sequence[Sequence[Any]] = field(default=())
    latest: str = ""

    @property
    def explained(self) -> list[tuple[str, Limit, bool]]:
        """The limits from low to high, each with its letter, and whether it is in the picture."""
        ordered = sorted(self.limits, key=lambda each: each.value)
        top = self._up.top
        return [(_LETTERS[n], each, each.value <= top) for n, each in enumerate(ordered)]

    @property
    def _all(self) -> list[Point]:
        return [point for line in self.lines for point in line.points]

    @property
    def _up(self) -> Up:
        """From nothing to a little above the highest value, and to the next limit above it."""
        if self.most is not None:
            return Up(self.most, _ABOVE, HIGH - _BELOW)
        highest = max((each.value for each in self._all), default=0.0)
        highest = max(highest, self.band[1] if self.band else 0.0)
        next_limit = min((e.value for e in self.limits if e.value >= highest), default=highest)
        return Up(max(highest, next_limit), _ABOVE, HIGH - _BELOW)

    @property
    def _across(self) -> Across:
        days = [each.day for each in self._all]
        named = len(self.lines) > 1
        return Across(min(days), max(days), _LEFT, WIDE - (_NAMED if named else _RIGHT))

    @property
    def picture(self) -> SafeString:
        """The drawing."""
        return format_html(
            '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}{}</svg>',
            WIDE,
            HIGH,
            f"{self.title}. {self.latest}",
            _joined(self._band()),
            _joined(self._grid()),
            _joined(self._days()),
            _joined(self._lines()),
            _joined(self._limits()),
        )

    def _band(self) -> Iterator[SafeString]:
        if self.band:
            up, across = self._up, self._across
            top = up.at(self.band[1])
            yield format_html(
                '<rect class="band" x="{}" y="{}" width="{}" height="{}"/>',
                _LEFT,
                top,
                across.right - _LEFT,
                round(up.at(self.band[0]) - top, 1),
            )

    def _grid(self) -> Iterator[SafeString]:
        up, right = self._up, self._across.right
        for value in up.ticks:
            y = up.at(value)
            yield format_html('<path class="grid" d="M{} {}H{}"/>', _LEFT, y, right)
            yield _text(_LEFT - 5, y + 4, number(value), "end")
            if self.other_unit:
                yield _text(right + 5, y + 4, number(value * self.other_per_unit), "start")
        yield _text(2, 9, self.unit, "start", "unit")
        if self.other_unit:
            yield _text(WIDE - 2, 9, self.other_unit, "end", "unit")

    def _days(self) -> Iterator[SafeString]:
        across = self._across
        for day, words, anchor in across.ticks:
            x = across.at(day)
            yield format_html('<path class="grid" d="M{} {}v4"/>', x, HIGH - _BELOW)
            yield _text(x, HIGH - 8, words, anchor)

    def _lines(self) -> Iterator[SafeString]:
        up, across = self._up, self._across
        for place, line in enumerate(self.lines):
            spots = [(across.at(each.day), up.at(each.value)) for each in line.points]
            way = _steps(spots) if line.steps else " ".join(f"{x},{y}" for x, y in spots)
            yield format_html('<polyline class="line line-{}" points="{}"/>', place, way)
            if line.marked:
                yield from (_mark(place, x, y) for x, y in spots)
        if len(self.lines) > 1:
            yield from self._names()

    def _names(self) -> Iterator[SafeString]:
        """The name of each line at its end, pushed apart where ends lie close together."""
        up, across = self._up, self._across
        ends = [(up.at(e.points[-1].value), n, e) for n, e in enumerate(self.lines) if e.points]
        lowest = -float(_LINE)
        for y, place, line in sorted(ends, key=lambda each: each[:2]):
            lowest = max(y + 4, lowest + _LINE)
            yield _mark(place, across.right + 9, lowest - 4)
            yield _text(across.right + 17, lowest, str(line.name), "start")

    def _limits(self) -> Iterator[SafeString]:
        up, right = self._up, self._across.right
        for letter, limit, drawn in self.explained:
            if drawn:
                y = up.at(limit.value)
                yield format_html('<path class="limit" d="M{} {}H{}"/>', _LEFT, y, right)
                yield _text(_LEFT + 4, y - 3, letter, "start", "letter")


def _steps(spots: Sequence[tuple[float, float]]) -> str:
    """The way of a line whose values hold until the next one."""
    way: list[str] = []
    for (x, y), (_before, held) in zip(spots, [spots[0], *spots], strict=False):
        way += [f"{x},{held}", f"{x},{y}"]
    return " ".join(way)


def _mark(place: int, x: float, y: float) -> SafeString:
    """The mark of a line: a dot, a square, a triangle, a diamond."""
    shapes = (
        '<circle class="dot dot-{0}" cx="{1}" cy="{2}" r="3.5"/>',
        '<rect class="dot dot-{0}" x="{3}" y="{4}" width="6.4" height="6.4"/>',
        '<path class="dot dot-{0}" d="M{1} {5}l4.2 7.4h-8.4z"/>',
        '<path class="dot dot-{0}" d="M{1} {5}l4 4.4-4 4.4-4-4.4z"/>',
    )
    spots = (x, y, round(x - 3.2, 1), round(y - 3.2, 1), round(y - 4.4, 1))
    return format_html(shapes[place % len(shapes)], place, *spots)


def _text(x: float, y: float, words: str, anchor: str, kind: str = "") -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        kind,
        round(x, 1),
        round(y, 1),
        anchor,
        words,
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((each,) for each in parts))
