"""What the rules say, as cards: refusals, what is missing, what is due, what could not be read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from isocourse.course import Assessment, Reason
from isocourse.course.unread import RULE as UNREAD_RULE
from isocourse.exchange.fhir import Read
from isocourse.exchange.fhir.codes import row_of
from isocourse.exchange.fhir.looking import Json, part
from isocourse.exchange.fhir.making import name_of
from isocourse.exchange.hooks.cards import (
    CRITICAL,
    INFO,
    WARNING,
    Card,
    order_a_test,
    remove,
)
from isocourse.facts import column
from isocourse.rules import rules

_MISSING = "isocourse-safety#missing-is-not-done"
_WEIGHT = "isocourse-safety#weight-unit"
_MOST = 30


def of_the_record(reasons: Sequence[Reason], patient: str) -> Iterator[Card]:
    """A card for each refusal; one for all that is not recorded; advice quietly."""
    for each in reasons:
        if each.effect == "blocks" or each.rule == UNREAD_RULE:
            yield _refusal(each, "", _test(each, patient))
        elif each.effect == "advises":
            yield Card(INFO, each.sentence, each.sentence, each.cites)
    unknown = [e for e in reasons if e.effect == "unknown" and e.rule != UNREAD_RULE]
    if unknown:
        yield _lacking(unknown, patient)


def _test(reason: Reason, patient: str) -> tuple[Json, ...]:
    return (order_a_test(patient),) if reason.topic == "pregnancy_test" else ()


def _refusal(reason: Reason, about: str, suggestions: tuple[Json, ...]) -> Card:
    indicator = CRITICAL if reason.effect == "blocks" else WARNING
    said = _words(reason)
    return Card(indicator, said, said, reason.cites, about, suggestions)


def _lacking(unknown: Sequence[Reason], patient: str) -> Card:
    """What has to be recorded before it can be told, each by its name."""
    asks = list(dict.fromkeys(_ask(name) for each in unknown for name in each.missing))
    summary = f"Isotretinoin cannot be cleared from this record: {len(asks)} things are missing."
    if len(asks) == 1:
        summary = f"Isotretinoin cannot be cleared from this record: missing is {asks[0]}."
    lines = [f"- {each}" for each in asks[:_MOST]]
    rules = [f"- {_words(each)} (`{each.rule}`)" for each in unknown[:_MOST]]
    detail = "\n".join(["Missing:", "", *lines, "", "Because:", "", *rules])
    tests = any(each.topic == "pregnancy_test" for each in unknown)
    return Card(WARNING, summary, detail, (_MISSING,), "", (order_a_test(patient),) * tests)


def _ask(fact: str) -> str:
    return column(fact).ask or column(fact).says.rstrip(".")


def _words(reason: Reason) -> str:
    """The sentence; where something is not recorded, what must hold instead of the bare lack."""
    rule = rules().get(reason.rule) if reason.missing else None
    return rule.about if rule else reason.sentence


def of_the_rules(reasons: Iterable[Reason], order: str) -> Iterator[Card]:
    """What is held against one order, with the suggestion to take it out."""
    for each in reasons:
        if each.effect == "advises":
            yield Card(INFO, each.sentence, each.sentence, each.cites, order)
        else:
            yield _refusal(each, order, (remove(order),))


def unusable(held: Sequence[Json], read: Read) -> Iterator[Card]:
    """A weight that is on record and cannot be used: it is said, and silences nothing."""
    weights = {name_of(e) for e in held if row_of("weight", part(e, "code"), "loinc")}
    for each in read.unmapped:
        if each.where.partition(".")[0].partition(" ")[0] in weights:
            summary = f"A weight on record cannot be used: found {each.found}."
            detail = f"{each.where}: found {each.found}, expected {each.expected}; {each.do}."
            yield Card(WARNING, summary, detail, (_WEIGHT,), each.where)


_URGENT = {"now": CRITICAL, "soon": WARNING, "note": INFO}


def of_the_patient(found: Assessment, at: datetime) -> Iterator[Card]:
    """Alerts by their urgency, what is overdue, and what could not be read."""
    for alert in found.alerts:
        if alert.urgency != "note":
            detail = f"{alert.sentence}\n\n{alert.advice}"
            yield Card(_URGENT[alert.urgency], alert.sentence, detail, alert.cites)
    unread = {r.sentence: r for a in found.actions.values() for r in a.reasons}
    yield from (_refusal(e, "", ()) for e in unread.values() if e.rule == UNREAD_RULE)
    late = [each for each in found.due if each.due is not None and each.due < at.date()]
    if late:
        names = ", ".join(dict.fromkeys(each.task.replace("_", " ") for each in late))
        lines = "\n".join(f"- {each.sentence} (due {each.due})" for each in late)
        cites = tuple(dict.fromkeys(c for each in late for c in each.cites))[:3]
        yield Card(WARNING, f"Overdue on the isotretinoin course: {names}.", lines, cites)
