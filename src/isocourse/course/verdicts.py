"""The verdict on an action: every rule asked, and the reasons that speak."""

from collections.abc import Iterable, Iterator

from isocourse.course.answers import Answer, Reason
from isocourse.course.wording import as_read, name_read, sentence
from isocourse.facts import Established
from isocourse.rules.reading import ExceptionReading, Reading
from isocourse.words.expressions import facts_in
from isocourse.words.reasons import carrying, missing


def verdict(readings: Iterable[Reading], known: Established) -> Answer:
    """Allowed when no rule refuses and none lacks a fact; blocked when one is shown to refuse."""
    reasons = tuple(_reasons(readings, known))
    effects = {each.effect for each in reasons}
    if "blocks" in effects:
        return Answer("blocked", reasons)
    return Answer("unknown" if "unknown" in effects else "allowed", reasons)


def _reasons(readings: Iterable[Reading], known: Established) -> Iterator[Reason]:
    found = [each for each in map(lambda reading: _reason(reading, known), readings) if each]
    order = ("blocks", "unknown", "advises")
    yield from sorted(found, key=lambda each: order.index(each.effect))


def effect_of(reading: Reading, facts: dict[str, int | None]) -> tuple[str | None, list[str]]:
    """The effect of a rule on these facts (None when it is silent), and the facts it lacks."""
    held = reading.holds(facts)
    if held is False:
        return None, []
    excepted = _excepted(reading.exceptions, facts)
    if excepted == "exempt":
        return None, []
    if held is None:
        asks = reading.rule.effect == "blocks" and excepted is None
        return ("unknown", missing(reading.expression, facts)) if asks else (None, [])
    own = "blocks" if reading.rule.effect == "blocks" else "advises"  # an alert on it advises
    return excepted or own, []


def _excepted(exceptions: Iterable[ExceptionReading], facts: dict[str, int | None]) -> str | None:
    """What the exceptions that are known to hold make of a rule."""
    effects = {each.exception.effect for each in exceptions if each.holds(facts) is True}
    return "exempt" if "exempt" in effects else next(iter(effects), None)


def _reason(reading: Reading, known: Established) -> Reason | None:
    facts = known.facts
    effect, lacking = effect_of(reading, facts)
    if effect is None:
        return None
    names = carrying(reading.expression, facts) or list(dict.fromkeys(facts_in(reading.expression)))
    shown = {
        name_read(name): as_read(name, value)
        for name in names
        if (value := facts[name]) is not None
    }
    behind = dict.fromkeys(known.event_ids[name] for name in names if name in known.event_ids)
    rule = reading.rule
    return Reason(
        rule=rule.name,
        topic=rule.topic,
        layer=reading.layer,
        effect=effect,
        sentence=sentence(reading, facts, lacking),
        cites=reading.cites,
        facts=shown,
        events=tuple(behind),
        missing=tuple(lacking),
        provisional=reading.provisional,
    )
