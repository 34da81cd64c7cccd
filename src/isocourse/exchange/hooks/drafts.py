"""Draft orders: which are of isotretinoin by mouth, and what the rules say of each.

A draft is asked about as if it had been written now. What cannot be read of it is said on a card
of its own, and what can be read is judged all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from isocourse.course import Reason, Settings
from isocourse.course.assessing import reasons_of as course_reasons
from isocourse.events import KINDS, Course
from isocourse.events.kinds_supply import MOST_DAILY_MG
from isocourse.exchange.fhir.amounts import plain
from isocourse.exchange.fhir.dosage import dosing
from isocourse.exchange.fhir.looking import Json, part, parts, text
from isocourse.exchange.fhir.making import Made, name_of
from isocourse.exchange.fhir.medicines import Medicine
from isocourse.exchange.fhir.orders import medicine_of, prescription_keys, request
from isocourse.exchange.hooks.cards import CRITICAL, WARNING, Card, remove

_OF_THE_ORDER = ("dose", "supply", "prescriber", "contraindication")
_BEYOND = "isocourse-safety#implausible-dose"
_UNREAD = "isocourse-safety#unread"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft order of isotretinoin, and what it is of."""

    resource: Json
    about: Medicine

    @property
    def name(self) -> str:
        """What the order is called."""
        return name_of(self.resource)


def drafts(made: Made, orders: tuple[Json, ...]) -> tuple[list[Draft], list[Json], list[Json]]:
    """The drafts of isotretinoin, those of other medicines, and those that name none."""
    ours: list[Draft] = []
    others: list[Json] = []
    nameless: list[Json] = []
    for order in orders:
        if text(order, "resourceType") != "MedicationRequest":
            continue
        about = medicine_of(made, order)
        if about.isotretinoin:
            ours.append(Draft(order, about))
        else:
            (others if about.name else nameless).append(order)
    return ours, others, nameless


def beside(made: Made, others: list[Json], at: datetime) -> list[Json]:
    """Other medicines that are ordered in the same breath: they count as started."""
    for order in others:
        request(made, order | {"status": "active", "intent": "order", "authoredOn": at.isoformat()})
    return made.events


@dataclass(frozen=True, slots=True)
class Written:
    """An order as a prescription event, and the cards on what could not be read of it."""

    event: Json | None
    cards: tuple[Card, ...]


def written(draft: Draft, made: Made, at: datetime) -> Written:
    """The prescription that a draft would be, were it written now."""
    order = draft.resource | {"status": "active", "intent": "order", "authoredOn": at.isoformat()}
    keys = prescription_keys(made, order, draft.about, at.isoformat())
    cards = list(_too_much(draft))
    if keys is None:
        return Written(None, tuple([*cards, *_unread(draft, made)]))
    if keys["daily_dose"] > MOST_DAILY_MG:  # a slip; the rest of the order is judged all the same
        keys["daily_dose"] = MOST_DAILY_MG
    taken = {"prescription_id": f"draft {keys['prescription_id']}"}
    if not made.add(order, "prescription", at.isoformat(), keys | taken):
        return Written(None, tuple([*cards, *_unread(draft, made)]))
    return Written(made.events[-1], tuple([*cards, *_unread(draft, made)]))


def _too_much(draft: Draft) -> Iterator[Card]:
    said = dosing(parts(draft.resource, "dosageInstruction"), draft.about.strength)
    if said.daily is None or said.daily <= Fraction(MOST_DAILY_MG):
        return
    dose = f"{plain(said.daily):g} mg a day"
    summary = f"{dose} of isotretinoin is more than any label allows: taken for a slip."
    yield Card(CRITICAL, summary, summary, (_BEYOND,), draft.name, (remove(draft.name),))


def _unread(draft: Draft, made: Made) -> Iterator[Card]:
    """What of the order could not be read, each once."""
    for each in made.told:
        if each.where.startswith(draft.name):
            what = each.where.rpartition(".")[2]
            summary = f"This order of isotretinoin cannot be checked: {what}: {each.expected}."
            detail = f"{each.where}: found {each.found}, expected {each.expected}."
            if not each.closes:
                summary = f"Read of this order: {what}: {each.expected}."
            yield Card(WARNING, summary, detail, (_UNREAD,), draft.name)


def reasons_of(
    draft: Draft, event: Json, course: Course, at: datetime, settings: Settings
) -> Iterator[Reason]:
    """What the rules hold against the order itself: its dose, its days, its capsules."""
    prescription = KINDS["prescription"].model_validate(event)
    with_it = course.model_copy(update={"events": (*course.events, prescription)})
    found = course_reasons(with_it, at, "dispense", _OF_THE_ORDER, settings)
    beyond = event["daily_dose"] == MOST_DAILY_MG and any(_too_much(draft))
    for reason in found:
        if beyond and reason.topic == "dose":
            continue  # said already, with the dose that was really written
        if _of_this_order(reason, event):
            yield reason


def _of_this_order(reason: Reason, event: Json) -> bool:
    return reason.topic in ("dose", "supply") or event["id"] in reason.events


def referred(draft_order: Json) -> str:
    """The reference by which an order names its medicine."""
    return text(part(draft_order, "medicationReference"), "reference") or ""
