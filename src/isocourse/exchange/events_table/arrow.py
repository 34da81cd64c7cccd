"""The columns of the table in Arrow: their types, and a table made of rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from isocourse.exchange.events_table.form import (
    CAPSULES,
    COLUMNS,
    DAY,
    FLAG,
    INSTANT,
    METHODS,
    NUMBER,
    TEXT,
    WHOLE,
    WORDS,
)

TYPES: Mapping[str, pa.DataType] = {
    TEXT: pa.string(),
    DAY: pa.date32(),
    INSTANT: pa.timestamp("us", tz="UTC"),
    FLAG: pa.bool_(),
    WHOLE: pa.int32(),
    NUMBER: pa.float64(),
    WORDS: pa.list_(pa.string()),
    METHODS: pa.list_(pa.struct({"method": pa.string(), "since": pa.date32()})),
    CAPSULES: pa.list_(pa.struct({"mg": pa.float64(), "quantity": pa.int32()})),
}


def arrow_schema() -> pa.Schema:
    """Every column with its type."""
    return pa.schema([(each.name, TYPES[each.type]) for each in COLUMNS])


def table_of(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """A table of rows, with every column."""
    return pa.Table.from_pylist(list(rows), schema=arrow_schema())
