"""The files of a registry in a folder: what each is called, and what it is."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from isocourse.exchange.events_table.form import BY_NAME, TEXT
from isocourse.exchange.events_table.refusing import BadTable, Fault

ENDING = ".parquet"
_FOOTER = 65_536
"""So much of the end of a file, where Parquet tells its pages, is looked at to know it again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a registry. `name` is its place in the folder, as in place=us/0.parquet."""

    name: str
    path: str
    seal: str  # changes when the file does
    rows: int
    said: tuple[tuple[str, str], ...] = ()  # what the folders say of every row: (("place", "us"),)


def parts_of(folder: str | os.PathLike[str]) -> Sequence[Part]:
    """The Parquet files in a folder and the folders in it, by name. Raises BadTable.

    Names that begin with a dot or an underscore are passed over, as other engines do. A file
    stands for itself.
    """
    root = Path(folder)
    if root.is_file():
        return [_part(root.parent, Path(root.name))]
    found = sorted(
        path.relative_to(root)
        for path in root.rglob(f"*{ENDING}")
        if path.is_file() and not _hidden(path.relative_to(root))
    )
    if not found:
        fault = Fault("the folder", f"no *{ENDING}", "the files of a registry", "check its name")
        raise BadTable(str(folder), [fault])
    return [_part(root, path) for path in found]


def _hidden(path: Path) -> bool:
    return any(each[0] in "._" for each in path.parts)


def _part(root: Path, path: Path) -> Part:
    whole = root / path
    try:
        rows = pq.read_metadata(whole).num_rows
    except (pa.ArrowInvalid, OSError) as error:
        why = str(error).splitlines()[0][:200]
        raise BadTable(
            str(whole), [Fault("the file", f"no Parquet ({why})", "Parquet", "write it as Parquet")]
        ) from None
    said = [each.split("=", 1) for each in path.parts[:-1] if "=" in each]
    texts = tuple((key, word) for key, word in said if key in BY_NAME and BY_NAME[key].type == TEXT)
    return Part(path.as_posix(), str(whole), _seal(whole), rows, texts)


def _seal(path: Path) -> str:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _FOOTER))
        return f"{size}-{hashlib.blake2b(file.read(), digest_size=12).hexdigest()}"


def with_what_folders_say(part: Part, work: Path) -> str:
    """The path of the part with the columns that only the names of its folders tell.

    Spark and others leave a column by which they divide out of the files: it is put back in a
    file beside the answers.
    """
    held = pq.read_schema(part.path).names
    lacking = [(key, word) for key, word in part.said if key not in held]
    if not lacking:
        return part.path
    import polars as pl

    written = work / "with-folders.parquet"
    columns = [pl.lit(word).alias(key) for key, word in lacking]
    frame = pl.scan_parquet(Path(part.path), hive_partitioning=False).with_columns(columns)
    frame.sink_parquet(written, row_group_size=200_000, maintain_order=True)
    return str(written)
