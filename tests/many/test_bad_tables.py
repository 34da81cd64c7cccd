"""A table that cannot be used is refused whole, in words that say where and what to do."""

import contextlib
import re
from base64 import b64decode, b64encode
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as encryption
import pytest
from tests.cli.running import answered, call
from tests.cli.running import refused as refused_by_command
from tests.many.asking import named, rows, write

from isocourse.course.many.asking import At
from isocourse.course.worked import patients
from isocourse.exchange.events_table.arrow import table_of
from isocourse.exchange.events_table.opening import as_read
from isocourse.exchange.many import BadTable, assess_many, assess_table

AT = date(2026, 3, 3)


@pytest.fixture
def good() -> list[dict[str, Any]]:
    return rows([named(dict(patients()["uk-man"]), f"c{n}") for n in range(3)])


def refused(tmp_path: Path, held: list[dict[str, Any]]) -> str:
    """What is said of a table; nothing is left behind."""
    path, out = write(tmp_path / "t.parquet", held, row_group_size=20), tmp_path / "out"
    with pytest.raises(BadTable) as found:
        assess_many(path, out, At(AT))
    assert list(out.iterdir()) == []
    return str(found.value)


def nth(held: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(row for row in held if row["course_id"] == "c1" and row["kind"] == kind)


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("weight", {"value": 610.0}, ["column value: found 610", "15 to 300 kg"]),
        ("weight", {"unit": "stone"}, ["column unit: found", "kg, lb"]),
        ("weight", {"kind": "wieght"}, ["column kind: found", "weight"]),
        ("weight", {"at": date(1899, 12, 31)}, ["column at: found", "1900"]),
        ("weight", {"at_instant": datetime(2020, 1, 1, tzinfo=UTC)}, ["column at: found"]),
        ("weight", {"order": 0}, ["column order: found", "no other event"]),
        ("lab", {"unit": "kg"}, ["column unit: found"]),
        ("diagnosis", {"code": "awful"}, ["column code: found", "mild, moderate"]),
        ("diagnosis", {"code": None}, ["column code: found nothing"]),
        ("visit", {"role": "Professor"}, ["column role: found", "lower-case"]),
        ("pregnancy_category", {"yes": None}, ["column yes: found nothing"]),
        ("weight", {"place": "mars"}, ["column place: found 'mars', expected 'uk'"]),
        ("weight", {"birth_date": date(1990, 1, 1)}, ["column birth_date", "same of a course"]),
        ("weight", {"at": date(1980, 1, 1)}, ["column at: found", "day of birth"]),
        ("weight", {"kind": "retract", "retracts": 99}, ["column retracts: found", "the id"]),
    ],
)
def test_a_bad_entry_is_named_by_row_group_row_and_course(
    tmp_path: Path, good: list[dict[str, Any]], kind: str, wrong: dict[str, Any], words: list[str]
) -> None:
    row = nth(good, kind)
    if wrong.get("order") == 0:
        wrong = {"order": next(r for r in good if r["course_id"] == "c1" and r is not row)["order"]}
    row.update(wrong)
    said = refused(tmp_path, good)
    number = good.index(row)
    where = f"row group {number // 20}, row {number % 20}"
    assert where in said or wrong.keys() == {"order"}
    assert "course 'c1'" in said
    for each in words:
        assert each in said


def test_a_wrong_place_on_every_row_of_a_course(tmp_path: Path, good: list[dict[str, Any]]) -> None:
    for row in good:
        row["place"] = "mars" if row["course_id"] == "c2" else "uk"
    said = refused(tmp_path, good)
    assert 'column place: found "mars", expected one of us, uk' in said


def test_columns_are_looked_at_before_any_row(tmp_path: Path, good: list[dict[str, Any]]) -> None:
    table = table_of(good)
    for changed, words in (
        (table.drop_columns(["kind"]), "column kind: found nothing"),
        (table.append_column("weigth", table["value"]), "column weigth: found no column"),
        (table.set_column(0, "course_id", pa.array(range(len(good)))), "the type int64"),
        (table.append_column("value", table["value"]), "column value: found it twice"),
    ):
        pq.write_table(changed, tmp_path / "t.parquet")
        with pytest.raises(BadTable, match=words):
            assess_table(tmp_path / "t.parquet", AT)


