"""Earlier courses: when the last dose was."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.agree.by_topic.order import Around, place_in_time
from tests.agree.by_topic.story import local

Event = Any  # of one of the kinds; its own keys are read by kind


def last_dose(held: Sequence[Event], zone: ZoneInfo) -> date | None:
    """The last day of capsules had or dose taken, or the last stop when there were none after."""
    supplies = _standing(held, zone)
    doses = [e for e in held if e.kind == "taken" and e.daily_dose > 0]
    if not supplies and not doses:
        return None
    stops = sorted(local(e.at, zone) for e in held if e.kind == "stop")
    restarts = sorted(local(e.at, zone) for e in held if e.kind == "restart")
    days = []
    if stops and restarts and restarts[-1] >= stops[-1]:
        had = [e for e in supplies if local(e.at, zone) <= stops[-1]]
        unused = _end_of_queue(had, zone) - stops[-1] if had else timedelta(0)
        days.append(restarts[-1] + max(unused, timedelta(0)))
    elif stops:
        days.append(stops[-1])
        supplies = [e for e in supplies if local(e.at, zone) >= stops[-1]]
        doses = [e for e in doses if local(e.at, zone) >= stops[-1]]
    days += [e.until or local(e.at, zone) for e in doses]
    if supplies:
        days.append(_end_of_queue(supplies, zone))
    return max(days)


def _standing(events: Sequence[Event], zone: ZoneInfo) -> list[Event]:
    """The hand-overs of which no capsules came back; a return takes back the one before it."""
    around = Around([(e, local(e.at, zone)) for e in events], lambda _: True)
    in_order = sorted(
        (e for e in events if e.kind in ("dispense", "return_to_stock")),
        key=lambda e: place_in_time(e, local(e.at, zone), around),
    )
    held: list[Event] = []
    for event in in_order:
        if event.kind == "dispense":
            held.append(event)
            continue
        of_it = [e for e in held if e.prescription_id == event.prescription_id]
        held = [e for e in held if e not in of_it[-1:]]
    return held


def _end_of_queue(supplies: Sequence[Event], zone: ZoneInfo) -> date:
    """Supplies queue: one that comes early waits for the one before."""
    end = date.min
    for supply in supplies:
        begins = max(local(supply.at, zone), end + timedelta(days=1))
        end = begins + timedelta(days=supply.days - 1)
    return end
