"""The rule book under every dated set of rules that ever held, and with a clinic's own rules."""

from functools import cache

from isocourse.course import Settings
from isocourse.course.edition import InForce, rules_in_force
from isocourse.course.place import breakpoints
from isocourse.rules import first_day
from isocourse.rules.reading import Reading
from isocourse.words.tokens import PLACES

DEFAULT = Settings()
EVERYTHING = {
    "max_supply_days": 28,
    "enzyme_stop_times": 4,
    "baseline_labs": True,
    "labs_policy": "local",
    "labs_before_days": 30,
    "labs_first_days": 21,
    "labs_every_days": 60,
}
SET = {"local": EVERYTHING, "consensus": {"labs_policy": "consensus"}}


@cache
def editions() -> dict[str, InForce]:
    """Each by its name, such as "us-2026-11-15"; "us-local" is the clinic with rules of its own.

    "us-consensus" follows the published consensus on blood tests.
    """
    found: dict[str, InForce] = {}
    for place in PLACES:
        first = first_day(place, DEFAULT.starts)
        for day in breakpoints(()):
            if day >= first:
                found[f"{place}-{day}"] = rules_in_force(place, day, DEFAULT)
    last = max(breakpoints(()))
    for name, said in SET.items():
        local = Settings(name, local=said)
        found |= {f"{place}-{name}": rules_in_force(place, last, local) for place in PLACES}
    return found


@cache
def readings() -> dict[str, list[tuple[str, Reading]]]:
    """For each rule every different reading of it, with the name of the first edition it is in."""
    found: dict[str, list[tuple[str, Reading]]] = {}
    seen: set[str] = set()
    for where, edition in editions().items():
        books = (*edition.readings.values(), *edition.beside.values())
        for each in (each for held in books for each in held):
            written = f"{each.rule.name} {each.layer} {each.expression!r} {each.values}"
            if written not in seen:
                seen.add(written)
                found.setdefault(each.rule.name, []).append((where, each))
    return found
