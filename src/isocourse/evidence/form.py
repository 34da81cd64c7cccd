"""What an evidence file must look like: anything else is refused with its file and key."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Any

KINDS = ("programme", "label", "guideline", "study", "practice", "design")
PLACES = ("us", "uk", "eu", "de", "fr", "it", "in", "ca", "au", "nz", "shared")
DATED_PLACES = ("us", "uk", "eu", "de", "fr", "it", "in")
CONFIDENCE = ("read", "relayed", "provisional")
STATES = ("rule", "not_modelled")
ROW_LISTS = ("us", "int")


class BadEvidenceFile(ValueError):
    """An evidence file that is not in the agreed form."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One rule as one source gives it, in our own words: what a rule cites."""

    key: str  # "us-ipledge-2021#window"
    source: str
    name: str
    says: str
    confidence: str
    rows: tuple[str, ...]  # "us:E-01"


@dataclass(frozen=True, slots=True)
class Source:
    """One version of one source, with its passages by name."""

    key: str
    title: str
    kind: str
    publisher: str
    place: str
    issued: date | None
    in_force_from: date | None
    link: str
    looked_at: date
    review_by: date
    confidence: str
    reading: str
    replaces: str | None  # the key of the version that it takes the place of
    passages: Mapping[str, Passage]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a rule list: what it is about, where it is used, how leaving it out errs."""

    key: str  # "us:E-01"
    about: str
    state: str
    errs: str


_OPTIONAL = ("issued", "in_force_from", "replaces")
_DATES = ("issued", "in_force_from", "looked_at", "review_by")
_SOURCE = {f.name: date if f.name in _DATES else str for f in fields(Source)[:-1]}
_PASSAGE = {"says": str, "confidence": str, "rows": list}
_ROW = {"about": str, "state": str, "errs": str}
_MAY_BE_EMPTY = ("errs", "rows")


def read_source(where: str, key: str, table: dict[str, Any]) -> Source:
    """The source that a file's table holds; `key` is the file's name."""
    held = table.pop("passage", None)
    _check(where, table, _SOURCE, _OPTIONAL)
    limits = {"key": (key,), "kind": KINDS, "place": PLACES, "confidence": CONFIDENCE}
    for name, allowed in limits.items():
        _one_of(where, name, table[name], allowed)
    ruling = table["kind"] in ("programme", "label") and table["place"] in DATED_PLACES
    if ruling and "in_force_from" not in table:
        raise BadEvidenceFile(f"{where}: 'in_force_from' is missing; since when does it hold?")
    if not table["link"].startswith("docs/" if key.startswith("isocourse-") else "https://"):
        raise BadEvidenceFile(f"{where}: 'link' is {table['link']!r}, expected https://...")
    if not isinstance(held, dict) or not held:
        raise BadEvidenceFile(f"{where}: 'passage' is missing; write one [passage.name] at least.")
    passages = {name: _read_passage(where, key, name, part) for name, part in held.items()}
    empty: dict[str, Any] = dict.fromkeys(_OPTIONAL)
    return Source(**(empty | table), passages=MappingProxyType(passages))


def read_row(where: str, key: str, table: Any) -> Row:
    """The row of a rule list that a table holds."""
    _check(where, table, _ROW)
    _one_of(where, "state", table["state"], STATES)
    says_how = table["errs"].startswith(("closed: ", "open: ", "neither: "))
    if says_how != (table["state"] == "not_modelled") or (table["errs"] and not says_how):
        raise BadEvidenceFile(
            f"{where}: 'errs' is {table['errs']!r}; begin it with 'closed: ', 'open: ' or "
            "'neither: ' when the state is not_modelled, and leave it empty otherwise."
        )
    return Row(key=key, **table)


def _read_passage(where: str, key: str, name: str, table: Any) -> Passage:
    where = f"{where} [passage.{name}]"
    _check(where, table, _PASSAGE)
    _one_of(where, "confidence", table["confidence"], CONFIDENCE)
    for row in table["rows"]:
        if not isinstance(row, str) or row.partition(":")[0] not in ROW_LISTS:
            raise BadEvidenceFile(f"{where}: 'rows' holds {row!r}, expected the like of 'us:E-01'.")
    rows = tuple(table["rows"])
    return Passage(f"{key}#{name}", key, name, table["says"], table["confidence"], rows)


def _check(
    where: str, table: Any, wanted: Mapping[str, type], optional: tuple[str, ...] = ()
) -> None:
    if not isinstance(table, dict):
        raise BadEvidenceFile(f"{where}: found {table!r}, expected a table.")
    for name in sorted(wanted.keys() - table.keys() - set(optional)):
        raise BadEvidenceFile(f"{where}: {name!r} is missing.")
    for name, value in table.items():
        if name not in wanted:
            raise BadEvidenceFile(f"{where}: unknown key {name!r}; known: {', '.join(wanted)}.")
        if type(value) is not wanted[name]:
            kind = wanted[name].__name__
            raise BadEvidenceFile(f"{where}: {name!r} is {value!r}, expected a {kind}.")
        if not value and name not in _MAY_BE_EMPTY:
            raise BadEvidenceFile(f"{where}: {name!r} is empty; say it in a few words.")


def _one_of(where: str, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise BadEvidenceFile(f"{where}: {name!r} is {value!r}, expected {' or '.join(allowed)}.")
