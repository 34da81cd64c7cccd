"""What is read from the pages of a file is what Arrow reads, however the file was written."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.many.asking import named, rows

from isocourse.course.worked import patients
from isocourse.exchange.events_table.arrow import table_of
from isocourse.exchange.events_table.columns import Columns, columns_of
from isocourse.exchange.events_table.form import BY_NAME, TEXT
from isocourse.exchange.events_table.opening import Opened, as_read, open_table
from isocourse.exchange.events_table.pages import columns as pages
from isocourse.exchange.events_table.pages import footer
from isocourse.exchange.events_table.pages.chunk import Chunk, Leaf, Unfamiliar
from isocourse.exchange.events_table.pages.header import BROKEN
from isocourse.exchange.events_table.pages.lists import read_lists
from isocourse.exchange.events_table.pages.runs import read_codes, read_marks
from isocourse.exchange.events_table.streaming import batches

PATIENTS = ("uk-man", "us-woman-third", "it-woman-first", "de-woman-first")


@cache
def table() -> pa.Table:
    """Courses with lists, instants and nulls."""
    known = patients()
    every = rows([named(dict(known[each]), f"c{n}") for n, each in enumerate(PATIENTS * 9)])
    for n, row in enumerate(each for each in every if each["kind"] == "dispense"):
        row["capsules"] = [{"mg": 20.0, "quantity": 30}, {"mg": 10.0, "quantity": n}]
        row["at_instant"] = datetime(2026, 9, 1, 12, n, tzinfo=UTC)
    made = table_of(every)
    made = made.select([n for n in made.schema.names if made[n].null_count < made.num_rows])
    assert {"methods", "words", "capsules", "at_instant"} <= set(made.schema.names)
    return made


def as_arrow_reads(opened: Opened, group: int) -> Columns:
    held = opened.reader().read_row_group(group, columns=opened.held).unify_dictionaries()
    return columns_of(as_read(held.combine_chunks().to_batches()[0], group))


def plain(columns: Columns) -> list[dict[str, Any]]:
    """Every row, where an empty list is none."""
    every = columns.batch(0, len(columns)).to_pylist()
    return [{n: v or None if isinstance(v, list) else v for n, v in row.items()} for row in every]


def same(path: Path) -> None:
    opened = open_table(path)
    for group in range(opened.file.num_row_groups):
        (found,) = batches(opened, group)
        wanted = as_arrow_reads(opened, group)
        assert sorted(found.names) == sorted(wanted.names)
        order = sorted(found.names)
        assert [[row[n] for n in order] for row in plain(found)] == [
            [row[n] for n in order] for row in plain(wanted)
        ]


PRESSED = ("none", "snappy", "zstd", "gzip", "brotli", "lz4")
WORDED = (True, False, ["kind", "code", "methods.list.element.method"])


def written(path: Path, **how: Any) -> Path:
    pq.write_table(table(), path, row_group_size=211, **how)
    return path


@pytest.mark.parametrize("more", [False, True])
def test_how_each_column_is_pressed_is_what_arrow_says(tmp_path: Path, more: bool) -> None:
    """Given a codec for each column in turn, with and without what else the end can tell."""
    schema = pq.ParquetFile(written(tmp_path / "t.parquet")).schema
    leaves = [schema.column(n).path for n in range(len(schema.names))]
    each = {path: PRESSED[n % len(PRESSED)] for n, path in enumerate(leaves)}
    how = {"write_page_index": more, "store_schema": more, "write_statistics": more}
    path = written(tmp_path / "u.parquet", compression=each, **how)
    file = pq.ParquetFile(path)
    with pa.memory_map(str(path)) as held:
        found = footer.codecs(held.read_buffer(), file.num_row_groups, len(leaves))
    groups = [file.metadata.row_group(n) for n in range(file.num_row_groups)]
    said = [[told.column(n).compression for n in range(len(leaves))] for told in groups]
    words = [each.removesuffix("_RAW") for each in footer.PRESSED]  # Arrow has a word for both
    assert [[words[n] for n in row] for row in found] == said and len(said) > 1


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("pressed", PRESSED)
def test_pages_of_each_kind_give_the_same(tmp_path: Path, pressed: str, version: str) -> None:
    same(written(tmp_path / "t.parquet", compression=pressed, data_page_version=version))


@pytest.mark.parametrize("rows_of_a_page", [7, 20_000])
@pytest.mark.parametrize("worded", WORDED, ids=["all", "none", "some"])
def test_words_as_a_dictionary_or_as_they_are_give_the_same(
    tmp_path: Path, worded: Any, rows_of_a_page: int
) -> None:
    how = {"use_dictionary": worded, "max_rows_per_page": rows_of_a_page}
    same(written(tmp_path / "t.parquet", dictionary_pagesize_limit=300, **how))


def test_columns_that_every_row_fills_and_lists_without_nulls(tmp_path: Path) -> None:
    made = table()
    full = {n for n in made.schema.names if made[n].null_count == 0}
    schema = pa.schema([field.with_nullable(field.name not in full) for field in made.schema])
    pq.write_table(made.cast(schema), tmp_path / "t.parquet", compression="zstd")
    same(tmp_path / "t.parquet")


def test_a_table_written_by_polars(tmp_path: Path) -> None:
    frame = pl.from_arrow(table())
    assert isinstance(frame, pl.DataFrame)
    frame.write_parquet(tmp_path / "t.parquet", row_group_size=300)
    same(tmp_path / "t.parquet")


def test_the_usual_form_is_not_left_to_arrow(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "t.parquet", compression="zstd")
    opened = open_table(tmp_path / "t.parquet")
    told = opened.file.metadata.row_group(0)
    group = pages.Group(opened.bytes, told, opened.leaves, opened.file.schema_arrow)

    def refuse(names: list[str]) -> dict[str, pa.Array]:
        assert names == []
        return {}

    assert len(group.columns(opened.held, refuse)) == told.num_rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_file_that_is_not_whole_is_never_read_beyond_its_pages(
    tmp_path: Path, changes: list[tuple[float, int]]
) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(table(), path, compression="none")
    opened = open_table(path)
    told = opened.file.metadata.row_group(0)
    text = bytearray(path.read_bytes())
    end = max(told.column(n).data_page_offset for n in range(told.num_columns))
    for where, byte in changes:
        text[4 + int(where * (end - 4))] = byte
    held = pages.Group(pa.py_buffer(bytes(text)), told, opened.leaves, opened.file.schema_arrow)
    left: list[str] = []

    def by_arrow(names: list[str]) -> dict[str, pa.Array]:
        left.extend(names)
        return {}

    found = held.columns(opened.held, by_arrow)
    assert set(found.names) | set(left) == set(opened.held)
    for name in found.names:
        assert name in BY_NAME
        if name in {n.path for leaves in opened.leaves.values() for n in leaves}:
            column = found.of(name)
            assert column.rows == told.num_rows
            if BY_NAME[name].type == TEXT:
                _codes_are_words(column)


def _codes_are_words(column: Any) -> None:
    assert column.values[: column.held].max(initial=-1) < len(column.dictionary)


def _number(value: int) -> bytes:
    """A number as Parquet writes it, seven bits in a byte."""
    found = b""
    while value > 127:
        found, value = found + bytes([value & 127 | 128]), value >> 7
    return found + bytes([value])


@pytest.mark.parametrize("width", [0, 1, 8, 32])
@pytest.mark.parametrize("groups", [2**31, 2**59, 2**60, 2**61, 2**61 + 1])
@pytest.mark.parametrize("packed", [0, 1])
def test_a_run_of_more_numbers_than_there_can_be_is_broken(
    width: int, groups: int, packed: int
) -> None:
    """Times eight it would overflow to a number below nothing, and be written before its place."""
    body = pa.py_buffer(_number(groups << 1 | packed) + _number(2 << 1) + bytes(64))
    out, there = np.full(96, 7, "i4"), np.zeros(3, "u8")
    assert read_codes(body.address, 0, body.size, width, 16, out, 32, 9) == BROKEN
    assert read_marks(body.address, 0, body.size, 16, there, 32) == BROKEN
    assert set(out) == {7} and not there.any()


@pytest.mark.parametrize("told", [-1, 2**31])
def test_a_column_that_tells_of_no_possible_number_of_entries_is_left_to_arrow(told: int) -> None:
    class Told:
        compression, num_values, total_compressed_size = "UNCOMPRESSED", told, 10
        data_page_offset, has_dictionary_page = 4, False

    with pytest.raises(Unfamiliar):
        Chunk(pa.py_buffer(bytes(20)), Told, Leaf(0, "code", "BYTE_ARRAY", 1, 0))


def _with_lists(path: Path) -> Opened:
    """A table of two columns of lists, of which every second row of the later one holds three."""
    of = ["condom", "implant", "condom"]
    many: list[Any] = [[{"method": m, "since": date(2026, 1, 1)} for m in of], None] * 20
    few: list[Any] = [[each] for row in many for each in (row or [{"method": None}])[:1]]
    kind = table().schema.field("methods").type
    columns = {"methods": pa.array(few, kind), "x_other": pa.array(many, kind)}
    base = table().slice(0, 40).drop_columns(["methods"])
    for name, column in columns.items():
        base = base.append_column(name, column)
    pq.write_table(base, path)
    return open_table(path)


def test_leaves_that_tell_of_other_lists_are_left_to_arrow(tmp_path: Path) -> None:
    """Else the days of one list would be read behind the end of the other's."""
    opened = _with_lists(tmp_path / "t.parquet")
    told = opened.file.metadata.row_group(0)
    number = {told.column(n).path_in_schema: n for n in range(told.num_columns)}
    method, since = opened.leaves["methods"]
    leaves = {"methods": [method, since._replace(number=number["x_other.list.element.since"])]}
    left: list[str] = []

    def by_arrow(names: list[str]) -> dict[str, pa.Array]:
        left.extend(names)
        return {}

    pages.Group(opened.bytes, told, leaves, opened.file.schema_arrow).columns(["methods"], by_arrow)
    assert left == ["methods"]
    sound = pages.Group(opened.bytes, told, opened.leaves, opened.file.schema_arrow)
    assert sound.columns(["methods"], by_arrow).lists("methods").begins[-1] == 40


def _run_of(level: int, times: int) -> bytes:
    return _number(times << 1) + bytes([level])


@pytest.mark.parametrize(
    ("repeated", "defined", "why"),
    [
        (_run_of(1, 4), _run_of(3, 4), "no row is begun"),
        (_run_of(0, 4), _run_of(3, 2), "too few levels"),
        (_run_of(0, 9), _run_of(3, 9), "more rows than the group has"),
        (_run_of(0, 4), _run_of(4, 4), "a level above the highest"),
        (_run_of(0, 2**31), _run_of(3, 2**31), "more than there can be"),
    ],
)
def test_levels_that_cannot_be_are_broken(repeated: bytes, defined: bytes, why: str) -> None:
    body = pa.py_buffer(repeated + defined)
    begins, there, met = np.full(6, 7, "i4"), np.zeros(16, bool), np.zeros(2, "i8")
    levels = (0, len(repeated), 1), (len(repeated), body.size, 3)
    count = 4 if why != "more rows than the group has" else 9
    held = read_lists(body.address, *levels, body.size, count, 2, 3, begins, there, met)
    assert held == BROKEN, why
    assert not there[count:].any()
