"""What is printed of a prescription: a summary for the patient's papers, a note to the pharmacy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from isocourse.clinic.access.acts import OF_SUPPLY
from isocourse.clinic.courses.telling import moment, sources, told
from isocourse.clinic.prescribing.proposing import capsules_of_a_day
from isocourse.clinic.prescribing.regimens import KEPT, lines
from isocourse.clinic.supply.handing_over import newest
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.worklist.standing import assessed
from isocourse.course import Assessment


def printed(known: Known, written: Mapping[str, Any]) -> dict[str, Any]:
    """The words of the page of a prescription."""
    found = assessed(known.held)
    last = newest(known.held)
    stands = last is not None and last.prescription_id == written["prescription_id"]
    return {
        "held": known.held,
        "written": written,
        "at": moment(written["at"], known.held.zone),
        "now": known.now,
        "doses": [] if KEPT in written else _doses(known, written),
        "taken": lines(written),
        "mean": KEPT in written,
        "dose": found.dose,
        "sources": sources(found.dose.recommended.cites),
        "stands": stands,
        "cancelled": known.latest("cancel", prescription_id=written["prescription_id"]),
        **(_for_the_pharmacy(known, found, written) if stands else {}),
    }


def _doses(known: Known, written: Mapping[str, Any]) -> list[str]:
    """The capsules of each dose of a day, where they are known."""
    made = capsules_of_a_day(
        known,
        round(written["daily_dose"] * 1000),
        written.get("formulation") or "conventional",
        written.get("doses_per_day") == 2,
    )
    each_dose = made.doses if made else ()
    return [" + ".join(f"{mcg / 1000:g} mg" for mcg in dose) for dose in each_dose]


def _registry_number(known: Known, written: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The registry's word on this very prescription, if it gave one and did not take it back."""
    name = written["prescription_id"]
    said = known.latest("authorisation", prescription_id=name)
    taken_back = said and known.latest("authorisation_reversed", number=said["number"])
    return None if taken_back else said


def _for_the_pharmacy(
    known: Known, found: Assessment, written: Mapping[str, Any]
) -> dict[str, Any]:
    """What the pharmacy has to know, and of other matters only that there is one."""
    events = {each["id"]: each for each in known.held.events}
    gate = found.actions["dispense"]
    stops = [each for each in gate.reasons if each.stops]
    closes: list[datetime] = [e.closes for e in found.windows if e.what == "dispense"]
    ahead = [each for each in closes if each >= known.now]
    return {
        "gate": gate,
        "stops": [told(each, events) for each in stops if each.topic in OF_SUPPLY],
        "other_stops": sum(each.topic not in OF_SUPPLY for each in stops),
        "closes": min(ahead, default=None),
        "test": known.latest("pregnancy_test") if known.can_become_pregnant else None,
        "number": _registry_number(known, written),
    }
