"""Every rule and every exception can speak, and no two exceptions contradict each other."""

from functools import cache
from itertools import combinations
from typing import Any

import pytest
import z3
from tests.proofs.formula import Formula, any_patient, blocks, refusals, stops, yes_and_no
from tests.proofs.patients import consensus_edition, editions, local_edition
from tests.proofs.proving import found

from isocourse.rules import exceptions, rules
from isocourse.rules.reading import Reading

OF = any_patient()
EDITIONS = dict(enumerate([local_edition(), consensus_edition(), *reversed(editions())]))


def _readings(name: str) -> list[tuple[int, str, Reading]]:
    """Where a rule stands: edition, action, and how it reads there."""
    return [
        (number, action, reading)
        for number, edition in EDITIONS.items()
        for action, held in (*edition.readings.items(), *edition.beside.items())
        for reading in held
        if reading.rule.name == name
    ]


@cache
def _others(number: int, action: str, name: str) -> tuple[Formula, Formula]:
    """No other rule stops the action; no other is shown to refuse it."""
    others = [each for each in refusals(EDITIONS[number], action) if each.rule.name != name]
    return (
        z3.Not(z3.Or([stops(each, OF) for each in others])),
        z3.Not(z3.Or([blocks(each, OF) for each in others])),
    )


def _speaks(reading: Reading) -> Formula:
    return stops(reading, OF) if reading.rule.effect == "blocks" else blocks(reading, OF)


@pytest.mark.parametrize("name", sorted(rules()))
def test_every_rule_can_speak_somewhere(name: str) -> None:
    held = _readings(name)
    assert held, f"{name} is silent at every place and on every day"
    assert any(found([_speaks(reading)], OF) for _, _, reading in held), f"{name}: for no patient"


@pytest.mark.parametrize(
    "name", sorted(name for name, each in rules().items() if each.effect == "blocks")
)
def test_every_refusal_decides_the_verdict_of_some_patient(name: str) -> None:
    for number, action, reading in _readings(name):
        none_stops, none_blocks = _others(number, action, name)
        alone = z3.And(stops(reading, OF), none_stops)
        sharper = z3.And(blocks(reading, OF), none_blocks)
        if found([z3.Or(alone, sharper)], OF) is not None:
            return
    pytest.fail(f"{name} changes no verdict")


@pytest.mark.parametrize("name", sorted(exceptions()))
def test_every_exception_lifts_some_rule_for_some_patient(name: str) -> None:
    for edition in EDITIONS.values():
        for reading in (each for held in edition.readings.values() for each in held):
            for each in reading.exceptions:
                if each.exception.name == name:
                    lifted = z3.Not(yes_and_no(reading.expression, OF)[1])
                    if found([lifted, yes_and_no(each.expression, OF)[0]], OF) is not None:
                        return
    pytest.fail(f"{name} lifts nothing")


def test_no_two_exceptions_of_a_rule_clash() -> None:
    pairs: list[tuple[Any, Any]] = [
        pair
        for edition in EDITIONS.values()
        for held in edition.readings.values()
        for reading in held
        for pair in combinations(reading.exceptions, 2)
        if pair[0].exception.effect != pair[1].exception.effect
    ]
    for one, other in pairs:
        clash = found([yes_and_no(each.expression, OF)[0] for each in (one, other)], OF)
        assert clash is None, f"{one.exception.name} and {other.exception.name}: {clash}"
