"""A registry that could not be reached: what was tried and when, kept until its word is recorded.

Such a record is an entry of the log like any other: dated by the server, encrypted, chained. It is
no event of the course, so no rule reads it, and it opens no gate.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from isocourse.clinic.log.models import Form
from isocourse.clinic.log.reading import Held, Line
from isocourse.course.edition import rules_in_force

AUTHORISE = "authorise"
_WORD = ("authorisation", "authorisation_reversed")
_SETTLES = "settles"


@dataclass(frozen=True, slots=True)
class End:
    """How the waiting ended: who recorded it and when, and what the registry said."""

    by: str
    recorded_at: datetime
    says: str
    reached_at: str
    the_word: bool  # else it was settled by hand


@dataclass(frozen=True, slots=True)
class Outage:
    """One time that the registry was tried in vain."""

    number: int  # of the entry of the log
    by: str
    recorded_at: datetime
    said: Mapping[str, Any]
    end: End | None

    @property
    def waits(self) -> bool:
        """Whether the registry's word is still awaited."""
        return self.end is None

    @property
    def tried_at(self) -> datetime:
        """When it was tried."""
        return datetime.fromisoformat(self.said["tried_at"])


def registry_at(held: Held, at: datetime) -> bool:
    """Whether the programme has a registry whose word a hand-over needs."""
    rules = rules_in_force(held.course.place, at.date(), held.course.clinic.rules)
    return rules.value("supply.authorised") is not None


def outages(held: Held) -> list[Outage]:
    """Every time that the registry was tried in vain, oldest first."""
    return [_outage(held, each) for each in _entries(held) if _SETTLES not in each.said]


def waiting(held: Held) -> list[Outage]:
    """Those that still wait for its word."""
    return [each for each in outages(held) if each.waits]


def outage(held: Held, number: int) -> Outage | None:
    """The one of an entry."""
    return next((each for each in outages(held) if each.number == number), None)


def _entries(held: Held) -> Iterator[Line]:
    return (each for each in held.lines if each.form == Form.OUTAGE)


def _outage(held: Held, line: Line) -> Outage:
    end = _settled(held, line) or _its_word(held, line)
    return Outage(line.number, line.by, line.recorded_at, line.said, end)


def _settled(held: Held, line: Line) -> End | None:
    """The entry that says how it ended otherwise."""
    ends = (each for each in _entries(held) if each.said.get(_SETTLES) == line.number)
    found = next(ends, None)
    if found is None:
        return None
    said = found.said
    return End(found.by, found.recorded_at, said["says"], said["reached_at"], False)


def _its_word(held: Held, line: Line) -> End | None:
    """The registry's word on the same prescription, recorded afterwards and not taken back."""
    if line.said["about"] != AUTHORISE:
        return None
    events = [each for each in held.lines if each.form in (Form.EVENT, Form.IMPORTED)]
    gone = {each.said["event"] for each in events if each.said["kind"] == "retract"}
    wanted = line.said.get("prescription_id")
    for each in events:
        said = each.said
        later = each.number > line.number and said["kind"] in _WORD and said["id"] not in gone
        if later and said.get("prescription_id", wanted) == wanted:
            return End(each.by, each.recorded_at, said["number"], said["at"], True)
    return None


def told(outage: Outage) -> dict[str, Any]:
    """What a list shows of one that waits."""
    return {"number": outage.number, "by": outage.by, **outage.said}
