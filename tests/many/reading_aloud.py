"""What a rule says of one patient, read from its expression part by part: the slow way."""

from collections.abc import Iterable, Mapping

from isocourse.course.edition import InForce
from isocourse.rules.book import BESIDE
from isocourse.rules.reading import ExceptionReading, Reading
from isocourse.words.telling import answer

Facts = Mapping[str, int | None]


def read_aloud(rules: InForce, facts: Facts) -> dict[str, str]:
    """The effect of each rule that is not silent."""
    every = [each for of in (rules.readings, rules.beside) for held in of.values() for each in held]
    said = {each.rule.name: _effect(each, facts) for each in every}
    return {name: effect for name, effect in said.items() if effect}


def _effect(reading: Reading, facts: Facts) -> str | None:
    held = answer(reading.expression)(facts)
    excepted = _excepted(reading.exceptions, facts)
    if held is False or excepted == "exempt":
        return None
    if reading.rule.effect in BESIDE:
        return "advises" if held and not excepted else None
    blocks = reading.rule.effect == "blocks"
    if held is None:
        return "unknown" if blocks and excepted is None else None
    return excepted or ("blocks" if blocks else "advises")


def _excepted(exceptions: Iterable[ExceptionReading], facts: Facts) -> str | None:
    """What the exceptions that are known to hold make of a rule."""
    held = {e.exception.effect for e in exceptions if answer(e.expression)(facts) is True}
    return "exempt" if "exempt" in held else next(iter(held), None)
