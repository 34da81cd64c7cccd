"""A call of a service answered: the record is gathered, the rules are asked, cards come out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from isocourse.course import DEFAULT, Answer, Assessment, NoValue, Reason, Settings, assess
from isocourse.course.unread import Unread, answered_with, withheld
from isocourse.events import Course
from isocourse.events.course import zone_of
from isocourse.exchange.fhir import BadBundle, Read
from isocourse.exchange.fhir.looking import Json, part, text
from isocourse.exchange.fhir.making import Made, name_of
from isocourse.exchange.fhir.orders import medicine_of
from isocourse.exchange.fhir.reading import read_resources
from isocourse.exchange.hooks.cards import WARNING, Card, shown
from isocourse.exchange.hooks.drafts import (
    Draft,
    beside,
    drafts,
    reasons_of,
    referred,
    written,
)
from isocourse.exchange.hooks.gathering import Reads, gather, held_in
from isocourse.exchange.hooks.queries import facts_needed, queries
from isocourse.exchange.hooks.refusing import BadRequest, DataNeeded
from isocourse.exchange.hooks.requests import Request
from isocourse.exchange.hooks.saying import (
    of_the_patient,
    of_the_record,
    of_the_rules,
    unusable,
)

_SIGNS = ("prescription", "dispense", "taken")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, the moment it came, and what this installation has set."""

    request: Request
    at: datetime
    place: str | None = None
    settings: Settings = DEFAULT
    reads: Reads | None = None
    links: tuple[Json, ...] = field(default=())


def answer(asked: Asked) -> dict[str, Any]:
    """The cards of a call. Raises DataNeeded when the record can be had from nowhere."""
    hook = asked.request.hook
    found = _HOOKS[hook](asked)
    return {"cards": shown(found, asked.request.instance, asked.links)}


def _record(asked: Asked) -> list[Json]:
    day = asked.at.date()
    places = [asked.place] if asked.place else _PLACES
    wanted = queries(facts_needed(places, day))
    held = gather(asked.request, wanted, asked.reads)
    patient = next((e for e in held if text(e, "resourceType") == "Patient"), {})
    if text(patient, "id") != asked.request.patient:
        expected = f"Patient/{asked.request.patient} of the context"
        raise BadRequest(f"prefetch.patient: found {name_of(patient)}, expected {expected}.")
    return held


_PLACES = ("us", "uk", "eu", "de", "fr", "it", "in")


def _orders(asked: Asked) -> Iterator[Card]:
    """Every draft order: those of isotretinoin are judged, the others only counted beside them."""
    made = Made({name_of(e): e for e in _near(asked)})
    _look_up_medicines(made, asked)
    ours, others, nameless = drafts(made, asked.request.orders)
    for order in nameless:
        said = "A draft order names no medicine, so nobody can tell whether it is isotretinoin."
        yield Card(WARNING, said, said, (_UNREAD,), name_of(order))
    if not ours:
        return
    held = [e for e in _record(asked) if name_of(e) not in {d.name for d in ours}]
    read = _read(asked, held)
    if isinstance(read, Card):
        yield read
        return
    yield from _of_the_orders(asked, held, read, made, ours, others)


_UNREAD = "isocourse-safety#unread"


def _near(asked: Asked) -> list[Json]:
    """What came with the call: the drafts and everything of the prefetch."""
    sent = (each for answer in asked.request.prefetch.values() for each in held_in(answer))
    return [*asked.request.orders, *sent]


def _look_up_medicines(made: Made, asked: Asked) -> None:
    """Medicines that a draft names and nobody sent are read from the server."""
    for order in asked.request.orders:
        named = referred(order)
        unknown = named and not made.follow(order, part(order, "medicationReference"))
        if unknown and asked.reads and "/" in named and "://" not in named:
            try:
                found = asked.reads(named)
            except OSError:
                continue
            if text(found, "resourceType") == "Medication":
                made.index[named] = found


def _read(asked: Asked, held: list[Json]) -> Read | Card:
    """The course of a record, or a card that says why there is none."""
    try:
        return read_resources(held, "the record", asked.place)
    except BadBundle as bad:
        said = "; ".join(str(each) for each in bad.problems[:5])
        summary = "Isotretinoin cannot be checked: the record of the patient cannot be read."
        return Card(WARNING, summary, said, (_UNREAD,))


