"""Capsules and other medicines as the resources that other systems look for them in."""

from isocourse.exchange.fhir.looking import Json
from isocourse.exchange.fhir.spelling import (
    ISOTRETINOIN,
    moment,
    notes,
    quantity,
    without_nothing,
)

PRESCRIPTION = "urn:isocourse:prescription"
_CAPSULE = {"unit": "capsule", "system": "http://unitsofmeasure.org", "code": "{capsule}"}


def prescription(event: Json, subject: Json) -> Json:
    """A prescription of isotretinoin."""
    return without_nothing(
        {
            "resourceType": "MedicationRequest",
            "identifier": [{"system": PRESCRIPTION, "value": event["prescription_id"]}],
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": _capsules_named(event),
            "subject": subject,
            "authoredOn": moment(event["at"]),
            "dosageInstruction": [_dosage(event)],
            "dispenseRequest": _asked(event),
        }
        | notes(event)
    )


def _capsules_named(event: Json) -> Json:
    """Isotretinoin, with what is said of the capsules in words."""
    said = [event.get("product"), event.get("formulation")]
    said += [f"{event['capsule_mg']:g} mg"] if "capsule_mg" in event else []
    more = ", ".join(each for each in said if each)
    return ISOTRETINOIN | ({"text": f"isotretinoin, by mouth ({more})"} if more else {})


def _dosage(event: Json) -> Json:
    """The dose of each time; the days with a dose stand in the period."""
    times = event.get("doses_per_day") or 1
    on, cycle = event.get("days_on"), event.get("cycle_days")
    bounds = quantity(event["days"], "d")
    repeat: Json = {"boundsDuration": bounds, "frequency": times, "period": 1, "periodUnit": "d"}
    if on and cycle:  # so many doses in each cycle of days
        repeat |= {"frequency": times * on, "period": cycle}
    words = f"{event['daily_dose']:g} mg on a day with a dose"
    rate = {"doseQuantity": quantity(event["daily_dose"] / times, "mg")}
    return {"text": words, "timing": {"repeat": repeat}, "doseAndRate": [rate]}


def _asked(event: Json) -> Json:
    held: Json = {"numberOfRepeatsAllowed": event.get("refills", 0)}
    if _count(event):
        held["quantity"] = {"value": _count(event), **_CAPSULE}
    return held | {"expectedSupplyDuration": quantity(event["days"], "d")}


def _count(event: Json) -> int | None:
    """How many capsules, of whatever strength."""
    packs = event.get("capsules") or [event]
    return sum(each.get("quantity") or 0 for each in packs) or None


def dispense(event: Json, subject: Json) -> Json:
    """Capsules that were handed over."""
    order = {"identifier": {"system": PRESCRIPTION, "value": event["prescription_id"]}}
    count = _count(event)
    return without_nothing(
        {
            "resourceType": "MedicationDispense",
            "status": "completed",
            "medicationCodeableConcept": _capsules_named(event),
            "subject": subject,
            "authorizingPrescription": [order],
            "quantity": {"value": count, **_CAPSULE} if count else None,
            "daysSupply": quantity(event["days"], "d"),
            "whenHandedOver": moment(event["at"]),
        }
        | notes(event)
    )


def taken(event: Json, subject: Json) -> Json:
    """What the patient really took."""
    period = {"start": moment(event["at"])}
    period |= {"end": event["until"]} if "until" in event else {}
    rate = {"doseQuantity": quantity(event["daily_dose"], "mg")}
    repeat = {"frequency": 1, "period": 1, "periodUnit": "d"}
    return {
        "resourceType": "MedicationStatement",
        "status": "completed" if "until" in event else "active",
        "medicationCodeableConcept": ISOTRETINOIN,
        "subject": subject,
        "effectivePeriod": period,
        "dosage": [{"timing": {"repeat": repeat}, "doseAndRate": [rate]}],
    } | notes(event)


def medicine(event: Json, subject: Json) -> Json:
    """A medicine beside isotretinoin, started or stopped."""
    started = event["status"] == "started"
    at = moment(event["at"])
    route = event.get("route")
    return without_nothing(
        {
            "resourceType": "MedicationStatement",
            "status": "active" if started else "stopped",
            "medicationCodeableConcept": {"text": event["name"]},
            "subject": subject,
            "effectivePeriod": {"start" if started else "end": at},
            "dosage": [{"route": {"text": route}}] if route else None,
        }
        | notes(event)
    )
