"""The verdict on an action: every rule asked, and the reasons that speak."""

from collections.abc import Iterable, Iterator

from isocourse.course.answers import Answer, Reason
from isocourse.course.speaking import Said
from isocourse.course.wording import sentence, shown
from isocourse.facts import Established
from isocourse.rules.reading import Reading
from isocourse.words.expressions import facts_in
from isocourse.words.reasons import carrying, missing


def verdict(readings: Iterable[Reading], known: Established, said: Said) -> Answer:
    """Allowed when no rule refuses and none lacks a fact; blocked when one is shown to refuse."""
    reasons = tuple(_reasons(readings, known, said))
    effects = {each.effect for each in reasons}
    if "blocks" in effects:
        return Answer("blocked", reasons)
    return Answer("unknown" if "unknown" in effects else "allowed", reasons)


def _reasons(readings: Iterable[Reading], known: Established, said: Said) -> Iterator[Reason]:
    speaking = [each for each in readings if each.rule.name in said]
    found = [_reason(each, said[each.rule.name], known) for each in speaking]
    order = ("blocks", "unknown", "advises")
    yield from sorted(found, key=lambda each: order.index(each.effect))


def _reason(reading: Reading, effect: str, known: Established) -> Reason:
    facts = known.facts
    carried = carrying(reading.expression, facts)
    lacking = missing(carried, facts) if effect == "unknown" else []
    names = carried or list(dict.fromkeys(facts_in(reading.expression)))
    behind = dict.fromkeys(known.event_ids[name] for name in names if name in known.event_ids)
    rule = reading.rule
    return Reason(
        rule=rule.name,
        topic=rule.topic,
        layer=reading.layer,
        effect=effect,
        sentence=sentence(reading, facts, lacking),
        cites=reading.cites,
        facts=shown((name, facts[name]) for name in names),
        events=tuple(behind),
        missing=tuple(lacking),
        provisional=reading.provisional,
    )