def test_own_columns_and_other_widths_are_taken(tmp_path: Path, good: list[dict[str, Any]]) -> None:
    table = table_of(good)
    wider = table.set_column(
        table.schema.get_field_index("order"), "order", table["order"].cast(pa.int64())
    ).append_column("x_ward", table["place"])
    words = wider.set_column(
        wider.schema.get_field_index("kind"), "kind", wider["kind"].cast(pa.large_string())
    )
    pq.write_table(table, tmp_path / "a.parquet")
    pq.write_table(words, tmp_path / "b.parquet")
    first, second = (assess_table(tmp_path / n, AT) for n in ("a.parquet", "b.parquet"))
    assert first.equals(second)


@pytest.mark.parametrize("text", [b"", b"not parquet at all"])
def test_what_is_no_parquet_is_refused(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "t.parquet").write_bytes(text)
    with pytest.raises(BadTable, match="Parquet"):
        assess_table(tmp_path / "t.parquet", AT)


def test_the_command_ends_with_2_and_leaves_nothing(
    tmp_path: Path, good: list[dict[str, Any]]
) -> None:
    nth(good, "weight")["value"] = 610.0
    path, out = write(tmp_path / "t.parquet", good), tmp_path / "out"
    done = call("assess-many", str(path), "--at", str(AT), "--out", str(out))
    assert "row group 0" in refused_by_command(done)
    assert list(out.iterdir()) == []


def test_the_command_writes_a_table_and_a_summary(
    tmp_path: Path, good: list[dict[str, Any]]
) -> None:
    path, out = write(tmp_path / "t.parquet", good), tmp_path / "out"
    words = ("assess-many", str(path), "--at", str(AT), "--out", str(out))
    assert "3 courses" in answered(call(*words))
    assert sorted(each.name for each in out.iterdir()) == ["assessment.parquet", "summary.json"]
    assert pq.read_table(out / "assessment.parquet").num_rows == 3
    assert "already" in refused_by_command(call(*words))


def test_a_day_before_the_first_known_rules_is_refused(
    tmp_path: Path, good: list[dict[str, Any]]
) -> None:
    path, out = write(tmp_path / "t.parquet", good), str(tmp_path / "out")
    done = call("assess-many", str(path), "--at", "1980-01-01", "--out", out)
    assert "No rules of 'uk'" in refused_by_command(done)


def _binary(held: pa.Table, name: str, value: bytes) -> pa.Table:
    """A table whose first word of a column is these bytes, whatever they are."""
    words = [None if each is None else each.encode() for each in held[name].to_pylist()]
    words[next(n for n, each in enumerate(words) if each)] = value
    made = pa.array(words, pa.binary())
    text = pa.Array.from_buffers(pa.string(), len(made), made.buffers())
    return held.set_column(held.schema.get_field_index(name), name, text)


@pytest.mark.parametrize("name", ["course_id", "kind", "code", "unit", "prescription_id"])
@pytest.mark.parametrize("worded", [True, False])
def test_bytes_that_are_no_text_are_refused(
    tmp_path: Path, good: list[dict[str, Any]], name: str, worded: bool
) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(_binary(table_of(good), name, b"ab\xff"), path, use_dictionary=worded)
    with pytest.raises(BadTable, match="UTF-8") as found:
        assess_table(path, AT)
    assert str(path) in str(found.value) and "row group 0" in str(found.value)


def test_a_code_that_names_no_word_is_refused() -> None:
    """Arrow hands it on, and the compiled loop would read beside its tables."""
    codes = pa.array([0, 5], pa.int32())
    column = pa.DictionaryArray.from_arrays(codes, pa.array(["a"]), safe=False)
    with pytest.raises(BadTable, match="row group 3"):
        as_read(pa.RecordBatch.from_arrays([column], names=["code"]), 3)


