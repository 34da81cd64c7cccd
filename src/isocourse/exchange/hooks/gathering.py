"""The record of the patient: what was sent with the call, else what the EHR's server gives."""

from collections.abc import Callable, Iterable
from typing import Any

from isocourse.exchange.fhir.looking import Json, parts, text
from isocourse.exchange.fhir.reading import resources
from isocourse.exchange.hooks.queries import Query
from isocourse.exchange.hooks.refusing import DataNeeded
from isocourse.exchange.hooks.requests import Request

Reads = Callable[[str], Any]
"""Reads the EHR's server by a relative address; raises OSError when it cannot."""

_ABSENT = object()


def gather(asked: Request, wanted: Iterable[Query], reads: Reads | None) -> list[Json]:
    """Every resource that the rules need. Raises DataNeeded naming what can be had from nowhere."""
    found: list[Json] = []
    lacking: list[str] = []
    for query in wanted:
        answer = _sent(asked, query)
        if answer is _ABSENT:
            answer = _read(query, asked.patient, reads)
        if answer is _ABSENT:
            lacking.append(query.key)
        else:
            found += held_in(answer)
    if lacking:
        raise DataNeeded(
            f"prefetch: {', '.join(lacking)} came neither with the call nor could be read from the "
            "FHIR server; send them, or let this service read them."
        )
    return found


def _sent(asked: Request, query: Query) -> Any:
    """What came with the call, if it is whole; null says that there is none."""
    if query.key not in asked.prefetch:
        return _ABSENT
    sent = asked.prefetch[query.key]
    kind = text(sent, "resourceType")
    if sent is None and query.resource != "Patient":
        return {}
    whole = not any(text(each, "relation") == "next" for each in parts(sent, "link"))
    return sent if whole and kind in ("Bundle", query.resource) else _ABSENT


def _read(query: Query, patient: str, reads: Reads | None) -> Any:
    if reads is None:
        return _ABSENT
    try:
        found = reads(query.of(patient))
    except OSError:
        return _ABSENT
    return found if text(found, "resourceType") in ("Bundle", query.resource) else _ABSENT


def held_in(answer: Any) -> list[Json]:
    """The resources of an answer, alone or in a Bundle, without messages about the search."""
    if text(answer, "resourceType") == "Bundle":
        return [e for e in resources(answer) if text(e, "resourceType") != "OperationOutcome"]
    return [answer] if isinstance(answer, dict) and answer else []
