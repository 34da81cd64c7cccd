"""The codes of other systems, as `codes.toml` lists them, and what each of them means here."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from isocourse.exchange.fhir.looking import Coding, Json, all_words, codings
from isocourse.words.spelling import spelt_plainly

_ICD = ("icd10", "icd10cm")


@cache
def table() -> Mapping[str, Any]:
    """The whole of `codes.toml`."""
    file = files("isocourse.exchange.fhir") / "codes.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def system(name: str) -> str:
    """The address of a code system by its short name."""
    address: str = table()["systems"][name]
    return address


@cache
def _rows(list_name: str, system_name: str) -> Mapping[tuple[str, str], Json]:
    """The rows of a list by system and code; those of ICD hold for both of its systems."""
    found: dict[tuple[str, str], Json] = {}
    for row in table()[list_name]:
        named = row.get("system", system_name)
        for each in _ICD if named == "icd" else (named,):
            found[system(each), row["code"]] = row
    return found


@cache
def _list_of() -> Mapping[tuple[str, str], str]:
    """By LOINC code, the list of observations that it stands in."""
    lists = ("weight", "lab", "pregnancy_test", "questionnaire", "menses", "item_9")
    return {(system("loinc"), row["code"]): name for name in lists for row in table()[name]}


def list_of(concept: Any) -> str | None:
    """The list of observations that one of a concept's codes stands in."""
    lists = _list_of()
    found = (lists.get((each.system, each.code)) for each in codings(concept))
    return next((name for name in found if name), None)


def row_of(list_name: str, concept: Any, system_name: str = "snomed") -> Json | None:
    """The row of a list that one of a concept's codes stands for."""
    rows = _rows(list_name, system_name)
    for coding in codings(concept):
        for code in _with_its_groups(coding):
            if (coding.system, code) in rows:
                return rows[coding.system, code]
    return None


def _with_its_groups(coding: Coding) -> Iterable[str]:
    """A code, and for ICD each shorter one that it belongs to."""
    yield coding.code
    if coding.system in (system("icd10"), system("icd10cm")):
        for length in range(len(coding.code) - 1, 0, -1):
            yield coding.code[:length].rstrip(".")


_DENIED = (" no ", " not ", " without ", " family history ", " fh ", " denies ")


def word_in(list_name: str, concept: Any) -> str | None:
    """The word of ours that a concept's text names, if it does not deny it."""
    said = spelt_plainly(all_words(concept))
    if any(each in said for each in _DENIED):
        return None
    for word, names in _plain_words(list_name):
        if any(name in said for name in names):
            return word
    return None


@cache
def _plain_words(list_name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    listed = table()["words"][list_name].items()
    return tuple((str(word), tuple(map(spelt_plainly, names))) for word, names in listed)


@cache
def _plain_names(list_name: str) -> tuple[str, ...]:
    return tuple(map(spelt_plainly, table()["names"][list_name]))


def names(list_name: str, said: str) -> bool:
    """Whether a text holds one of the names of a list."""
    plain = spelt_plainly(said)
    return any(name in plain for name in _plain_names(list_name))


def place_of(country: str) -> str | None:
    """The place whose rules hold in a country."""
    wanted = country.strip().upper()
    return next((p for p, known in table()["places"].items() if wanted in known), None)
