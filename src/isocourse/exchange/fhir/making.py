"""Making events of resources: each is checked as it is made, and what cannot be is told."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import category

from pydantic import ValidationError

from isocourse.events.fields import NOTE_LIMIT
from isocourse.events.kinds import KINDS
from isocourse.events.moments import usable
from isocourse.events.recorded import Recorded
from isocourse.events.text import NotData, faults
from isocourse.events.wording import worded
from isocourse.exchange.fhir.looking import Json, note_of, part, parts, text, yes
from isocourse.exchange.fhir.moments import day_of, moment
from isocourse.exchange.fhir.telling import Unmapped, unmapped

FROM = "x-fhir"
"""The key under which an event says what it was made of."""

_ALWAYS_LEFT = frozenset(
    [
        *["resourceType", "id", "meta", "implicitRules", "language", "text", "contained"],
        *["identifier", "subject", "patient", "encounter", "context", "category"],
    ]
)
"""Elements that say who, where and in what form, and nothing that an event holds."""


@dataclass(slots=True)
class Made:
    """The events made so far, and what could not be made one."""

    index: dict[str, Json]  # resources by reference
    born: date | None = None
    patient: str = ""  # Patient/p1
    events: list[Json] = field(default_factory=list)
    checked: list[Recorded] = field(default_factory=list)  # the same events, as they were read
    told: list[Unmapped] = field(default_factory=list)
    ids: dict[str, None] = field(default_factory=dict)
    doses: dict[str, int | float] = field(default_factory=dict)  # of each prescription, mg a day
    orders: dict[str, str] = field(default_factory=dict)  # MedicationRequest/1 -> prescription_id
    noted: set[str] = field(default_factory=set)  # resources whose note stands in an event
    completed: list[tuple[Json, str]] = field(default_factory=list)  # orders, each with its day

    def tell(self, of: Json, element: str, expected: str, do: str = "", **more: Any) -> None:
        """Say that something of a resource could not be mapped."""
        held: Any = of
        for step in element.split(".") if element else ():
            held = part({"": held}, "").get(step) if isinstance(held, dict) else None
        where = f"{name_of(of)}.{element}" if element else name_of(of)
        shown = held if element else _short(of)
        self.told.append(unmapped(where, shown, expected, do or "record it by hand", **more))

    def add(self, of: Json, kind: str, at: str, keys: Json, closes: str | None = None) -> bool:
        """Make one event of a resource; whether it could be made."""
        raw = {"id": self._id(of), "at": at, "kind": kind, **_without_nothing(keys)}
        raw |= {FROM: _source(of)} | self._noted(of)
        event, wrong = _checked(raw, self.born)
        if event is None:
            day = day_of(at) if usable(at) else None
            where = f"{name_of(of)} ({kind})"
            self.told += [Unmapped(where, *each, closes=closes, day=day) for each in wrong]
            return False
        self.ids[raw["id"]] = None
        if "note" in raw:
            self.noted.add(name_of(of))
        if kind == "prescription":
            self.doses[raw["prescription_id"]] = raw["daily_dose"]
        self.events.append(raw)
        self.checked.append(event)
        return True

    def _noted(self, of: Json) -> Json:
        """What people wrote beside a resource, if an event can hold it."""
        said = "".join(c if c == "\n" or _is_text(c) else " " for c in note_of(of) or "")
        return {"note": said} if said.strip() and len(said) <= NOTE_LIMIT else {}

    def _id(self, of: Json) -> str:
        """A name that no other event has."""
        return _another(name_of(of)[:180], self.ids)

    def order_id(self, of: Json) -> str:
        """A name that no other prescription has."""
        return _another((text(of, "id") or "prescription")[:180], self.doses)

    def follow(self, of: Json, reference: Json) -> Json:
        """The resource that a reference names: contained, in the Bundle, or none."""
        named = text(reference, "reference") or ""
        if named.startswith("#"):
            inside = parts(of, "contained")
            return next((each for each in inside if text(each, "id") == named[1:]), {})
        ends = "/".join(named.split("/")[-2:]) if "/" in named else named
        return self.index.get(named) or self.index.get(ends) or {}

    def leave(self, of: Json, *read: str) -> None:
        """Tell every element of a resource that holds something and was not read."""
        if name_of(of) in self.noted:
            read = (*read, "note")
        for element, value in of.items():
            known = element in read or element in _ALWAYS_LEFT or element.startswith("_")
            if not known and value not in (None, [], {}, ""):
                self.tell(of, element, "nothing: this element is not read", "look at it there")


def _is_text(sign: str) -> bool:
    """Whether a sign is one of text: neither a control character nor half of a pair."""
    return category(sign) not in ("Cc", "Cs")


def _another(wanted: str, taken: Container[str]) -> str:
    """The name, or the name with the first number that is free, found in few steps."""
    if wanted not in taken:
        return wanted
    high = 2
    while f"{wanted}#{high}" in taken:
        high *= 2
    low = high // 2
    while low + 1 < high:  # numbers are given out in order, so those taken come first
        middle = (low + high) // 2
        low, high = (middle, high) if f"{wanted}#{middle}" in taken else (low, middle)
    return f"{wanted}#{high}"


def name_of(resource: Json) -> str:
    """What a resource is called: MedicationRequest/rx1."""
    kind = text(resource, "resourceType") or "resource"
    name = f"{kind}/{text(resource, 'id') or '?'}"
    return name if name.isprintable() else "".join(c if c.isprintable() else "?" for c in name)


def _short(resource: Json) -> Json:
    return {k: v for k, v in resource.items() if k in ("status", "code", "intent")}


def _source(of: Json) -> Json:
    version = text(of, "meta", "versionId")
    return {"resource": name_of(of)} | ({"version": version} if version else {})


def _without_nothing(keys: Json) -> Json:
    return {name: value for name, value in keys.items() if value is not None}


Wrong = list[tuple[str, str, str]]
"""What keeps something from being an event: found, expected, what to do."""


def _checked(raw: Json, born: date | None) -> tuple[Recorded | None, Wrong]:
    """The event, or what is wrong with it."""
    try:
        event = KINDS[raw["kind"]].model_validate(raw)
        odd = [(each.found, each.expected, each.do) for _, each in faults(raw)]
    except ValidationError as error:
        listed = list(worded(raw, error.errors(include_url=False)))
        return None, [(f"{e.where} {e.found}", e.expected, e.do) for _, e in listed]
    except NotData as refused:
        held = refused.problem
        return None, [(held.found, held.expected, held.do)]
    if odd:
        return None, odd
    if born is not None and day_of(raw["at"]) < born:
        return None, [(raw["at"], f"the day of birth ({born}) or later", "correct one of the two")]
    return event, []


def recorded(resource: Json, key: str, at: str) -> str | None:
    """When it was recorded, where that is said and not before it happened."""
    said = moment(resource, key)
    return said if said and day_of(said) >= day_of(at) else None


def usable_resource(
    made: Made, resource: Json, of: tuple[str, ...] | None = None, closes: str | None = None
) -> bool:
    """Whether a resource may be read at all: one that changes its own meaning may not.

    `of` are the states in which it says that something happened; `closes` is what it bears on
    when it is in none that is known.
    """
    if parts(resource, "modifierExtension"):
        expected = "no modifierExtension: it may turn the meaning round and is not known here"
        made.tell(resource, "modifierExtension", expected, closes=closes)
        return False
    status = text(resource, "status")
    if status == "entered-in-error" or (of is not None and status not in of):
        bears = closes if status not in _NOT_DONE else None
        expected = f"a status of {', '.join(of)}" if of else "one that was not an error"
        made.tell(resource, "status", expected, "nothing, if it did not happen", closes=bears)
        return False
    if yes(resource, "doNotPerform"):
        made.tell(resource, "doNotPerform", "an order to do something", "nothing, if that is so")
        return False
    return True


_NOT_DONE = (
    *("draft", "entered-in-error", "preparation", "in-progress", "cancelled", "declined"),
    *("not-done", "not-taken", "stopped", "on-hold", "planned"),
)
"""States that say plainly that it was not done; any other that is not known may have been."""


def each_concept(resource: Json) -> Iterator[Json]:
    """The code of an observation, and those of its components, each with its own value."""
    yield resource
    for component in parts(resource, "component"):
        inherited = {k: v for k, v in resource.items() if k not in ("component", "code")}
        held = {k: v for k, v in inherited.items() if not k.startswith(("value", "data"))}
        yield held | component
