"""The picture of a trial, as SVG: each quantity over time, and every outcome beside its band.

Drawn by hand, so that a picture needs no further library and is the same bytes for the same trial.
"""

from collections.abc import Iterator
from html import escape

import numpy as np

from isocourse.models.outcomes import columns_of
from isocourse.models.quantities import QUANTITIES, TIMELESS
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.models.trial import Outcome, Trial, day_of

WIDTH, PANEL, LEFT, TOP, RIGHT, BOTTOM = 720, 260, 78, 46, 20, 46
ROW = 30
INKS = ("#1b6ca8", "#c1561d", "#3b7d3b", "#7a3e9d", "#8a6d00", "#a8324a")
PAPER, INK, FAINT = "#ffffff", "#222222", "#8a8a8a"
_SAMPLED = 400
LOW, HIGH = 5, 95


def picture(trial: Trial) -> str:
    """The whole picture: time courses first, then every outcome in a row of its own."""
    parts: list[str] = []
    height = TOP
    for quantity in _over_time(trial):
        parts += _panel(trial, quantity, height)
        height += PANEL
    parts += _rows(trial, height)
    height += ROW * (len(trial.outcomes) + 2)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" font-family="sans-serif" font-size="12" fill="{INK}">'
        f"<title>{escape(trial.file.title)}: predicted and published</title>"
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
    )
    heading = _text(LEFT, 22, trial.file.title, size=15, weight="bold")
    return "\n".join([head, heading, *parts, "</svg>"]) + "\n"


def _over_time(trial: Trial) -> list[str]:
    asked = [
        o.asked for o in trial.outcomes if o.asked.at.week is not None and not o.asked.ratio_to
    ]
    return list(dict.fromkeys(each.quantity for each in asked if each.quantity not in TIMELESS))


