"""Every source isocourse rests on: who said what, where, since when and how sure.

One TOML file per source version stands in `sources/`; `rows/` says what became of each row
of the two rule lists (`us` and `int`) from which the rules were written. A file is read once,
when first asked for.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from isocourse.evidence.form import (
    BadEvidenceFile,
    Passage,
    Row,
    Source,
    read_row,
    read_source,
)

_ROW_FILES = {"us": "us.toml", "int": "international.toml"}


class NoSuchEvidence(KeyError):
    """Something was asked for that the evidence store does not hold."""

    def __str__(self) -> str:
        """Give the sentence as it is, without the quotes of a plain KeyError."""
        return str(self.args[0])


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its key."""
    return MappingProxyType({key: _load(key) for key in _keys()})


def source(key: str) -> Source:
    """The source with this key, such as "us-ipledge-2021"."""
    if key not in _keys():
        raise _missing("source", key, _keys())
    return _load(key)


def passage(key: str) -> Passage:
    """The passage with this key, such as "us-ipledge-2021#window"."""
    name, mark, part = key.partition("#")
    if not mark:
        raise NoSuchEvidence(
            f"{key!r} names no passage. Write source#passage, such as us-ipledge-2021#window."
        )
    held = source(name).passages
    if part not in held:
        raise _missing("passage", key, [each.key for each in held.values()])
    return held[part]


@cache
def rows() -> Mapping[str, Row]:
    """Every row of the two rule lists by its key, such as "us:E-01"."""
    found = {}
    for prefix, file in _ROW_FILES.items():
        for name, table in _read("rows", file).items():
            key = f"{prefix}:{name}"
            found[key] = read_row(f"rows/{file} [{name}]", key, table)
    return MappingProxyType(found)


@cache
def _keys() -> tuple[str, ...]:
    names = [file.name for file in (files(__package__) / "sources").iterdir()]
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def _load(key: str) -> Source:
    return read_source(f"sources/{key}.toml", key, _read("sources", f"{key}.toml"))


def _read(folder: str, file: str) -> dict[str, Any]:
    try:
        text = (files(__package__) / folder / file).read_text(encoding="utf-8")
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadEvidenceFile(f"{folder}/{file}: not readable as TOML: {error}.") from error


def _missing(what: str, key: str, held: Iterable[str]) -> NoSuchEvidence:
    close = difflib.get_close_matches(key, held, n=3, cutoff=0.5)
    hint = f"Close keys are {', '.join(close)}. " if close else ""
    return NoSuchEvidence(
        f"There is no {what} {key!r} in the evidence store. {hint}"
        "Use a key that is there, or add it to the files in evidence/sources."
    )
