"""The assess-many command: a registry's table in, a folder out, with a bar while it goes."""

import sys
from pathlib import Path
from typing import Any

from isocourse.events.moments import Moment
from isocourse.on_screen.given import settings_in, shown_name
from isocourse.on_screen.refused import Refused

_NEEDED = "pip install 'isocourse[batch]'"


def assess_many(
    table: str, at: Moment, out: str, known_at: Moment | None, settings: str | None, facts: bool
) -> None:
    """Write the assessment table of a registry. Raises Refused when it cannot."""
    how = settings_in(settings)
    try:
        from isocourse.course.many.asking import At
        from isocourse.exchange import many
    except ModuleNotFoundError as missing:
        raise Refused(
            f"Tables need {missing.name}, which is not installed; install it: {_NEEDED}"
        ) from None
    from isocourse.course import NoValue

    try:
        with _Bar(table) as bar:
            asked = At(at, known_at, how)
            summary = many.assess_many(table, out, asked, facts=facts, seen=bar.seen)
    except (many.BadTable, NoValue) as refused:
        raise Refused(str(refused)) from None
    except FileExistsError as there:
        what = f"{shown_name(str(there))}: found a file of that name already"
        raise Refused(f"{what}, expected none; name another folder or move it away.") from None
    except OSError as error:
        raise Refused(f"{shown_name(out)}: it cannot be written: {error.strerror}.") from None
    sys.stdout.write(_told(summary, Path(out)))


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
    return "\n".join([*lines, f"Written: {out / 'assessment.parquet'}"]) + "\n"


class _Bar:
    """A bar on standard error, where that is a terminal."""

    def __init__(self, table: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self._bar = Progress(console=console, disable=not console.is_terminal, transient=True)
        self._task = self._bar.add_task(Path(table).name, total=_entries(table))

    def __enter__(self) -> "_Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def seen(self, entries: int) -> None:
        """So many more entries were read."""
        self._bar.advance(self._task, entries)


def _entries(table: str) -> int | None:
    """How many entries there are, where the table says so."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: int = pq.read_metadata(table).num_rows
    except (pa.ArrowInvalid, OSError):  # refused in words when it is opened
        return None
    return rows
