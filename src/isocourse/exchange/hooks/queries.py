"""Which resources the rules need: derived from the facts that they read."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from isocourse.course import DEFAULT
from isocourse.course.edition import rules_in_force
from isocourse.exchange.fhir.codes import system
from isocourse.exchange.fhir.codes import table as mapping

PATIENT = "patient"
_MOST = 200  # resources of a kind in one answer


@dataclass(frozen=True, slots=True)
class Query:
    """One read of the EHR: its key in the prefetch, and its template."""

    key: str
    resource: str
    template: str

    def of(self, patient: str) -> str:
        """The read for a patient."""
        return self.template.replace("{{context.patientId}}", patient)


@cache
def _table() -> Mapping[str, Any]:
    file = files("isocourse.exchange.hooks") / "queries.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def serves(patterns: Iterable[str], fact: str) -> bool:
    """Whether a fact is one of those that some patterns name."""
    return any(fnmatchcase(fact, pattern) for pattern in patterns)


def by_hand(fact: str) -> bool:
    """Whether a fact is recorded in the clinic, because no common code tells it."""
    return serves(_table()["recorded_by_hand"]["facts"], fact)


def facts_needed(places: Iterable[str], day: date) -> frozenset[str]:
    """Every fact that a rule in force at these places reads."""
    return _read_by_rules(tuple(places), day)


@lru_cache(maxsize=64)
def _read_by_rules(places: tuple[str, ...], day: date) -> frozenset[str]:
    needed: frozenset[str] = frozenset()
    for place in places:
        needed |= rules_in_force(place, day, DEFAULT).facts_read
    return needed


def queries(needed: Iterable[str]) -> tuple[Query, ...]:
    """The reads that serve these facts; that of the patient comes first and always."""
    return _serving(frozenset(needed))


@lru_cache(maxsize=64)
def _serving(wanted: frozenset[str]) -> tuple[Query, ...]:
    return tuple(
        Query(row["key"], row["resource"], _template(row))
        for row in _table()["query"]
        if row["key"] == PATIENT or any(serves(row["facts"], fact) for fact in wanted)
    )


def _template(row: Mapping[str, Any]) -> str:
    if row["key"] == PATIENT:
        return "Patient/{{context.patientId}}"
    parts = ["patient={{context.patientId}}", f"_count={_MOST}"]
    if "codes" in row:
        rows = (each for name in row["codes"] for each in mapping()[name])
        parts.append("code=" + ",".join(f"{system('loinc')}|{each['code']}" for each in rows))
    if "include" in row:
        parts.append(f"_include={row['include']}")
    return f"{row['resource']}?{'&'.join(parts)}"
