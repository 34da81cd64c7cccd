"""The forecast as pictures: a panel for each quantity, with bands, what was observed, and limits.

A panel is an SVG of its own, so that a page can set them beside or below each other; colours come
from classes, so that a page can be dark. Half of the twins lie in the inner band, nine in ten in
the outer; a ring is what was observed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from isocourse.course.forecasting.forecast import Forecast, Outlook
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.models.summary import QUANTILES

Numbers = NDArray[np.float64]
WIDTH, HEIGHT = 380, 230
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 30, 34
STYLE = (
    "<style>.fc-text{fill:#222;font:12px sans-serif}.fc-faint{fill:#666;font:11px sans-serif}"
    ".fc-grid{stroke:#ccc;stroke-width:.5}.fc-wide{fill:#1b6ca8;fill-opacity:.16}"
    ".fc-inner{fill:#1b6ca8;fill-opacity:.3}.fc-middle{fill:none;stroke:#1b6ca8;stroke-width:2}"
    ".fc-seen{fill:#fff;stroke:#222;stroke-width:2}.fc-limit{stroke:#a8324a;stroke-width:1.5;"
    "stroke-dasharray:6 3}.fc-now{stroke:#666;stroke-width:1;stroke-dasharray:2 3}"
    ".fc-second{fill:none;stroke:#c1561d;stroke-width:2;stroke-dasharray:8 3}"
    ".fc-third{fill:none;stroke:#3b7d3b;stroke-width:2;stroke-dasharray:2 3}</style>"
)
TITLES: Mapping[str, str] = MappingProxyType(
    {
        "papules_pustules": "Papules and pustules, count",
        "nodules": "Nodules, count",
        "comedones": "Comedones, count",
        "triglycerides": "Triglycerides, mg/dL",
        "alt": "ALT, U/L",
    }
)
RELAPSE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "relapse_any_share": "any prescription",
        "relapse_systemic_share": "systemic treatment",
        "relapse_second_course_share": "second course",
    }
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the pictures say, with gaps for figures; another language has its own."""

    titles: Mapping[str, str] = field(default_factory=lambda: TITLES)
    clear: str = "Clear or almost clear, of 100 twins"
    weeks: str = "weeks from the first capsule"
    at: str = "week {week}: {middle} ({low} to {high})"
    share: str = "week {week}: {share}"
    now: str = "now"


ENGLISH = Words()
_LINES = ("fc-middle", "fc-second", "fc-third")
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture, with what it shows in words."""

    title: str
    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where weeks and figures stand in a panel."""

    last: float
    most: float

    def x(self, week: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * week / self.last

    def y(self, figure: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(figure, self.most) / self.most)

    def line(self, weeks: Sequence[float], figures: Sequence[float]) -> str:
        return " ".join(
            f"{self.x(w):.1f},{self.y(f):.1f}" for w, f in zip(weeks, figures, strict=True)
        )


def picture(made: Forecast, outlook: Outlook) -> str:
    """All panels of one regimen below each other, to be kept as a file."""
    shown = panels(made, outlook)
    parts = [
        f'<g transform="translate(0,{40 + n * HEIGHT})">{_inner(each.svg)}</g>'
        for n, each in enumerate(shown)
    ]
    height = 40 + HEIGHT * len(shown)
    title = f"{made.course_id}: {outlook.regimen.name}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
        f"{STYLE}<title>{escape(title)}</title>"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f'<text class="fc-text" x="8" y="22">{escape(title)}</text>' + "".join(parts) + "</svg>\n"
    )


def _inner(svg: str) -> str:
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")]


def panels(made: Forecast, outlook: Outlook, words: Words = ENGLISH) -> tuple[Panel, ...]:
    """The panels of one regimen: lesions, clearance, blood, relapse."""
    lesions = [_quantity(made, outlook, name, words) for name in list(TITLES)[:3]]
    blood = [_quantity(made, outlook, name, words) for name in list(TITLES)[3:]]
    return (*lesions, _clear(made, outlook, words), *blood, _relapse(outlook))


def _quantity(made: Forecast, outlook: Outlook, name: str, words: Words) -> Panel:
    weekly = outlook.weekly
    weeks = [0.0, *map(float, weekly.weeks)]
    before = _before(made, name)
    bands = [[b, *row] for b, row in zip(before, weekly.quantiles[name], strict=True)]
    observed = [
        (max(each.day, 0) / DAYS_IN_A_WEEK, each.value)
        for each in made.seen.observed
        if each.what == name
    ]
    limits = [each for each in made.limits if each.of == name]
    top = max([*bands[-1], *(v for _, v in observed), 1.0])
    limits = [each for each in limits if each.above < 2 * top]
    frame = _Frame(weeks[-1], _round_up(max([top, *(each.above for each in limits)])))
    parts = list(_axes(frame, words.titles[name], words.weeks))
    for style, low, high in (("fc-wide", 0, 4), ("fc-inner", 1, 3)):
        there = frame.line(weeks, bands[high])
        back = frame.line(weeks[::-1], bands[low][::-1])
        parts.append(f'<polygon class="{style}" points="{there} {back}"/>')
    parts.append(f'<polyline class="fc-middle" points="{frame.line(weeks, bands[2])}"/>')
    for limit in limits:
        parts.append(_across(frame, limit.above))
    parts += _now(frame, made.week, words.now)
    parts += [
        f'<circle class="fc-seen" cx="{frame.x(w):.1f}" cy="{frame.y(v):.1f}" r="4"/>'
        for w, v in observed
    ]
    title = words.titles[name]
    return Panel(title, _svg(title, parts), _words(weeks, bands, words))


