"""Who may do what: one table, read by every page. What is not listed is refused."""

from collections.abc import Mapping

from isocourse.clinic.people.models import Role

P, N, PH, AD, AU = (
    Role.PRESCRIBER,
    Role.NURSE,
    Role.PHARMACIST,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
)

ACTS: Mapping[str, frozenset[Role]] = {
    "see_worklist": frozenset({P, N, PH}),
    "see_course": frozenset({P, N}),
    "see_supply": frozenset({P, N, PH}),
    "look_up": frozenset({P, N, PH, AU}),
    "see_log": frozenset({P, N, AU}),
    "record": frozenset({P, N}),
    "open_course": frozenset({P, N}),
    "retract": frozenset({P, N}),
    "prescribe": frozenset({P}),
    "hand_over": frozenset({PH}),
    "see_prescription": frozenset({P, N, PH}),
    "cancel": frozenset({P}),
    "record_authorisation": frozenset({P, N, PH}),
    "return_to_stock": frozenset({PH}),
    "record_outage": frozenset({P, N, PH}),
    "see_outages": frozenset({P, N, PH}),
    "remind": frozenset({P, N}),
    "print_letter": frozenset({P, N}),
    "see_quality": frozenset({P, N, AD, AU}),
    "break_glass": frozenset({P}),
    "see_access_log": frozenset({AU, AD}),
    "manage_people": frozenset({AD}),
    "administer": frozenset({AD}),
    "see_changes": frozenset({AD, AU}),
    "choose_clinic": frozenset(Role),
    "own_account": frozenset(Role),
}


OF_SUPPLY = frozenset(
    {
        "authorisation",
        "contraindication",
        "dose",
        "enrolment",
        "interaction",
        "pregnancy_test",
        "prescriber",
        "supply",
        "window",
    }
)
"""The topics told to whoever sees the supply and not the whole course."""


def told_of(role: str | None, topic: str, urgency: str = "") -> bool:
    """Whether a role is told of a matter; what has to be acted on now is told to all."""
    return may(role, "see_course") or urgency == "now" or topic in OF_SUPPLY


def may(role: str | None, act: str) -> bool:
    """Whether a role may do something."""
    return role is not None and role in ACTS[act]