def _of_the_orders(
    asked: Asked, held: list[Json], read: Read, made: Made, ours: list[Draft], others: list[Json]
) -> Iterator[Card]:
    course = _with(read.course, beside(made, others, asked.at))
    try:
        found = _answered(asked, course, read, "prescribe")
    except NoValue as none:
        yield Card(WARNING, "No rules are known for this place and day.", str(none), (_UNREAD,))
        return
    yield from unusable(held, read)
    yield from of_the_record(found.reasons, asked.request.patient)
    told = {each.rule for each in found.reasons}
    for draft in ours:
        yield from _whose(draft, asked.request.patient)
        own = Made(made.index, made.born)
        order = written(draft, own, asked.at)
        yield from order.cards
        if order.event is not None:
            reasons = reasons_of(draft, order.event, course, asked.at, asked.settings)
            yield from of_the_rules(_new(reasons, told), draft.name)


def _whose(draft: Draft, patient: str) -> Iterator[Card]:
    """An order that names another patient is judged by this record, and that is said."""
    named = text(draft.resource, "subject", "reference")
    if named is not None and not named.endswith(f"Patient/{patient}"):
        said = f"This order of isotretinoin names another patient than the one in view: {named}."
        yield Card(WARNING, said, said, (_UNREAD,), draft.name)


def _new(reasons: Iterable[Reason], told: set[str]) -> Iterator[Reason]:
    return (each for each in reasons if each.rule not in told)


def _with(course: Course, events: list[Json]) -> Course:
    """The course with some more events, checked when they were made."""
    from isocourse.events import KINDS

    more = tuple(KINDS[each["kind"]].model_validate(each) for each in events)
    return course.model_copy(update={"events": (*course.events, *more)}) if more else course


def _answered(asked: Asked, course: Course, read: Read, action: str) -> Answer:
    """The one answer that a hook is about, without what an assessment says beside."""
    return answered_with(course, _here(asked, course), action, _unreadable(read), asked.settings)


def _assessed(asked: Asked, course: Course, read: Read) -> Assessment:
    found = assess(course, _here(asked, course), settings=asked.settings)
    return withheld(course, found, _unreadable(read))


def _here(asked: Asked, course: Course) -> datetime:
    return asked.at.astimezone(zone_of(course.place, course.time_zone))


def _unreadable(read: Read) -> list[Unread]:
    return [Unread(e.closes, e.where, e.day) for e in read.unmapped if e.closes]


def _dispatch(asked: Asked) -> Iterator[Card]:
    """An order that goes to a pharmacy: may it be handed over?"""
    near = {name_of(e): e for e in _near(asked)}
    made = Made(near)
    wanted = [_order(asked, made, named) for named in asked.request.named]
    ours = [e for e in wanted if e and medicine_of(made, e).isotretinoin]
    if not ours:
        return
    held = _record(asked)
    known = {name_of(each) for each in held}
    held += [each for each in ours if name_of(each) not in known]
    read = _read(asked, held)
    if isinstance(read, Card):
        yield read
        return
    found = _answered(asked, read.course, read, "dispense")
    yield from unusable(held, read)
    yield from of_the_record(found.reasons, asked.request.patient)


def _order(asked: Asked, made: Made, named: str) -> Json:
    """The order that a reference names. Raises DataNeeded when nobody has it."""
    kind = named.rpartition("/")[0].rpartition("/")[2]
    if kind and kind != "MedicationRequest":
        return {}
    found = made.follow({}, {"reference": named})
    if found or asked.reads is None:
        if found:
            return found
        raise DataNeeded(f"context.order: {named} came neither with the call nor can be read.")
    try:
        held: Json = asked.reads(named)
    except OSError:
        raise DataNeeded(f"context.order: {named} could not be read.") from None
    return held if isinstance(held, dict) else {}


def _view(asked: Asked) -> Iterator[Card]:
    """A patient is looked at: what has to be acted on, if there is a course at all."""
    held = _record(asked)
    read = _read(asked, held)
    if isinstance(read, Card):
        return  # nothing tells of isotretinoin; an order would say that it cannot be checked
    signs = any(event.kind in _SIGNS for event in read.course.events)
    if not signs and not any(each.closes == "supply" for each in read.unmapped):
        return
    yield from unusable(held, read)
    yield from of_the_patient(_assessed(asked, read.course, read), asked.at)


_HOOKS = {
    "order-select": _orders,
    "order-sign": _orders,
    "order-dispatch": _dispatch,
    "patient-view": _view,
}
"""By hook, the function that answers it."""