def _before(made: Forecast, name: str) -> list[float]:
    """The quantiles before the first capsule."""
    values = made.twins.people
    key = name if name in ("triglycerides", "alt") else f"{name}_before"
    return [float(each) for each in np.quantile(values[key], QUANTILES)]


def _words(weeks: Sequence[float], bands: Sequence[Sequence[float]], words: Words) -> str:
    said = []
    for week in (4, 12, 20):
        if week < len(weeks):
            low, middle, high = (f"{bands[k][week]:.0f}" for k in (0, 2, 4))
            said.append(words.at.format(week=week, middle=middle, low=low, high=high))
    return "; ".join(said)


def _clear(made: Forecast, outlook: Outlook, words: Words) -> Panel:
    weekly, title = outlook.weekly, words.clear
    weeks = [0.0, *map(float, weekly.weeks)]
    frame = _Frame(weeks[-1], 100.0)
    shares = [0.0, *(100 * weekly.clear)]
    parts = list(_axes(frame, title, words.weeks))
    parts.append(f'<polyline class="fc-middle" points="{frame.line(weeks, shares)}"/>')
    parts += _now(frame, made.week, words.now)
    told = [w for w in (8, 12, 16, 20) if w < len(weeks)]
    said = [words.share.format(week=w, share=f"{shares[w]:.0f}") for w in told]
    return Panel(title, _svg(title, parts), "; ".join(said))


def _relapse(outlook: Outlook) -> Panel:
    title = "Acne back, of 100 twins"
    by = outlook.weekly.relapse_by
    months = [float(m) for m in range(len(next(iter(by.values()))) + 1)]
    most = _round_up(100 * max(float(each[-1]) for each in by.values()))
    frame = _Frame(months[-1], max(most, 10.0))
    parts = list(_axes(frame, title, "months after the last capsule"))
    said = []
    for number, ((name, share), style) in enumerate(zip(by.items(), _LINES, strict=True)):
        line = frame.line(months, [0.0, *(100 * share)])
        parts.append(f'<polyline class="{style}" points="{line}"/>')
        y = TOP + 12 + 15 * number
        parts.append(f'<polyline class="{style}" points="{LEFT + 8},{y} {LEFT + 34},{y}"/>')
        parts.append(_text(LEFT + 40, y + 4, RELAPSE_WORDS[name], "fc-faint"))
        said.append(f"{RELAPSE_WORDS[name]} within two years: {100 * share[23]:.0f}")
    return Panel(title, _svg(title, parts), "; ".join(said))


def _round_up(figure: float) -> float:
    """The next figure that reads well on an axis."""
    size = 10 ** np.floor(np.log10(max(figure, 1e-9)))
    return float(next(size * k for k in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if size * k >= figure))


def _axes(frame: _Frame, title: str, across: str) -> Iterator[str]:
    yield _text(8, 18, title, "fc-text")
    for k in range(_TICKS + 1):
        figure = frame.most * k / _TICKS
        y = frame.y(figure)
        yield _line(LEFT, y, WIDTH - RIGHT, y, "fc-grid")
        yield _text(LEFT - 6, y + 4, f"{figure:g}", "fc-faint", "end")
    step = max(1, round(frame.last / 6))
    for week in range(0, int(frame.last) + 1, step):
        yield _text(frame.x(week), HEIGHT - BOTTOM + 14, str(week), "fc-faint", "middle")
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5, across, "fc-faint", "middle")


def _across(frame: _Frame, figure: float) -> str:
    y = frame.y(figure)
    line = _line(LEFT, y, WIDTH - RIGHT, y, "fc-limit")
    return line + _text(WIDTH - RIGHT - 2, y - 4, f"limit {figure:.0f}", "fc-faint", "end")


def _now(frame: _Frame, week: int, word: str) -> list[str]:
    if not 0 < week < frame.last:
        return []
    x = frame.x(week)
    return [_line(x, TOP, x, HEIGHT - BOTTOM, "fc-now"), _text(x + 3, TOP + 9, word, "fc-faint")]


def _svg(title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, said: str, style: str, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{style}" {place}>{escape(said)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line class="{style}" {ends}/>'
