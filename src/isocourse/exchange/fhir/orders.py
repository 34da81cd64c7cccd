"""Prescriptions, hand-overs and statements: isotretinoin as capsules, the rest by name.

A prescription of isotretinoin whose dose or days cannot be told closes what it could open: it is
told under `supply`, and no answer allows a hand-over while it is unread.
"""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from isocourse.exchange.fhir.amounts import counts_capsules, days, plain, value, whole
from isocourse.exchange.fhir.dosage import Dosing, dosing
from isocourse.exchange.fhir.history import as_word
from isocourse.exchange.fhir.looking import Json, note_of, part, parts, text
from isocourse.exchange.fhir.making import Made, name_of, usable_resource
from isocourse.exchange.fhir.medicines import Medicine, medicine, route_of
from isocourse.exchange.fhir.moments import day_of, first_day, moment
from isocourse.exchange.fhir.people import role_in
from isocourse.exchange.fhir.telling import SUPPLY

_ORDERS = ("order", "original-order", "instance-order", "filler-order", "reflex-order")
_VOID = ("cancelled", "stopped", "on-hold")
_READ_OF_REQUEST = [
    "status",
    "intent",
    "medicationCodeableConcept",
    "medicationReference",
    "authoredOn",
    "requester",
    "dosageInstruction",
    "dispenseRequest",
    "recorder",
    "performer",
]


def medicine_of(made: Made, resource: Json) -> Medicine:
    """The medicine that an order, a hand-over or a statement is about."""
    referred = made.follow(resource, part(resource, "medicationReference"))
    concept = part(resource, "medicationCodeableConcept") or part(referred, "code")
    display = text(resource, "medicationReference", "display")
    if not concept and display:
        concept = {"text": display}
    return medicine(concept, referred, route_of(resource))


def request(made: Made, resource: Json) -> None:
    """An order: of isotretinoin a prescription, of anything else a medicine beside it."""
    about = medicine_of(made, resource)
    closes = SUPPLY if about.isotretinoin else None
    if not usable_resource(made, resource, ("active", "completed", *_VOID), closes):
        return
    if text(resource, "intent") not in _ORDERS:
        made.tell(resource, "intent", "an order, not a proposal or a plan", "nothing, if so")
        return
    if not about.isotretinoin:
        _beside(made, resource, about, "authoredOn")
    else:
        _prescription(made, resource, about)
    made.leave(resource, *_READ_OF_REQUEST)


def _prescription(made: Made, resource: Json, about: Medicine) -> None:
    at = moment(resource, "authoredOn")
    if at is None:
        made.tell(resource, "authoredOn", "the day on which it was written", "", closes=SUPPLY)
        return
    keys = prescription_keys(made, resource, about, at)
    if keys is None:
        return
    if made.add(resource, "prescription", at, keys, closes=SUPPLY):
        made.orders[name_of(resource)] = keys["prescription_id"]
        if text(resource, "status") in _VOID:
            made.add(resource, "cancel", at, {"prescription_id": keys["prescription_id"]})
        if text(resource, "status") == "completed":
            made.completed.append((resource, at))


def prescription_keys(made: Made, resource: Json, about: Medicine, at: str) -> Json | None:
    """What a prescription event holds; None, and told, when dose or days cannot be told."""
    said = dosing(parts(resource, "dosageInstruction"), about.strength)
    asked = part(resource, "dispenseRequest")
    if not said.known or said.daily is None:
        expected = f"a dose in mg a day ({said.why})"
        day = day_of(at)
        made.tell(resource, "dosageInstruction", expected, "", closes=SUPPLY, day=day)
        return None
    for high in said.read_high:
        made.tell(resource, "dosageInstruction", f"one dose; {high} is read", "look at it")
    spread = _days(part(asked, "expectedSupplyDuration"), part(asked, "quantity"), said, about)
    if spread is None:
        expected = "days of supply, or a quantity with a strength"
        made.tell(resource, "dispenseRequest", expected, "", closes=SUPPLY, day=day_of(at))
        return None
    keys = {"prescription_id": made.order_id(resource), "days": spread}
    keys |= {"refills": _refills(asked), "role": role_in(made, resource)}
    return keys | _dose(said) | _capsules(about, part(asked, "quantity"))


def _refills(asked: Json) -> Any:
    """How often it may be repeated; what is no whole number is left to the check of the event."""
    return asked.get("numberOfRepeatsAllowed", 0)


def _dose(said: Dosing) -> Json:
    keys: Json = {"daily_dose": plain(said.daily or Fraction()), "unit": "mg/day"}
    times = whole(said.times)
    keys["doses_per_day"] = times if times and 1 <= times <= 6 else None
    if said.cycle > 1:
        keys |= {"days_on": said.days_on, "cycle_days": said.cycle}
    return keys


def _capsules(about: Medicine, quantity: Json) -> Json:
    keys: Json = {"formulation": about.formulation, "product": about.product}
    count = whole(value(quantity)) if counts_capsules(quantity) else None
    if about.strength is not None and count:
        keys |= {"capsule_mg": plain(about.strength), "quantity": count}
    return keys


def _days(duration: Json, quantity: Json, said: Dosing, about: Medicine) -> int | None:
    """Days of supply: as said, else as far as the capsules reach, else as long as the dosage."""
    spoken = days(duration)
    reach = _reach(quantity, said, about)
    found = spoken if spoken is not None else reach if reach is not None else said.days
    return None if found is None or found <= 0 else max(1, int(found))


def _reach(quantity: Json, said: Dosing, about: Medicine) -> Fraction | None:
    count = value(quantity)
    if count is None or about.strength is None or not said.daily or not counts_capsules(quantity):
        return None
    return count * about.strength / said.daily * said.cycle / said.days_on


