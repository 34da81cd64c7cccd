"""The services that an EHR may call, as the discovery endpoint tells them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from isocourse.exchange.hooks.queries import facts_needed, queries


@dataclass(frozen=True, slots=True)
class Service:
    """One service: the hook it answers, what it is called, what it does."""

    id: str
    hook: str
    title: str
    description: str


_ALL = (
    Service(
        "isocourse-patient-view",
        "patient-view",
        "Isotretinoin: what to act on",
        "Alerts and overdue tasks of a patient on an isotretinoin course.",
    ),
    Service(
        "isocourse-order-select",
        "order-select",
        "Isotretinoin: may it be prescribed",
        "Checks every draft order of oral isotretinoin against programme, label and record.",
    ),
    Service(
        "isocourse-order-sign",
        "order-sign",
        "Isotretinoin: may it be prescribed",
        "Checks every draft order of oral isotretinoin before it is signed.",
    ),
    Service(
        "isocourse-order-dispatch",
        "order-dispatch",
        "Isotretinoin: may it be handed over",
        "Checks an order of oral isotretinoin that goes to a pharmacy.",
    ),
)
SERVICES: Mapping[str, Service] = {each.id: each for each in _ALL}


def discovery(places: Iterable[str], day: date) -> dict[str, Any]:
    """What the discovery endpoint answers: each service with the reads that its rules need."""
    wanted = {each.key: each.template for each in queries(facts_needed(places, day))}
    return {
        "services": [
            {
                "id": each.id,
                "hook": each.hook,
                "title": each.title,
                "description": each.description,
                "prefetch": wanted,
            }
            for each in _ALL
        ]
    }
