"""Opening a table: its columns are looked at before any row is read."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.exchange.events_table.arrow import TYPES
from isocourse.exchange.events_table.columns import LISTED
from isocourse.exchange.events_table.form import (
    BY_NAME,
    COLUMNS,
    INSTANT,
    NOT_READ,
    TEXT,
    TableColumn,
)
from isocourse.exchange.events_table.pages.columns import Leaves, leaves_of
from isocourse.exchange.events_table.pages.footer import PRESSED, codecs
from isocourse.exchange.events_table.refusing import BadTable, Fault

OWN_PREFIX = ("x-", "x_")


@dataclass(frozen=True)
class Opened:
    """A table whose columns are as they should be; `reader` is a new one for each thread."""

    path: str | os.PathLike[str]
    file: pq.ParquetFile

    def reader(self) -> pq.ParquetFile:
        """The same file opened anew: a reader must not be shared between threads."""
        return _file(self.path, self.file.metadata)

    @cached_property
    def held(self) -> list[str]:
        """The columns that are read for every row: those that rules read, and that are there."""
        return columns_read(self.file)

    @cached_property
    def bytes(self) -> pa.Buffer:
        """The file itself, as far as it is looked at."""
        with pa.memory_map(str(self.path)) as file:
            return file.read_buffer()

    @cached_property
    def leaves(self) -> Leaves:
        """Where the columns stand whose types are those of the form and need no cast."""
        schema = self.file.schema_arrow
        plain = [name for name in self.held if _as_it_is(schema.field(name).type, BY_NAME[name])]
        return leaves_of(self.file, plain)

    def batch(self, group: int, names: Sequence[str]) -> Mapping[str, pa.Array]:
        """Some columns of a row group as Arrow reads them."""
        if not names:
            return {}
        with readable(group):
            table = self.reader().read_row_group(group, columns=list(names), use_threads=False)
            table.validate(full=True)
            whole = table.unify_dictionaries().combine_chunks().to_batches()
            if len(whole) != 1 or len(whole[0]) != self.file.metadata.row_group(group).num_rows:
                raise pa.ArrowInvalid("it has other rows than the file says")
        batch = as_read(whole[0], group)
        return dict(zip(batch.schema.names, batch.columns, strict=True))

    def batches(self, group: int, names: Sequence[str], rows: int) -> Iterator[pa.RecordBatch]:
        """The same, so many rows at a time."""
        with readable(group):
            reader = self.reader()
            parts = reader.iter_batches(
                rows, row_groups=[group], columns=list(names), use_threads=False
            )
        while True:
            with readable(group):
                part = next(parts, None)
            if part is None:
                return
            if part.num_rows:
                yield as_read(part, group)


def open_table(path: str | os.PathLike[str]) -> Opened:
    """The table of a file, its words read as numbers. Raises BadTable when it is none."""
    try:
        file = _file(path)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0][:200]
        if not Path(path).exists():
            fault = Fault("the file", "nothing", "a Parquet file", "check its name")
        else:
            fault = Fault("the file", f"no Parquet ({why})", "Parquet", "write it as Parquet")
        raise BadTable(str(path), [fault]) from None
    faults = list(_faults(file.schema_arrow)) or list(_broken(path, file))
    if faults:
        raise BadTable(str(path), faults)
    return Opened(path, file)


def _broken(path: str | os.PathLike[str], file: pq.ParquetFile) -> Iterator[Fault]:
    """What is wrong with where the columns stand, as the end of the file tells it.

    Asked for a single column of which it can make nothing (one that is encrypted, or bytes that
    changed) Arrow ends the process; asked to lay out the reading of them all, it says so.
    """
    try:
        ahead = pq.ParquetFile(path, metadata=file.metadata, memory_map=True, pre_buffer=True)
        next(ahead.iter_batches(1, columns=columns_read(file), use_threads=False), None)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        yield unreadable("the file", error)
    else:
        with pa.memory_map(str(path)) as held:
            yield from _told_otherwise(file, held.read_buffer())


def _told_otherwise(file: pq.ParquetFile, text: pa.Buffer) -> Iterator[Fault]:
    """Where a row group tells of a codec that nobody knows, or of another type than the file.

    Asked for the one or for what rests on the other, Arrow ends the process.
    """
    held, do = set(columns_read(file)), "copy the file anew, or write it again"
    every = [(n, file.schema.column(n)) for n in range(file.metadata.num_columns)]
    leaves = [(n, each) for n, each in every if each.path.partition(".")[0] in held]
    pressed = codecs(text, file.num_row_groups, len(every))
    for group in range(file.num_row_groups):
        told = file.metadata.row_group(group)
        for number, leaf in leaves:
            where, codec = f"row group {group}, column {leaf.path}", pressed[group, number]
            if not 0 <= codec < len(PRESSED):
                yield Fault(where, f"the codec {codec}", ", ".join(PRESSED), do)
            found, wanted = told.column(number).physical_type, leaf.physical_type
            if found != wanted:
                yield Fault(where, f"the type {found}", wanted, do)


def _file(path: str | os.PathLike[str], metadata: Any = None) -> pq.ParquetFile:
    held = pq.read_schema(path).names
    words = [each.name for each in COLUMNS if each.type == TEXT and held.count(each.name) == 1]
    return pq.ParquetFile(
        path, metadata=metadata, read_dictionary=words, memory_map=True, pre_buffer=False
    )


def _faults(schema: pa.Schema) -> Iterator[Fault]:
    names = schema.names
    for name in dict.fromkeys(names):
        if name not in BY_NAME and not name.startswith(OWN_PREFIX):
            do = "rename it, or begin it with x_ to have it passed over"
            yield Fault(f"column {name}", "no column of the form", ", ".join(BY_NAME), do)
        elif names.count(name) > 1:
            yield Fault(f"column {name}", "it twice", "each column once", "leave one out")
        elif name in BY_NAME and not _fits(schema.field(name).type, BY_NAME[name].type):
            wanted = TYPES[BY_NAME[name].type]
            yield Fault(
                f"column {name}", f"the type {schema.field(name).type}", str(wanted), "cast it"
            )
    for each in COLUMNS:
        if each.required and each.name not in names:
            yield Fault(f"column {each.name}", "nothing", f"a column of {each.type}", "add it")


def _fits(found: pa.DataType, wanted: str) -> bool:
    """Whether a column can be read as the type that is wanted without losing anything."""
    target = TYPES[wanted]
    if found == target or pa.types.is_null(found):
        return True
    if pa.types.is_dictionary(found):
        found = found.value_type
    if pa.types.is_string(target):
        return _is_text(found)
    if pa.types.is_integer(target):
        return bool(pa.types.is_integer(found))
    if pa.types.is_floating(target):
        return bool(pa.types.is_floating(found) or pa.types.is_integer(found))
    if pa.types.is_timestamp(target):
        return bool(pa.types.is_timestamp(found) and found.tz is not None)
    return _lists_fit(found, target)


def _as_it_is(found: pa.DataType, column: TableColumn) -> bool:
    """Whether the values of a column stand in the file as the compiled loop wants them."""
    wanted = TYPES[column.type]
    if column.type == TEXT:
        return _is_text(found.value_type if pa.types.is_dictionary(found) else found)
    if column.type == INSTANT:
        return bool(pa.types.is_timestamp(found) and found.unit == wanted.unit)
    if column.type in LISTED:
        return _same_inside(found, wanted)
    return bool(found == wanted)


def _same_inside(found: pa.DataType, wanted: pa.DataType) -> bool:
    if not (pa.types.is_list(found) or pa.types.is_large_list(found)):
        return False
    inside, own = found.value_type, wanted.value_type
    if not pa.types.is_struct(own):
        return _is_text(inside)
    names = [each.name for each in own]
    return names == [each.name for each in inside] and all(
        _is_text(one.type) if pa.types.is_string(other.type) else one.type == other.type
        for one, other in zip(inside, own, strict=True)
    )


def _is_text(found: pa.DataType) -> bool:
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(each(found) for each in kinds)


def _lists_fit(found: pa.DataType, target: pa.DataType) -> bool:
    if not (pa.types.is_list(found) or pa.types.is_large_list(found)):
        return False
    if not pa.types.is_list(target):
        return False
    inside, wanted = found.value_type, target.value_type
    if not pa.types.is_struct(wanted):
        return _is_text(inside)
    if not pa.types.is_struct(inside):
        return False
    return {f.name for f in inside} == {f.name for f in wanted}


def columns_read(file: pq.ParquetFile) -> list[str]:
    """The columns that are read for every row: those that rules read, and that are there."""
    held = file.schema_arrow.names
    return [each.name for each in COLUMNS if each.name in held and each.name not in NOT_READ]


@contextmanager
def readable(group: int) -> Iterator[None]:
    """Raises BadTable where Arrow cannot read a row group: a file that is not as it was written."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise BadTable("", [unreadable(f"row group {group}", error)]) from None


