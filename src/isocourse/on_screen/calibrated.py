"""The calibrate command: fit the model to the measurements again, and show what was found."""

import sys
from pathlib import Path

from rich.table import Table

from isocourse.models.calibration import IDENTIFIED, STAGES, Fitted, as_toml, calibrate
from isocourse.models.parameters import parameters, starting
from isocourse.on_screen.paper import QUIET, paper, text, title
from isocourse.on_screen.refused import Refused
from isocourse.on_screen.trials import number

LEAST = 100


def fit_again(out: str | None, people: int) -> None:
    """Run every stage, tell the progress on standard error, and write a table."""
    if people < LEAST:
        raise Refused(f"--people: found {people}, expected {LEAST} or more; write a larger number.")
    _, found = calibrate(lambda said: print(said, file=sys.stderr), STAGES, people)
    if out is not None:
        try:
            Path(out).write_text(as_toml(found), encoding="utf-8")
        except OSError as error:
            raise Refused(f"--out {out}: it cannot be written: {error.strerror}.") from None
    _show(found)


def _show(found: list[Fitted]) -> None:
    console = paper()
    console.print(title("Calibration"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
    table.add_column("parameter")
    for name in ("start", "found", "95 % interval", "shipped"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("identified by", overflow="fold")
    begun, shipped = starting(), parameters()
    for each in found:
        by = ", ".join(each.used) if each.identified >= IDENTIFIED else "the data do not tell"
        interval = f"{number(each.low)}-{number(each.high)}"
        table.add_row(
            text(each.name), number(begun[each.name]), number(each.value), interval,
            number(shipped[each.name]), text(by),
        )  # fmt: skip
    console.print(table)