def close_completed(made: Made) -> None:
    """An order that is said to be done cannot be handed over again, whoever recorded it."""
    handed = {e["prescription_id"] for e in made.events if e["kind"] == "dispense"}
    for resource, at in made.completed:
        order = made.orders[name_of(resource)]
        if order not in handed:
            made.tell(resource, "status", "the hand-over that completed it", "record the hand-over")
            made.add(resource, "cancel", at, {"prescription_id": order})


def hand_over(made: Made, resource: Json) -> None:
    """Capsules that were handed over."""
    about = medicine_of(made, resource)
    closes = SUPPLY if about.isotretinoin else None
    if not usable_resource(made, resource, ("completed",), closes):
        return
    if about.isotretinoin:
        _dispense(made, resource, about)
    else:
        _beside(made, resource, about, "whenHandedOver", "whenPrepared")
    made.leave(
        resource,
        *(["status", "medicationCodeableConcept", "medicationReference", "performer", "quantity"]),
        *(["daysSupply", "whenPrepared", "whenHandedOver", "dosageInstruction"]),
        *(["authorizingPrescription", "location"]),
    )


def _dispense(made: Made, resource: Json, about: Medicine) -> None:
    at = moment(resource, "whenHandedOver", "whenPrepared")
    if at is None:
        made.tell(resource, "whenHandedOver", "the day of the hand-over", "", closes=SUPPLY)
        return
    said = dosing(parts(resource, "dosageInstruction"), about.strength)
    order = _order(made, resource)
    spread = _days(part(resource, "daysSupply"), part(resource, "quantity"), said, about)
    spread = spread or _days_of_order(made, order, resource, about)
    if order is None or spread is None:
        expected = (
            "the prescription it belongs to, and days of supply or a quantity with a strength"
        )
        made.tell(resource, "", expected, "", closes=SUPPLY, day=day_of(at))
        return
    keys = {"prescription_id": order, "days": spread}
    keys |= _capsules(about, part(resource, "quantity"))
    keys = {k: v for k, v in keys.items() if k not in ("formulation", "product")}
    made.add(resource, "dispense", at, keys, closes=SUPPLY)


def _order(made: Made, resource: Json) -> str | None:
    """The prescription that a hand-over names, else the only one there is."""
    for reference in parts(resource, "authorizingPrescription"):
        found = made.orders.get(name_of(made.follow(resource, reference)))
        if found:
            return found
    return next(iter(made.doses)) if len(made.doses) == 1 else None


def _days_of_order(made: Made, order: str | None, resource: Json, about: Medicine) -> int | None:
    """By the daily dose of the prescription, when the hand-over names only its capsules."""
    if order not in made.doses:
        return None
    dose = Dosing(Fraction(repr(made.doses[order])))
    reach = _reach(part(resource, "quantity"), dose, about)
    return None if reach is None else max(1, int(reach))


def statement(made: Made, resource: Json) -> None:
    """What is taken: of isotretinoin the dose, of anything else that it is taken."""
    if not usable_resource(made, resource, ("active", "completed", "stopped", "on-hold")):
        return
    about = medicine_of(made, resource)
    since = ("effectivePeriod.start", "effectiveDateTime", "dateAsserted")
    if about.isotretinoin:
        _taken(made, resource, about)
    else:
        _beside(made, resource, about, *since)
    made.leave(
        resource,
        *(["status", "medicationCodeableConcept", "medicationReference", "effectiveDateTime"]),
        *(["effectivePeriod", "dateAsserted", "informationSource", "dosage"]),
    )


def _taken(made: Made, resource: Json, about: Medicine) -> None:
    at = moment(resource, "effectivePeriod.start", "effectiveDateTime")
    said = dosing(parts(resource, "dosage"), about.strength)
    if at is None or not said.known or said.daily is None:
        expected = f"a day and a dose in mg a day ({said.why or 'no day'})"
        made.tell(resource, "dosage", expected, "record what was taken")
        return
    end = moment(resource, "effectivePeriod.end")
    until = day_of(end).isoformat() if end and day_of(end) >= day_of(at) else None
    if said.cycle > 1:
        made.tell(resource, "dosage", "a dose every day; the mean is read", "look at it")
    daily = said.daily * said.days_on / said.cycle
    keys = {"daily_dose": plain(daily), "unit": "mg/day", "until": until}
    made.add(resource, "taken", at, keys)


def _beside(made: Made, resource: Json, about: Medicine, *when: str) -> None:
    """A medicine beside isotretinoin; without a day it counts from birth."""
    name = as_word(about.name)
    if name is None:
        made.tell(resource, "medicationCodeableConcept", "a medicine with a name", "record it")
        return
    route = _route(resource)
    began = first_day(resource, *when) or (made.born.isoformat() if made.born else None)
    if began:
        made.add(resource, "medicine", began, {"name": name, "status": "started", "route": route})
    end = moment(resource, "effectivePeriod.end")
    if end is None and text(resource, "status") in ("completed", "stopped", "cancelled"):
        made.tell(resource, "status", "the day on which it ended; it counts as taken", "record it")
    elif end:
        after = {"name": name, "status": "stopped", "route": route}
        made.add(resource, "medicine", _day_after(end), after)


def _day_after(end: str) -> str:
    return (day_of(end) + timedelta(days=1)).isoformat()


_SKIN = ("topical", "cutaneous", "skin", "transdermal")
_ELSEWHERE = ("ophthalmic", "nasal", "inhal", "intravenous", "subcutaneous", "vaginal", "rectal")


def _route(resource: Json) -> str | None:
    said = f"{route_of(resource)} {note_of(resource) or ''}".lower()
    if any(word in said for word in _SKIN):
        return "topical"
    return "other" if any(word in said for word in _ELSEWHERE) else None
