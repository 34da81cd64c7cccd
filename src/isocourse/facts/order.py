"""The order in which the events of a course took effect.

Any permutation of a file gives the same order. An event with an hour takes effect at its instant.
One that names only its day takes effect at the start of the day when it opens something and at the
end when it closes, so that at equal times the reading that closes wins. Authorisations and
hand-overs that name only their day come at its end as well: after the prescription they serve.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from isocourse.events import Event
from isocourse.words.days import day_number

Key = tuple[Any, ...]

START, TIMED, END = 0, 1, 2

# Within one time, lower numbers first.
_ORDINARY, _CYCLE, _CONTRACEPTION, _TEST, _TALK = 0, 5, 8, 10, 12
_RESTART, _RESOLVED, _BEFORE_PRESCRIPTIONS, _PRESCRIPTION = 14, 15, 18, 20
_CLOSES, _AUTHORISATION, _DISPENSE, _UNDONE = 30, 40, 41, 50

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MORE_THAN_A_YEAR = 1000
_MORE_THAN_ANY_DOSE = 10**6
_OF_A_DAY = ("menses", "authorisation_reversed")
"""Taken by their day whatever hour they name: a period begins on a day, and a reversal names the
authorisation that it undoes, which came before it."""

_GRAVE = ("suicidal_thoughts", "psychosis", "aggression")


@dataclass(frozen=True, slots=True)
class Context:
    """What a course says elsewhere that decides where an event of a plain date stands.

    `accepted` tells whether the place accepts what an event says: its contraception, or its reason
    why a person cannot become pregnant.
    """

    accepted: Callable[[Event], bool] = lambda _: True
    cancelled: frozenset[str] = frozenset()  # of two prescriptions at one time the other is newest
    outdone: frozenset[str] = frozenset()  # ids of findings that another of their day outdoes
    authorised: frozenset[int] = frozenset()  # days with an authorisation that names no hour
    written: dict[int, int] = field(default_factory=dict)  # day to the hour of its last of several


def context(
    events: Sequence[Event],
    days: dict[str, int],
    accepted: Callable[[Event], bool] = lambda _: True,
) -> Context:
    """What the events of a course, with the day of each, say of one another."""
    by_kind: dict[str, list[Any]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    authorised = (e for e in by_kind.get("authorisation", ()) if not isinstance(e.at, datetime))
    return Context(
        accepted,
        frozenset(e.prescription_id for e in by_kind.get("cancel", ())),
        frozenset(_outdone(by_kind, days)),
        frozenset(days[e.id] for e in authorised),
        _last_of_several(by_kind.get("prescription", ()), days),
    )


def _outdone(by_kind: dict[str, list[Any]], days: dict[str, int]) -> Iterator[str]:
    """Of the findings of one thing on one day, all but those that close the most."""
    for kind, thing in _FINDINGS.items():
        how_closing = _HOW_CLOSING[kind]
        most: dict[Key, int] = {}
        found = [(e.id, (days[e.id], thing(e)), how_closing(e)) for e in by_kind.get(kind, ())]
        for _, which, closing in found:
            most[which] = max(most.get(which, closing), closing)
        yield from (name for name, which, closing in found if closing < most[which])


_FINDINGS: dict[str, Callable[[Any], str]] = {
    "symptom": lambda event: event.symptom,
    "lab": lambda event: event.test,
    "weight": lambda event: "weight",
}
"""Kinds of findings, and what each is a finding of."""


def _last_of_several(prescriptions: Sequence[Any], days: dict[str, int]) -> dict[int, int]:
    """The last hour at which a prescription was written on a day that has more than one."""
    written: dict[int, list[Event]] = {}
    for event in prescriptions:
        written.setdefault(days[event.id], []).append(event)
    hours = {
        day: [_microseconds(e.at) for e in several if isinstance(e.at, datetime)]
        for day, several in written.items()
        if len(several) > 1
    }
    return {day: max(each) for day, each in hours.items() if each}


def effect_key(event: Event, day: int, among: Context) -> Key:
    """Where an event stands in the order of its course, by its local day number."""
    rank, last_of_day = _rank(event, among)
    if day in among.written and _may_be_for_several(event):
        return _key(event, day, TIMED, among.written[day], _BEFORE_PRESCRIPTIONS)
    if isinstance(event.at, datetime) and not _by_its_day(event, day, among):
        return _key(event, day, TIMED, _microseconds(event.at), rank)
    return _key(event, day, END if last_of_day else START, 0, rank)


def _by_its_day(event: Event, day: int, among: Context) -> bool:
    """A return of capsules comes after the authorisations of its day that name no hour."""
    if event.kind == "return_to_stock":
        return day in among.authorised
    return event.kind in _OF_A_DAY


def _may_be_for_several(event: Event) -> bool:
    """An authorisation without an hour that names no prescription is not for the last of a day."""
    unnamed = event.kind == "authorisation" and not event.prescription_id
    return unnamed and not isinstance(event.at, datetime)


def _key(event: Event, day: int, position: int, instant: int, rank: int) -> Key:
    return (day, position, instant, rank, event.kind, _how_closing(event), Content(event), event.id)


class Content:
    """What an event says, to put two events of one time in the same order in every file.

    Written out only when two events are alike in everything else.
    """

    __slots__ = ("_event",)

    def __init__(self, event: Event) -> None:
        self._event = event

    @property
    def text(self) -> str:
        """The event without its name and without who recorded it when."""
        return str(self._event.model_dump_json(exclude={"id", "recorded_at", "by", "note", "at"}))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and self.text == other.text

    def __lt__(self, other: "Content") -> bool:
        return self.text < other.text

    __hash__ = None  # type: ignore[assignment]


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _rank(event: Event, among: Context) -> tuple[int, bool]:
    """The rank within one time, and whether a plain date means the end of the day."""
    ranks = _RANKS.get(event.kind)
    found = ranks(event, among) if ranks else None
    if found:
        return found
    if closes(event):
        return _CLOSES, True
    return _OPENS.get(event.kind, _ORDINARY), False


_OPENS = {
    "contraception": _CONTRACEPTION,
    "pregnancy_test": _TEST,
    "counselling": _TALK,
    "comprehension": _TALK,
    "restart": _RESTART,
}


def _unless_accepted(event: Any, among: Context) -> tuple[int, bool] | None:
    """What the place does not accept closes."""
    return None if among.accepted(event) else (_CLOSES, True)


def _finding(event: Any, among: Context) -> tuple[int, bool]:
    return _CLOSES, event.id not in among.outdone


def _prescribed(event: Any, among: Context) -> tuple[int, bool]:
    return _PRESCRIPTION - (event.prescription_id in among.cancelled), False


def _of_pregnancy(event: Any, among: Context) -> tuple[int, bool] | None:
    over = event.condition == "pregnancy" and event.status != "active"
    return (_RESOLVED, False) if over else None


_RANKS: dict[str, Callable[[Any, Context], tuple[int, bool] | None]] = {
    "authorisation": lambda event, among: (_AUTHORISATION, True),
    "dispense": lambda event, among: (_DISPENSE, True),
    "taken": lambda event, among: (_DISPENSE, True),
    "cancel": lambda event, among: (_UNDONE, True),
    "return_to_stock": lambda event, among: (_UNDONE, True),
    "authorisation_reversed": lambda event, among: (_UNDONE, True),
    "prescription": _prescribed,
    "symptom": _finding,
    "lab": _finding,
    "weight": _finding,
    "cycle": lambda event, among: (_CYCLE + event.regular, False),
    "menses": lambda event, among: (_CYCLE, False),
    "contraception": _unless_accepted,
    "pregnancy_category": _unless_accepted,
    "condition": _of_pregnancy,
}
"""Kinds with a rank of their own; None leaves it to whether the event closes."""


def closes(event: Event) -> bool:
    """Whether an event can only close a gate, never open one."""
    says = _CLOSING.get(event.kind)
    return says is not None and says(event)


_CLOSING: dict[str, Callable[[Any], bool]] = {
    "pregnancy": lambda _: True,
    "stop": lambda _: True,
    "allergy": lambda _: True,
    "patient_report": lambda _: True,
    "pregnancy_category": lambda event: bool(event.can_become_pregnant),
    "pregnancy_test": lambda event: event.result == "positive",
    "condition": lambda event: event.status == "active",
    "medicine": lambda event: event.status == "started",
    "enrolment": lambda event: not event.active,
    "comprehension": lambda event: not event.passed,
    "questionnaire": lambda event: bool(event.item_9),
    "mental_health": lambda event: event.concern in _GRAVE,
    "visit": lambda event: event.mode == "remote",
}


def _how_closing(event: Event) -> int:
    """Of two events of one kind at one time, the one that closes more comes last."""
    says = _HOW_CLOSING.get(event.kind)
    return 0 if says is None else says(event)


def _length_and_dose(prescription: Any) -> int:
    length: int = prescription.refills * _MORE_THAN_A_YEAR + prescription.days
    return length * _MORE_THAN_ANY_DOSE + int(prescription.daily_micrograms)


_HOW_CLOSING: dict[str, Callable[[Any], int]] = {
    "lab": lambda event: event.amount,
    "contraception": lambda event: max(
        (day_number(each.since) for each in event.methods or ()), default=0
    ),
    "weight": lambda event: -event.grams,
    "prescription": _length_and_dose,
    "symptom": lambda event: event.grade,
    "mental_health": lambda event: _GRAVE.index(event.concern) if event.concern in _GRAVE else 0,
    "questionnaire": lambda event: event.item_9 or 0,
    "comprehension": lambda event: len(event.contraception or ()),
}
