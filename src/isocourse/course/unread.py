"""What another system recorded and nobody here could read: it opens nothing.

A pregnancy test whose result cannot be told may have been positive, and capsules whose amount
cannot be told may already have been handed over. What they bear on is then not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from isocourse.course.answers import Answer, Assessment, Reason
from isocourse.course.assessing import answered, day_asked
from isocourse.course.settings import Settings
from isocourse.course.wording import shown
from isocourse.events import Course
from isocourse.facts import Moment

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
    reasons = _bearing(course, found.at, found.facts, unread)
    if not reasons:
        return found
    actions = {name: _held_back(name, each, reasons) for name, each in found.actions.items()}
    return replace(found, actions=actions)


def answered_with(
    course: Course, at: Moment, action: str, unread: Sequence[Unread], settings: Settings
) -> Answer:
    """The answer to one action, not allowed where an unread record bears on it."""
    found, known = answered(course, at, action, settings)
    facts = shown((name, known.facts[name]) for name in _SETTLING) if unread else {}
    reasons = _bearing(course, at, facts, unread)
    return _held_back(action, found, reasons) if reasons else found


def _bearing(
    course: Course, at: Moment, facts: Mapping[str, Any], unread: Sequence[Unread]
) -> tuple[Reason, ...]:
    today = day_asked(course, at)
    bearing = [e for e in unread if (e.day is None or e.day <= today) and _bears(facts, e, today)]
    return tuple(_reason(each) for each in bearing)


_SETTLING = ("can_become_pregnant", "days_since_negative_test")


def _bears(facts: Mapping[str, Any], unread: Unread, today: date) -> bool:
    """Whether it is still in doubt: a later negative test that counts as recorded settles it."""
    if unread.topic != "pregnancy_test":
        return True
    if facts.get("can_become_pregnant") is False:
        return False
    since = facts.get("days_since_negative_test")
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
