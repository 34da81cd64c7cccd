"""Cards: one thing to know each, with whose word it is, in the form of CDS Hooks 2.0."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from isocourse import evidence
from isocourse.exchange.fhir.codes import system
from isocourse.exchange.fhir.looking import Json

LONGEST_SUMMARY = 139
INFO, WARNING, CRITICAL = "info", "warning", "critical"
_ORDER = (CRITICAL, WARNING, INFO)
OVERRIDES = {
    "recorded-elsewhere": "It is recorded elsewhere, for example in the registry",
    "corrected": "The record or the order is being corrected",
    "specialist-decision": "Decided by the specialist for this patient",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One card; `about` tells apart cards that say the same of two orders."""

    indicator: str
    summary: str
    detail: str
    cites: tuple[str, ...]
    about: str = ""
    suggestions: tuple[Json, ...] = field(default=())


def shown(cards: Iterable[Card], instance: str, links: Sequence[Json]) -> list[Json]:
    """The cards as they are sent, the gravest first; each keeps its name within a call."""
    ordered = sorted(cards, key=lambda each: _ORDER.index(each.indicator))
    return [_sent(each, instance, links) for each in ordered]


def _sent(card: Card, instance: str, links: Sequence[Json]) -> Json:
    name = uuid5(NAMESPACE_URL, "\n".join([instance, card.about, card.summary, *card.cites]))
    held: Json = {
        "uuid": str(name),
        "summary": shortened(card.summary),
        "detail": _detail(card),
        "indicator": card.indicator,
        "source": _source(card.cites),
        "links": [*_links_of(card.cites), *links],
    }
    if card.indicator != INFO:
        system_of_ours = "urn:isocourse:override"
        held["overrideReasons"] = [
            {"code": code, "system": system_of_ours, "display": said}
            for code, said in OVERRIDES.items()
        ]
    if card.suggestions:
        named = [_named(each, f"{name}-{n}") for n, each in enumerate(card.suggestions)]
        held |= {"suggestions": named, "selectionBehavior": "any"}
    return held


def _named(suggestion: Json, name: str) -> Json:
    return suggestion | {"uuid": str(uuid5(NAMESPACE_URL, name))}


def shortened(said: str) -> str:
    """A sentence that fits on a card."""
    return said if len(said) <= LONGEST_SUMMARY else f"{said[: LONGEST_SUMMARY - 1].rstrip()}…"


def _detail(card: Card) -> str:
    """The whole sentence, and in what words each source says it."""
    said = [card.detail or card.summary]
    for cite in card.cites:
        passage = evidence.passage(cite)
        source = evidence.source(passage.source)
        unsure = " (provisional)" if "provisional" in (passage.confidence,) else ""
        said.append(f"*{source.title}*{unsure}: {passage.says} `{cite}`")
    return "\n\n".join(said)


def _source(cites: Sequence[str]) -> Json:
    """The first source, by its title, and where it is published."""
    if not cites:
        return {"label": "isocourse"}
    first = evidence.source(cites[0].partition("#")[0])
    url = {"url": first.link} if first.link.startswith("https://") else {}
    return {"label": first.title, **url}


def _links_of(cites: Sequence[str]) -> list[Json]:
    """Every further source, as a link."""
    found = {}
    for cite in cites:
        each = evidence.source(cite.partition("#")[0])
        if each.link.startswith("https://"):
            found[each.link] = {"label": each.title, "url": each.link, "type": "absolute"}
    return list(found.values())


def remove(order: str) -> Json:
    """The suggestion not to write an order."""
    action = {"type": "delete", "description": "Remove this order", "resourceId": order}
    return {"label": "Remove this order", "actions": [action]}


def order_a_test(patient: str) -> Json:
    """The suggestion to order a pregnancy test."""
    coding: Any = {"system": system("loinc"), "code": "2118-8"}
    resource = {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "code": {"coding": [coding], "text": "Pregnancy test, serum"},
        "subject": {"reference": f"Patient/{patient}"},
    }
    said = "Order a pregnancy test"
    return {
        "label": said,
        "actions": [{"type": "create", "description": said, "resource": resource}],
    }
