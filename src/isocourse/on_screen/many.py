"""The assess-many command: a registry's table in, a folder out, with a bar while it goes."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from isocourse.events.moments import Moment
from isocourse.on_screen.given import settings_in, shown_name
from isocourse.on_screen.refused import Refused

FEWEST, MOST = 100, 100_000
_NEEDED = "pip install 'isocourse[batch]'"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked of a registry at the command line."""

    at: Moment
    known_at: Moment | None
    settings: str | None
    facts: bool
    rules_of: date | None
    dask: str | None


def assess_many(table: str, out: str, wanted: Wanted) -> None:
    """Write the assessment table of a registry. Raises Refused when it cannot."""
    how = settings_in(wanted.settings)
    with refusing(out):
        from isocourse.course.many.asking import At

        asked = At(wanted.at, wanted.known_at, how, wanted.rules_of)
        summary = _one_or_all(table, out, asked, wanted)
    sys.stdout.write(_told(summary, Path(out)))


def forecast_many(
    table: str, out: str, wanted: Wanted, wished: Sequence[str], people: int, seed: int
) -> None:
    """Write the forecasts of a registry. Raises Refused when it cannot."""
    if not FEWEST <= people <= MOST:
        raise Refused(f"--twins: found {people}, expected {FEWEST} to {MOST}.")
    how = settings_in(wanted.settings)
    with refusing(out):
        from isocourse.exchange.parts.forecasting import BadRegimen, Forecasting, forecast_parts

        work = Forecasting(wanted.at, wanted.known_at, how, tuple(wished), people, seed)
        every = [part.path for part in parts_of(table)]
        with Bar(Path(table).name, _entries(every)) as bar:
            where = place_of(wanted.dask)
            try:
                summary = forecast_parts(table, out, work, where=where, seen=bar.seen)
            except BadRegimen as bad:
                raise Refused(f"--regimen: {bad}") from None
    told = f"{summary['courses']:,} courses, {summary['rows']:,} forecasts"
    none = summary["no_regimen"]
    told += (
        f", {none:,} without a regimen (a pregnancy on record, or nothing to give)" if none else ""
    )
    if summary["not_possible"]:
        told += f", {summary['not_possible']:,} wished that the patient cannot have (not_possible)"
    sys.stdout.write(f"{told}.\nWritten: {Path(out) / 'forecast'}\n")


@contextmanager
def refusing(out: str) -> Iterator[None]:
    """What cannot be done, as a sentence."""
    try:
        from isocourse.course import NoValue
        from isocourse.exchange.events_table.refusing import BadTable
    except ModuleNotFoundError as missing:
        raise _lacking(missing) from None
    try:
        yield
    except ModuleNotFoundError as missing:
        raise _lacking(missing) from None
    except Refused:
        raise
    except (BadTable, NoValue, ConnectionError) as refused:
        raise Refused(str(refused)) from None
    except FileExistsError as there:
        raise Refused(f"{shown_name(str(there))}; name another folder, or move it away.") from None
    except OSError as error:
        raise Refused(f"{shown_name(out)}: it cannot be written: {error.strerror}.") from None


def _lacking(missing: ModuleNotFoundError, needed: str = _NEEDED) -> Refused:
    return Refused(f"This needs {missing.name}, which is not installed; install it: {needed}")


def _one_or_all(table: str, out: str, asked: Any, wanted: Wanted) -> dict[str, Any]:
    """One file, or every file of a folder."""
    from isocourse.exchange import many

    if not Path(table).is_dir():
        if wanted.dask is not None:
            raise Refused(
                f"--dask: found one file, {shown_name(table)}, expected a folder of several; "
                "leave the option out, or divide the table."
            )
        with Bar(Path(table).name, _entries([table])) as bar:
            return many.assess_many(table, out, asked, facts=wanted.facts, seen=bar.seen)
    from isocourse.exchange.parts.assessing import assess_parts

    every = [part.path for part in parts_of(table)]
    with Bar(Path(table).name, _entries(every)) as bar:
        return assess_parts(
            table, out, asked, facts=wanted.facts, where=place_of(wanted.dask), seen=bar.seen
        )


def parts_of(folder: str) -> Any:
    """The files of a registry in a folder."""
    from isocourse.exchange.parts.part import parts_of as found

    return found(folder)


def place_of(dask: str | None) -> Any:
    """Where parts are done. Raises Refused where Dask is not installed."""
    from isocourse.exchange.parts.where import Dask, here

    if dask is None:
        return here
    try:
        import dask.distributed as _  # noqa: F401
    except ModuleNotFoundError as missing:
        raise _lacking(missing, "pip install 'isocourse[cluster]'") from None
    return Dask(dask)


def _told(summary: dict[str, Any], out: Path) -> str:
    """What was done, in a few lines."""
    lines = [f"{summary['courses']:,} courses, {summary['entries']:,} entries."]
    for action, verdicts in summary["verdicts"].items():
        said = ", ".join(f"{count:,} {word}" for word, count in verdicts.items())
        lines.append(f"{action:<12}{said}")
    alone = sum(summary["one_by_one"].values())
    if alone:
        why = ", ".join(f"{count:,} {word}" for word, count in summary["one_by_one"].items())
        lines.append(f"{alone:,} of them one by one ({why}).")
    written = out / ("assessment" if "parts" in summary else "assessment.parquet")
    return "\n".join([*lines, f"Written: {written}"]) + "\n"


class Bar:
    """A bar on standard error, where that is a terminal."""

    def __init__(self, name: str, total: int | None) -> None:
        """Begin at nothing of `total`; None where it is not known."""
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self._bar = Progress(console=console, disable=not console.is_terminal, transient=True)
        self._task = self._bar.add_task(name, total=total)

    def __enter__(self) -> "Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def seen(self, entries: int) -> None:
        """So many more entries were read."""
        self._bar.advance(self._task, entries)


def _entries(tables: Sequence[str]) -> int | None:
    """How many entries there are, where the tables say so."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return sum(int(pq.read_metadata(table).num_rows) for table in tables)
    except (pa.ArrowInvalid, OSError):  # refused in words when it is opened
        return None