def test_a_day_beyond_all_calendars_is_named(tmp_path: Path, good: list[dict[str, Any]]) -> None:
    held, path = table_of(good), tmp_path / "t.parquet"
    days = held["at"].cast(pa.int32()).to_pylist()
    days[3] = 2_100_000_000
    column = pa.array(days, pa.int32()).cast(pa.date32())
    pq.write_table(held.set_column(held.schema.get_field_index("at"), "at", column), path)
    with pytest.raises(BadTable, match="row group 0, row 3, column at: found a time beyond"):
        assess_table(path, AT)


@pytest.mark.parametrize("byte", range(0, 256, 85))
def test_a_file_with_a_wrong_byte_is_read_or_refused_and_never_worse(
    tmp_path: Path, good: list[dict[str, Any]], byte: int
) -> None:
    path = write(tmp_path / "t.parquet", good, compression="zstd")
    text = path.read_bytes()
    pages = len(text) - 8 - int.from_bytes(text[-8:-4], "little")
    for at in (*range(4, pages, pages // 40), *range(pages, len(text), (len(text) - pages) // 40)):
        path.write_bytes(text[:at] + bytes([byte]) + text[at + 1 :])
        with contextlib.suppress(BadTable):
            assess_table(path, AT)


@pytest.mark.parametrize("codec", [b"\x18", b"\x01"], ids=["12", "-1"])
def test_a_codec_that_nobody_knows_is_refused(
    tmp_path: Path, good: list[dict[str, Any]], codec: bytes
) -> None:
    """Given the codec of a column in the second row group changed, at the end of the file."""
    path = write(tmp_path / "t.parquet", good, compression="zstd", row_group_size=20)
    text = path.read_bytes()
    told = list(re.finditer(rb"\x19\x18\x09course_id\x15(\x0c)", text))[1]
    path.write_bytes(text[: told.start(1)] + codec + text[told.end(1) :])
    with pytest.raises(BadTable, match="row group 1, column course_id: found the codec"):
        assess_table(path, AT)


def test_bounds_that_are_no_text_are_no_bounds(tmp_path: Path, good: list[dict[str, Any]]) -> None:
    """Given names as they should be, and another byte where the file tells the last of them."""
    path = write(tmp_path / "t.parquet", good, use_dictionary=False)
    expected, text = assess_table(path, AT), path.read_bytes()
    path.write_bytes(text[: (at := text.rindex(b"\x02c2"))] + b"\x02\xff" + text[at + 2 :])
    assert assess_table(path, AT).equals(expected)


class _Keys(encryption.KmsClient):
    """Keeps keys as nobody should."""

    def __init__(self, _: Any) -> None:
        super().__init__()

    def wrap_key(self, key: bytes, _: str) -> bytes:
        return b64encode(key)

    def unwrap_key(self, wrapped: bytes, _: str) -> bytes:
        return b64decode(wrapped)


@pytest.mark.parametrize("footer", [False, True])
def test_a_table_with_an_encrypted_column_is_refused(
    tmp_path: Path, good: list[dict[str, Any]], footer: bool
) -> None:
    """Whether the end of the file is encrypted too or can be read, as it is here without a key."""
    how = encryption.EncryptionConfiguration(
        footer_key="f", column_keys={"c": ["kind"]}, plaintext_footer=not footer
    )
    keys = encryption.CryptoFactory(_Keys)
    made = keys.file_encryption_properties(encryption.KmsConnectionConfig(), how)
    path = tmp_path / "t.parquet"
    pq.write_table(table_of(good), path, encryption_properties=made)
    with pytest.raises(BadTable, match="decrypt"):
        assess_table(path, AT)


def test_a_row_group_that_tells_of_another_type_is_refused(
    tmp_path: Path, good: list[dict[str, Any]]
) -> None:
    """Given the type of a column's bytes changed at the end of the file, and there alone."""
    path = write(tmp_path / "t.parquet", good)
    text = path.read_bytes()
    (told,) = re.finditer(rb"\x1c\x15(\x0c).{1,12}course_id", text, re.DOTALL)  # a byte array
    path.write_bytes(text[: told.start(1)] + b"\x00" + text[told.end(1) :])
    with pytest.raises(BadTable, match="row group 0, column course_id: found the type BOOLEAN"):
        assess_table(path, AT)
