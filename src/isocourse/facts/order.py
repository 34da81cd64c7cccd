"""The order in which the events of a course took effect.

Any permutation of a file gives the same order. An event with an hour takes effect at its instant.
One that names only its day takes effect at the start of the day when it opens something and at the
end when it closes, so that at equal times the reading that closes wins. Authorisations and
hand-overs that name only their day come at its end as well: after the prescription they serve.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from isocourse.events import Event
from isocourse.words.days import day_number

Key = tuple[Any, ...]

START, TIMED, END = 0, 1, 2

# Within one time, lower numbers first.
_ORDINARY, _CYCLE, _CONTRACEPTION, _TEST, _TALK = 0, 5, 8, 10, 12
_RESTART, _RESOLVED, _PRESCRIPTION = 14, 15, 20
_CLOSES, _AUTHORISATION, _DISPENSE, _UNDONE = 30, 40, 41, 50

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MORE_THAN_A_YEAR = 1000
_OF_A_DAY = ("menses", "authorisation_reversed")
"""Taken by their day whatever hour they name: a period begins on a day, and a reversal names the
authorisation that it undoes, which came before it."""

_GRAVE = ("suicidal_thoughts", "psychosis", "aggression")


def effect_key(
    event: Event,
    day: int,
    accepted: Callable[[Event], bool] = lambda _: True,
    cancelled: frozenset[str] = frozenset(),
) -> Key:
    """Where an event stands in the order of its course.

    `day` is its local day number, `accepted` tells whether recorded contraception is accepted by
    the place, and `cancelled` are the prescriptions that were cancelled: of two at one time the
    other is the newest.
    """
    rank, last_of_day = _rank(event, accepted, cancelled)
    if isinstance(event.at, datetime) and event.kind not in _OF_A_DAY:
        position, instant = TIMED, _microseconds(event.at)
    else:
        position, instant = (END if last_of_day else START), 0
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


def _rank(
    event: Event, accepted: Callable[[Event], bool], cancelled: frozenset[str]
) -> tuple[int, bool]:
    """The rank within one time, and whether a plain date means the end of the day."""
    match event.kind:
        case "authorisation":
            return _AUTHORISATION, True
        case "dispense" | "taken":
            return _DISPENSE, True
        case "cancel" | "return_to_stock" | "authorisation_reversed":
            return _UNDONE, True
        case "prescription":
            return _PRESCRIPTION - (event.prescription_id in cancelled), False
        case "symptom":
            return _CLOSES, True
        case "cycle":
            return _CYCLE + event.regular, False
        case "menses":
            return _CYCLE, False
        case "contraception" if not accepted(event):
            return _CLOSES, True
    if closes(event):
        return _CLOSES, True
    return _OPENS.get(event.kind, _resolved_or_ordinary(event)), False


_OPENS = {
    "contraception": _CONTRACEPTION,
    "pregnancy_test": _TEST,
    "counselling": _TALK,
    "comprehension": _TALK,
    "restart": _RESTART,
}


def _resolved_or_ordinary(event: Event) -> int:
    pregnancy = event.kind == "condition" and event.condition == "pregnancy"
    return _RESOLVED if pregnancy else _ORDINARY


def closes(event: Event) -> bool:
    """Whether an event can only close a gate, never open one."""
    match event.kind:
        case "pregnancy" | "stop" | "allergy" | "patient_report":
            return True
        case "pregnancy_category":
            return event.can_become_pregnant
        case "pregnancy_test":
            return event.result == "positive"
        case "condition":
            return event.status == "active"
        case "medicine":
            return event.status == "started"
        case "enrolment":
            return not event.active
        case "comprehension":
            return not event.passed
        case "questionnaire":
            return bool(event.item_9)
        case "mental_health":
            return event.concern in _GRAVE
        case "visit":
            return event.mode == "remote"
    return False


def _how_closing(event: Event) -> int:
    """Of two events of one kind at one time, the one that closes more comes last."""
    match event.kind:
        case "lab":
            return event.amount
        case "contraception":
            return max((day_number(each.since) for each in event.methods or ()), default=0)
        case "weight":
            return -event.grams
        case "prescription":
            return event.refills * _MORE_THAN_A_YEAR + event.days
        case "symptom":
            return event.grade
        case "mental_health":
            return _GRAVE.index(event.concern) if event.concern in _GRAVE else 0
        case "questionnaire":
            return event.item_9 or 0
    return 0
