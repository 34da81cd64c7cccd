"""Run by `make setup`: compile all there is, the reading of tables included.

Without the libraries for tables, which are an extra, only what one course needs is compiled.
"""

import tempfile
from datetime import date
from pathlib import Path

from isocourse.course import warm
from isocourse.course.many.asking import At
from isocourse.facts.compiled import forget_old

_DAY = date(2026, 1, 1)


def tables() -> None:
    """Assess an invented table of a few courses: this compiles what reads pages and rows."""
    from isocourse.exchange.events_table.invented import write_registry
    from isocourse.exchange.events_table.opening import open_table
    from isocourse.exchange.events_table.pages.kept import SOURCES
    from isocourse.exchange.events_table.streaming import told

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.parquet"
        write_registry(path, 20, _DAY)
        list(told(open_table(path), At(_DAY), 1))
    forget_old(SOURCES)


if __name__ == "__main__":
    warm.warm()
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError:
        pass
    else:
        tables()
