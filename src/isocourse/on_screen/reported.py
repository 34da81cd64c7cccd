"""The report command: an assessed registry in, a page out."""

import sys
from pathlib import Path

from isocourse.on_screen.given import shown_name
from isocourse.on_screen.refused import Refused

_NEEDED = "pip install 'isocourse[report]'"


def report(folder: str, out: str, events: str | None, against: str | None) -> None:
    """Write the report of a registry. Raises Refused when it cannot."""
    try:
        from polars.exceptions import PolarsError

        from isocourse.exchange.report import page
    except ModuleNotFoundError as missing:
        raise Refused(
            f"A report needs {missing.name}, which is not installed; install it: {_NEEDED}"
        ) from None
    try:
        text = page.report(folder, events, against)
    except page.NoRegistry as refused:
        raise Refused(str(refused)) from None
    except (PolarsError, OSError) as error:
        why = str(error).splitlines()[0][:200]
        raise Refused(
            f"{shown_name(events or folder)}: it cannot be read ({why}); expected tables as "
            "`isocourse schema events-table` tells them."
        ) from None
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{shown_name(out)}: it cannot be written: {error.strerror}.") from None
    sys.stdout.write(f"Written: {shown_name(out)}\n")
