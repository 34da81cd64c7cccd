"""Reasons as sentences: each rule that speaks once, with the actions it touches."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from isocourse.course import Assessment, Reason
from isocourse.events import Event
from isocourse.facts import column
from isocourse.on_screen.happened import event_line
from isocourse.on_screen.paper import QUIET, labelled, line, listed, marked, text
from isocourse.on_screen.titles import PROVISIONAL, titles_in_a_row
from isocourse.rules import rules

_MOST_EVENTS = 4
_ELIGIBILITY = "eligibility"
_DOES = {"blocks": "stops", "unknown": "holds back", "advises": "on"}


@dataclass
class Spoken:
    """A reason, with every action for which it was given."""

    reason: Reason
    actions: list[str] = field(default_factory=list)


def spoken(assessment: Assessment) -> list[Spoken]:
    """Every reason once: those that stop first, then what is not known, then advice."""
    found: dict[tuple[str, str, str], Spoken] = {}
    answers = {**assessment.actions, _ELIGIBILITY: assessment.eligibility}
    for action, answer in answers.items():
        for reason in answer.reasons:
            key = (reason.rule, reason.effect, reason.sentence)
            found.setdefault(key, Spoken(reason)).actions.append(action)
    order = ("blocks", "unknown", "advises")
    return sorted(found.values(), key=lambda each: order.index(each.reason.effect))


def stopping(each: Spoken, events: Mapping[str, Event], brief: bool = False) -> Table:
    """A reason that stops: the sentence, what to record, whom it stops, its source and events."""
    reason = each.reason
    rows: list[tuple[str, RenderableType]] = []
    if reason.missing:
        rows.append(("Record:", text("; ".join(to_record(reason)), "yellow")))
    rows.append((_DOES[reason.effect], text(_touched(each), QUIET)))
    rows.append(("source", _source(reason)))
    rows += [] if brief else [("because", each) for each in _behind(reason, events)]
    return marked(reason.effect, text(_sentence(reason), "bold"), labelled(rows))


def advising(each: Spoken, brief: bool = False) -> Table:
    """A word of advice, quieter than what stops."""
    under = line((f"{_touched(each)} · ", QUIET), _source(each.reason))
    return marked("advises", text(each.reason.sentence), *([] if brief else [under]))


def to_record(reason: Reason) -> list[str]:
    """What has to be recorded before the rule can answer."""
    return list(dict.fromkeys(column(n).ask or column(n).says.rstrip(".") for n in reason.missing))


def _sentence(reason: Reason) -> str:
    """The sentence; where something is not recorded, what must hold instead of the bare lack."""
    rule = rules().get(reason.rule) if reason.missing else None
    return rule.about if rule else reason.sentence


def _touched(each: Spoken) -> str:
    """The actions, on whose word, under which name."""
    return f"{listed(each.actions)} · {each.reason.layer} rule {each.reason.rule}"


def _source(reason: Reason) -> Text:
    said = [(titles_in_a_row(reason.cites), QUIET)]
    return line(*said, *([(f" · {PROVISIONAL}", "yellow")] if reason.provisional else []))


def _behind(reason: Reason, events: Mapping[str, Event]) -> list[RenderableType]:
    """The very events behind a reason."""
    shown = [
        text(f"{event_line(events[name])} ({name})", QUIET)
        for name in reason.events[:_MOST_EVENTS]
        if name in events
    ]
    more = len(reason.events) - _MOST_EVENTS
    return [*shown, *([text(f"and {more} more events", QUIET)] if more > 0 else [])]
