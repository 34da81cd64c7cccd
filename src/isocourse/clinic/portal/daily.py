"""What a patient takes each day, by the capsules that were handed over to them.

The capsules named are those in hand, never those of a prescription that still waits. Where the
record does not agree with itself, or doses differ by the day, no number is given that may be wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from isocourse.clinic.log.reading import File, Held
from isocourse.clinic.prescribing.regimens import KEPT
from isocourse.course.dosing import Dose


@dataclass(frozen=True, slots=True)
class Daily:
    """A day's dose in mg where it is the same each day, in which capsules, in how many parts."""

    mg: float | None
    capsules: tuple[str, ...] = ()
    times: int | None = None


def daily(held: Held, dose: Dose) -> Daily | None:
    """What is taken now; None when by the record there is nothing to take."""
    if not dose.today:
        return None
    mg: float = dose.json()["today_mg_per_day"]
    given = _in_hand(held)
    written = _prescription(held, given) if given else None
    if given is None or written is None:
        return Daily(mg)
    if KEPT in written or written.get("cycle_days"):
        return Daily(None, _strengths(given, written))
    if written["daily_dose"] != mg:
        return Daily(mg)
    return Daily(mg, _strengths(given, written), written.get("doses_per_day"))


def _in_hand(held: Held) -> File | None:
    """The last hand-over that was neither recorded in error nor brought back."""
    events = held.events
    void = {each["event"] for each in events if each["kind"] == "retract"}
    kept = [each for each in events if each["id"] not in void]
    back = {each["prescription_id"] for each in kept if each["kind"] == "return_to_stock"}
    given = [each for each in kept if each["kind"] == "dispense"]
    return next((e for e in reversed(given) if e["prescription_id"] not in back), None)


def _prescription(held: Held, given: Mapping[str, Any]) -> File | None:
    name = given["prescription_id"]
    written = [each for each in held.events if each["kind"] == "prescription"]
    return next((each for each in reversed(written) if each["prescription_id"] == name), None)


def _strengths(given: Mapping[str, Any], written: Mapping[str, Any]) -> tuple[str, ...]:
    for each in (given, written):
        held = [e["mg"] for e in each.get("capsules") or ()] or [each.get("capsule_mg")]
        known = tuple(f"{mg:g}" for mg in dict.fromkeys(held) if mg)
        if known:
            return known
    return ()