def unreadable(where: str, error: Exception) -> Fault:
    """What is told of a part of a file that a library could not read."""
    why = (str(error).splitlines() or [type(error).__name__])[0][:200]
    found, wanted = f"what cannot be read ({why})", "whole pages, with texts in UTF-8"
    return Fault(where, found, wanted, "copy the file anew, or write it again")


def as_read(batch: pa.RecordBatch, group: int) -> pa.RecordBatch:
    """A batch with each column of the type that the compiled loop knows.

    Whether codes name a word, lists stand in their order and texts are UTF-8 is looked at first:
    Arrow reads on without, and the loop trusts it. Raises BadTable.
    """
    with readable(group):
        batch.validate(full=True)
        arrays = [_cast(batch.column(name), BY_NAME[name].type) for name in batch.schema.names]
        return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def _cast(column: pa.Array, wanted: str) -> pa.Array:
    target = TYPES[wanted]
    if wanted != TEXT:
        return column if column.type == target else column.cast(target)
    if pa.types.is_dictionary(column.type):
        return _with_small_codes(column)
    return column.cast(pa.string()).dictionary_encode()


def _with_small_codes(column: pa.DictionaryArray) -> pa.Array:
    wanted = pa.dictionary(pa.int32(), pa.string())
    return column if column.type == wanted else column.cast(pa.string()).dictionary_encode()
