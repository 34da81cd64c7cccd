"""What another system recorded and nobody here could read: it opens nothing.

A pregnancy test whose result cannot be told may have been positive, and capsules whose amount
cannot be told may already have been handed over. What they bear on is then not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from isocourse.course.answers import Answer, Assessment, Reason
from isocourse.course.assessing import day_asked
from isocourse.events import Course

RULE = "record.unread"
CITE = "isocourse-safety#unread"
_OPENING = ("allowed", "not_applicable")
_BEARS_ON = {
    "pregnancy_test": ("days_since_accepted_test", ("allowed",)),
    "supply": ("prescription_open", _OPENING),
}


@dataclass(frozen=True, slots=True)
class Unread:
    """One thing that could not be read: what it bears on, where it stands, and its day."""

    topic: str  # pregnancy_test or supply
    where: str
    day: date | None


def withheld(course: Course, found: Assessment, unread: Sequence[Unread]) -> Assessment:
    """The assessment, with nothing allowed that an unread record bears on."""
    today = day_asked(course, found.at)
    bearing = [e for e in unread if (e.day is None or e.day <= today) and _bears(found, e, today)]
    if not bearing:
        return found
    reasons = tuple(_reason(each) for each in bearing)
    actions = {name: _held_back(name, each, reasons) for name, each in found.actions.items()}
    return replace(found, actions=actions)


def _bears(found: Assessment, unread: Unread, today: date) -> bool:
    """Whether it is still in doubt: a later negative test that counts as recorded settles it."""
    if unread.topic != "pregnancy_test":
        return True
    if found.facts.get("can_become_pregnant") is False:
        return False
    since = found.facts.get("days_since_negative_test")
    return unread.day is None or since is None or today - timedelta(days=since) <= unread.day


def _held_back(action: str, answer: Answer, reasons: tuple[Reason, ...]) -> Answer:
    fitting = tuple(e for e in reasons if answer.verdict in _turned(action, e.topic))
    if not fitting:
        return answer
    return Answer("unknown", (*fitting, *answer.reasons))


def _turned(action: str, topic: str) -> tuple[str, ...]:
    """The verdicts that an unread record turns; of the start only one that is asked."""
    verdicts = _BEARS_ON[topic][1]
    return verdicts if action == "dispense" else ("allowed",)


def _reason(unread: Unread) -> Reason:
    what = {
        "pregnancy_test": "A pregnancy test is on record whose result could not be read",
        "supply": "A prescription or hand-over of isotretinoin is on record that could not be read",
    }[unread.topic]
    return Reason(
        rule=RULE,
        topic=unread.topic,
        layer="label",
        effect="unknown",
        sentence=f"{what}: {unread.where}.",
        cites=(CITE,),
        facts={},
        events=(),
        missing=(_BEARS_ON[unread.topic][0],),
        provisional=False,
    )
