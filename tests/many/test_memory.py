"""A batch of a registry is gone when the next one is read."""

import gc
from datetime import date
from pathlib import Path

from isocourse.course.many.asking import At, Piece
from isocourse.exchange.events_table.columns import Columns
from isocourse.exchange.events_table.invented import write_registry
from isocourse.exchange.events_table.opening import open_table
from isocourse.exchange.events_table.streaming import told


def test_what_was_read_of_a_batch_does_not_wait_for_pythons_collector(tmp_path: Path) -> None:
    """A circle would keep it: a registry then took twice the memory, and its pages cost time."""
    path, asked = tmp_path / "events.parquet", date(2026, 12, 10)
    write_registry(path, 40, asked)
    gc.collect()
    gc.disable()
    try:
        before = held()
        assert sum(len(each.answers.left) for each in told(open_table(path), At(asked), 1)) == 40
        assert held() == before
    finally:
        gc.enable()


def held() -> int:
    """How many batches are in memory; other tests may keep some."""
    return sum(isinstance(each, Piece | Columns) for each in gc.get_objects())
