"""The trial command: every file read before anything runs, then lines, a table, a picture."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from isocourse.models.quantities import QUANTITIES
from isocourse.models.trial import Outcome, Trial, run_trial
from isocourse.models.trial_file import AtPart, BadTrial, TrialFile, read_trial
from isocourse.on_screen import given, many
from isocourse.on_screen.paper import MARKS, QUIET, paper, text, title
from isocourse.on_screen.refused import Refused, plural

MOST_PEOPLE = 1_000_000_000


def trials(names: Sequence[str], seed: int, as_json: bool, plot: str | None) -> None:
    """Run the trials of these files. Raises Refused when one cannot be used."""
    given.named_once(names)
    files = given.every(_trial_in, names)
    if plot is not None and len(files) > 1:
        raise Refused(f"--plot: found {len(files)} trials, expected one; name one file.")
    if not 0 <= seed < 2**63:
        raise Refused(f"--seed: found {seed}, expected 0 or more; write such a number.")
    ran = [run_trial(each, seed) for each in files]
    if plot is not None:
        _draw(ran[0], Path(plot))
    if as_json:
        lines = (json.dumps(o.json(), ensure_ascii=False) + "\n" for t in ran for o in t.outcomes)
        sys.stdout.buffer.write("".join(lines).encode())
        return
    console = paper()
    for each in ran:
        _show(console, each)


def crowd(
    names: Sequence[str], seed: int, people: int | None, out: str | None, dask: str | None
) -> None:
    """Run one trial with so many people, written into a folder. Raises Refused."""
    if people is None or out is None:
        raise Refused("--people and --out: found one of them, expected both; give the other too.")
    if not 1 <= people <= MOST_PEOPLE:
        raise Refused(f"--people: found {people}, expected 1 to {MOST_PEOPLE:,}.")
    if len(names) != 1:
        raise Refused(f"--people: found {len(names)} trials, expected one; name one file.")
    if not 0 <= seed < 2**63:
        raise Refused(f"--seed: found {seed}, expected 0 or more; write such a number.")
    data = given.bytes_of(names[0])
    file = _trial_of(data, names[0])
    with many.refusing(out):
        from isocourse.exchange.parts.crowd import run_crowd

        with many.Bar(file.title, people * len(file.arm)) as bar:
            where, name = many.place_of(dask), given.shown_name(names[0])
            said = run_crowd(data, name, people, out, seed=seed, where=where, seen=bar.seen)
    for each in said["outcomes"]:
        sys.stdout.write(f"{each['arm']}, {each['quantity']}, {each['at']}: {each['predicted']}\n")
    sys.stdout.write(f"Written: {Path(out) / 'people'}\n")


def _trial_in(name: str) -> TrialFile:
    return _trial_of(given.bytes_of(name), name)


def _trial_of(data: bytes, name: str) -> TrialFile:
    try:
        return read_trial(data, given.shown_name(name))
    except BadTrial as bad:
        raise Refused(str(bad)) from None


def _draw(trial: Trial, path: Path) -> None:
    from isocourse.models.drawing import picture

    try:
        path.write_text(picture(trial), encoding="utf-8")
    except OSError as error:
        raise Refused(f"--plot {path}: it cannot be written: {error.strerror}.") from None


def _show(console: Console, trial: Trial) -> None:
    console.print(title(trial.file.title))
    console.print(text(f"{trial.file.cites} · {plural(len(trial.arms), 'arm')}", QUIET))
    if trial.file.note:
        console.print(text(trial.file.note, QUIET))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
    for name in ("arm", "quantity", "at"):
        table.add_column(name, overflow="fold")
    for name in ("predicted", "5-95 %", "published", "band"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    for each in trial.outcomes:
        table.add_row(*_row(each))
    console.print(table)
    told = [each.agrees for each in trial.outcomes if each.agrees is not None]
    if told:
        console.print(text(f"{sum(told)} of {len(told)} inside their band", QUIET))
    console.print()


def _row(outcome: Outcome) -> tuple[Any, ...]:
    asked, mark = outcome.asked, MARKS["fine" if outcome.agrees else "error"]
    name = asked.quantity + (f" / {asked.ratio_to}" if asked.ratio_to else "")
    unit = "ratio" if asked.ratio_to else QUANTITIES[asked.quantity]
    said = Text() if outcome.agrees is None else Text(mark.symbol, mark.ink)
    band = "" if asked.band is None else f"{number(asked.band[0])}-{number(asked.band[1])}"
    between = "" if outcome.low is None else f"{number(outcome.low)}-{number(outcome.high)}"
    return (
        text(asked.arm),
        text(f"{name}, {unit}"),
        text(at_words(asked.at)),
        number(outcome.predicted),
        between,
        number(asked.observed),
        band,
        said,
    )


def number(value: float | None) -> str:
    """A figure with three digits that count; empty without one."""
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def at_words(at: AtPart) -> str:
    """When it was looked at, in a few words."""
    if at.week is not None:
        return f"week {at.week:g}"
    return f"{at.weeks_after_stop:g} weeks off" if at.weeks_after_stop is not None else ""