def _lines(trial: Trial, quantity: str) -> Iterator[tuple[str, list[int], list[list[float]]]]:
    """For each arm that was asked: weeks, and the figure with its 5th and 95th percentile."""
    stream = np.random.Generator(np.random.Philox(key=np.array([7, 7], np.uint64)))
    for name, arm in trial.arms.items():
        if not any(o.asked.arm == name and o.asked.quantity == quantity for o in trial.outcomes):
            continue
        days = [int(d) for d in arm.course.plan.written if d % DAYS_IN_A_WEEK == 0]
        size = min(arm.n, _SAMPLED)
        said = []
        for day in days if "_over_" not in quantity else days[3::4]:
            found = columns_of(quantity, arm.course, day, None)
            chosen = stream.integers(0, len(found.columns[0]), (_SAMPLED // 4, size))
            figure = float(found.figure())
            low, high = np.nanpercentile(found.figure(chosen), (LOW, HIGH))
            said.append([day / DAYS_IN_A_WEEK, figure, float(low), float(high)])
        yield name, days, said


def _panel(trial: Trial, quantity: str, top: float) -> list[str]:
    lines = list(_lines(trial, quantity))
    shown = [o for o in trial.outcomes if o.asked.quantity == quantity and not o.asked.ratio_to]
    figures = [f for _, _, said in lines for _, *rest in said for f in rest if np.isfinite(f)]
    figures += [
        f for o in shown for f in (*(o.asked.band or ()), o.asked.observed) if f is not None
    ]
    last = max([said[-1][0] for _, _, said in lines if said], default=1.0)
    low, high = min([0.0, *figures]), max([*figures, 1e-9])
    across, up = WIDTH - LEFT - RIGHT, PANEL - TOP - BOTTOM

    def x(week: float) -> float:
        return LEFT + across * week / last

    def y(figure: float) -> float:
        return top + TOP + up * (1 - (figure - low) / (high - low))

    parts = [_text(LEFT, top + 20, f"{_plain(quantity)}, {QUANTITIES[quantity]}", weight="bold")]
    parts += _axes(x, y, last, low, high, top)
    for number, (name, _, said) in enumerate(lines):
        ink = INKS[number % len(INKS)]
        upper = " ".join(f"{x(w):.1f},{y(h):.1f}" for w, _, _, h in said)
        lower = " ".join(f"{x(w):.1f},{y(each):.1f}" for w, _, each, _ in reversed(said))
        middle = " ".join(f"{x(w):.1f},{y(f):.1f}" for w, f, _, _ in said)
        parts.append(f'<polygon points="{upper} {lower}" fill="{ink}" fill-opacity="0.15"/>')
        parts.append(f'<polyline points="{middle}" fill="none" stroke="{ink}" stroke-width="2"/>')
        parts.append(_text(WIDTH - RIGHT - 150, top + 20 + 14 * number, f"— {name}", ink=ink))
        for each in shown:
            if each.asked.arm == name:
                week = day_of(each.asked.at, _stop(trial, name)) / DAYS_IN_A_WEEK
                parts += _published(each, x(week) + 6 * number, y, ink)
    return parts


def _stop(trial: Trial, arm: str) -> int:
    return sum(phase.days for phase in trial.arms[arm].course.taking.phases)


def _axes(x, y, last: float, low: float, high: float, top: float) -> list[str]:  # type: ignore[no-untyped-def]
    parts = []
    for k in range(5):
        figure = low + (high - low) * k / 4
        parts.append(_line(x(0), y(figure), x(last), y(figure), FAINT, 0.4))
        parts.append(_text(LEFT - 8, y(figure) + 4, f"{figure:.3g}", anchor="end", ink=FAINT))
    step = max(1, round(last / 8))
    for week in range(0, int(last) + 1, step):
        parts.append(_text(x(week), y(low) + 16, str(week), anchor="middle", ink=FAINT))
    parts.append(_text((x(0) + x(last)) / 2, top + PANEL - 10, "week", anchor="middle", ink=FAINT))
    return parts


def _published(outcome: Outcome, at: float, y, ink: str) -> list[str]:  # type: ignore[no-untyped-def]
    asked = outcome.asked
    parts = []
    if asked.band is not None:
        low, high = (y(each) for each in asked.band)
        parts.append(_line(at, low, at, high, ink, 1.5))
        parts += [_line(at - 4, end, at + 4, end, ink, 1.5) for end in (low, high)]
    if asked.observed is not None:
        parts.append(
            f'<circle cx="{at:.1f}" cy="{y(asked.observed):.1f}" r="4" fill="{PAPER}" '
            f'stroke="{ink}" stroke-width="2"/>'
        )
    return parts


def _rows(trial: Trial, top: float) -> list[str]:
    """Every outcome on a line of its own, from nothing to a little beyond its largest figure."""
    key = "point: predicted, with 5 to 95 %   ring: published   grey: band"
    parts = [_text(LEFT, top + 16, key, ink=FAINT)]
    for number, each in enumerate(trial.outcomes):
        parts += _row(each, top + ROW * (number + 1) + 12)
    return parts


def _row(outcome: Outcome, at: float) -> list[str]:
    asked = outcome.asked
    when = f"week {asked.at.week:g}" if asked.at.week is not None else ""
    if asked.at.weeks_after_stop is not None:
        when = f"{asked.at.weeks_after_stop:g} weeks off"
    unit = f"ratio to {asked.ratio_to}" if asked.ratio_to else QUANTITIES[asked.quantity]
    said = f"{asked.arm}: {_plain(asked.quantity)}, {unit} {when}"
    figures = [outcome.predicted, outcome.low, outcome.high, asked.observed, *(asked.band or ())]
    known = [each for each in figures if each is not None]
    parts = [_text(LEFT, at, said)]
    if not known:
        return [*parts, _text(WIDTH - RIGHT, at, "no figure", anchor="end")]
    low, high = min([0.0, *known]), max([*known, 1e-9])
    begin, end = WIDTH * 0.62, WIDTH - RIGHT - 60

    def x(figure: float) -> float:
        return float(begin + (end - begin) * (figure - low) / (high - low))

    y = at - 4
    if asked.band is not None:
        left, right = (x(each) for each in asked.band)
        parts.append(
            f'<rect x="{left:.1f}" y="{y - 7:.1f}" width="{max(right - left, 1):.1f}" height="14" '
            'fill="#d9d9d9"/>'
        )
    parts.append(_line(begin, y, end, y, FAINT, 0.4))
    if outcome.low is not None and outcome.high is not None and outcome.predicted is not None:
        ink = INKS[0] if outcome.agrees is not False else INKS[5]
        parts.append(_line(x(outcome.low), y, x(outcome.high), y, ink, 2))
        parts.append(f'<circle cx="{x(outcome.predicted):.1f}" cy="{y:.1f}" r="4" fill="{ink}"/>')
        parts.append(_text(WIDTH - RIGHT, at, f"{outcome.predicted:.3g}", anchor="end", ink=ink))
    if asked.observed is not None:
        parts.append(
            f'<circle cx="{x(asked.observed):.1f}" cy="{y:.1f}" r="5" fill="none" '
            f'stroke="{INK}" stroke-width="1.5"/>'
        )
    return parts


def _plain(quantity: str) -> str:
    name = quantity
    for end in ("_pct", "_log10", "_mg_dl", "_ng_h_ml", "_ng_ml", "_share"):
        name = name.replace(end, "")
    return name.removesuffix("_h").replace("_", " ")


def _text(
    x: float, y: float, said: str, *, size: int = 12, weight: str = "normal", ink: str = INK,
    anchor: str = "start",
) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{ink}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, ink: str, width: float) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{ink}" '
        f'stroke-width="{width}"/>'
    )
