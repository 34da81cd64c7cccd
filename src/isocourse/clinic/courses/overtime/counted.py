"""The events that counted at the end of a day, as they were known then."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.clinic.courses.telling import moment
from isocourse.clinic.log.reading import Held

Event = Mapping[str, Any]


def day_of(event: Event, zone: ZoneInfo) -> date:
    """The local day on which an event happened."""
    at = moment(event["at"], zone)
    return at.date() if isinstance(at, datetime) else at


def counted(held: Held, on: date) -> list[Event]:
    """What had happened by the end of a day, was recorded by then and not taken back, in time."""
    known = [each for each in held.events if _recorded(each, held.zone) <= on]
    gone = {each["event"] for each in known if each["kind"] == "retract"}
    kept = [e for e in known if e["id"] not in gone and day_of(e, held.zone) <= on]
    return sorted(kept, key=lambda each: (day_of(each, held.zone), str(each["at"])))


def _recorded(event: Event, zone: ZoneInfo) -> date:
    """The local day on which it was recorded."""
    return day_of({"at": event.get("recorded_at", event["at"])}, zone)


def of_kind(events: list[Event], kind: str, **like: Any) -> Iterator[Event]:
    """The events of a kind that say so."""
    wanted = like.items()
    return (e for e in events if e["kind"] == kind and all(e.get(n) == v for n, v in wanted))
