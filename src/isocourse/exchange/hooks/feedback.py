"""What became of a card: accepted or overridden, with the reason that was given."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from isocourse.events.problems import shown
from isocourse.exchange.fhir.looking import part, parts, text
from isocourse.exchange.hooks.refusing import BadRequest

_OUTCOMES = ("accepted", "overridden")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Feedback:
    """One card and what was done with it. Comments are not kept: they may name a patient."""

    card: str
    outcome: str
    reason: str
    suggestions: tuple[str, ...]
    at: str


def read_feedback(body: bytes | str) -> tuple[Feedback, ...]:
    """Every entry of a body. Raises BadRequest with what is wrong with it."""
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("the body is not JSON; send feedback on cards.") from None
    listed = held.get("feedback") if isinstance(held, dict) else None
    if not isinstance(listed, list) or not listed:
        raise BadRequest(f"feedback: found {shown(listed)}, expected a list of entries.")
    return tuple(_entries(listed))


def _entries(listed: list[Any]) -> Iterator[Feedback]:
    for number, each in enumerate(listed):
        card, outcome = text(each, "card"), text(each, "outcome")
        if card is None or len(card) > _LONGEST:
            raise BadRequest(f"feedback[{number}].card: expected the uuid of a card.")
        if outcome not in _OUTCOMES:
            found = shown(outcome)
            raise BadRequest(
                f"feedback[{number}].outcome: found {found}, expected accepted or overridden."
            )
        reason = text(part(each, "overrideReason", "reason"), "code") or ""
        taken = tuple(s for e in parts(each, "acceptedSuggestions") if (s := text(e, "id")))
        when = text(each, "outcomeTimestamp") or ""
        yield Feedback(card, outcome, reason[:_LONGEST], taken, when[:_LONGEST])
