"""Events from an application: read like a course file, recorded like a form, each id only once.

Everything is judged under the lock on the course: what is there already is not written again,
and what cannot be used keeps all the rest out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from isocourse.clinic.api.limits import EVENTS_AT_ONCE
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import Pen, Refused, Writer, add, writing
from isocourse.events import KINDS
from isocourse.events.problems import Problem, shown
from isocourse.events.text import NotData, data_of, faults

BY_PEOPLE = frozenset(
    {
        "authorisation",
        "authorisation_reversed",
        "cancel",
        "dispense",
        "prescriber_agreement",
        "prescription",
        "retract",
        "return_to_stock",
    }
)
"""What a person does at a page, behind its gate: never taken from an application."""
OF_A_PRESCRIBER = {"contraception": "agreed_by_prescriber", "visit": "role"}
"""What only a prescriber may say within an event that is taken otherwise; it would open a gate."""
TAKEN = tuple(kind for kind in KINDS if kind not in BY_PEOPLE)
OF_THE_SERVER = ("recorded_at", "by")
_PLACE = re.compile(r"events\[(\d+)\]")

File = Mapping[str, Any]


class Different(Exception):
    """An event of this id is there and says something else."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = tuple(ids)
        super().__init__(", ".join(ids))


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of each event that was sent, by id."""

    recorded: tuple[str, ...]
    there_before: tuple[str, ...]


def read_body(body: bytes) -> list[File]:
    """The events of a request. Raises Refused with everything wrong with its shape."""
    try:
        data = data_of(body)
        problems = [problem for _, problem in faults(data)]
    except NotData as wrong:
        raise Refused([wrong.problem]) from None
    problems = problems or list(_of_the_whole(data))
    if problems:
        raise Refused(problems)
    events: list[File] = data["events"]
    problems = [each for at, event in enumerate(events) for each in _of_an_event(at, event)]
    if problems := problems or _twice(events):
        raise Refused(problems)
    return events


def _of_the_whole(data: Any) -> list[Problem]:
    if not isinstance(data, dict) or set(data) != {"events"}:
        return [Problem("the body", shown(data), 'an object with "events" only', "send that")]
    events = data["events"]
    if not isinstance(events, list) or not 1 <= len(events) <= EVENTS_AT_ONCE:
        count = f"a list of {len(events)}" if isinstance(events, list) else shown(events)
        return [Problem("events", count, f"a list of 1 to {EVENTS_AT_ONCE} events", "send fewer")]
    return []


def _of_an_event(at: int, event: Any) -> list[Problem]:
    where = f"events[{at}]"
    if not isinstance(event, dict):
        return [Problem(where, shown(event), "an event, which is an object", "send one")]
    kind, held = event.get("kind"), event.get("id")
    problems = [
        Problem(f"{where}.{name}", shown(event[name]), "nothing", "leave it to the server")
        for name in OF_THE_SERVER
        if name in event
    ]
    if not isinstance(held, str) or not held:
        do = "give each event an id that stays the same when it is sent again"
        problems.append(Problem(f"{where}.id", shown(held), "an id", do))
    own = OF_A_PRESCRIBER.get(kind, "") if isinstance(kind, str) else ""
    if event.get(own):
        do = "leave it out; a person records it at the clinic's page"
        problems.append(Problem(f"{where}.{own}", shown(event[own]), "nothing", do))
    if isinstance(kind, str) and kind in BY_PEOPLE:
        do = "let a person do this at the clinic's page"
        problems.append(Problem(f"{where}.kind", shown(kind), "a kind of record", do))
    return problems


def _twice(events: Sequence[File]) -> list[Problem]:
    held = [event["id"] for event in events]
    return [
        Problem(f"events[{at}].id", shown(each), "an id of its own", "give it another id")
        for at, each in enumerate(held)
        if each in held[:at]
    ]


def append(course: Course, writer: Writer, events: Sequence[File]) -> Appended:
    """Record what is not there yet. Raises Refused, or Different, and then records nothing."""
    with transaction.atomic(), writing(course, writer) as pen:
        there = {each["id"]: each for each in pen.held.events}
        known = [each for each in events if each["id"] in there]
        other = [each["id"] for each in known if _bare(there[each["id"]]) != _bare(each)]
        if other:
            raise Different(other)
        new = [each for each in events if each["id"] not in there]
        _add(pen, new, events)
    return Appended(tuple(e["id"] for e in new), tuple(e["id"] for e in known))


def _add(pen: Pen, new: Sequence[File], sent: Sequence[File]) -> None:
    before = len(pen.held.events)
    at = [number for number, each in enumerate(sent) if each in new]
    try:
        add(pen, new)
    except Refused as refused:
        raise Refused(_as_sent(each, before, at) for each in refused.problems) from None


def _as_sent(problem: Problem, before: int, at: Sequence[int]) -> Problem:
    """A problem by its place in the request instead of in the whole course."""

    def place(found: re.Match[str]) -> str:
        number = int(found[1]) - before
        return f"events[{at[number]}]" if number >= 0 else found[0]

    return replace(problem, where=_PLACE.sub(place, problem.where, count=1))


def _bare(event: File) -> dict[str, Any]:
    """What an event says, without what the server adds."""
    return {name: value for name, value in event.items() if name not in OF_THE_SERVER}
