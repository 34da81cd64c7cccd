"""How a rule is written down, and that every rule is written so."""

import string
from typing import Any

import pytest
from tests.rules.editions import readings

from isocourse import evidence
from isocourse.course.wording import sentence
from isocourse.facts import columns
from isocourse.rules import PARENTS, Starts, exceptions, rules, values
from isocourse.rules import book as the_book
from isocourse.rules.binding import bound
from isocourse.rules.book import BESIDE, LAYERS, RULE_TOPICS, BadRule, advises, exception, refuses
from isocourse.rules.reading import Reading, RecordingFacts, is_provisional
from isocourse.words.codes import NULL
from isocourse.words.expressions import (
    NEVER,
    Both,
    Constant,
    Either,
    Expression,
    Fact,
    Shown,
    facts_in,
)
from isocourse.words.telling import answer
from isocourse.words.tokens import PLACES

FACTS = {each.name: each for each in columns()}


@pytest.fixture
def empty_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book without a rule, so that a test may write in it."""
    monkeypatch.setattr(the_book, "_rules", {})
    monkeypatch.setattr(the_book, "_exceptions", {})


def written(**changes: Any) -> None:
    """Enter a rule, with something about it changed."""
    said: dict[str, Any] = {"topic": "supply", "layer": "label", "says": "No."} | changes
    actions = said.pop("actions", ("dispense",))

    def some_rule(course: Any, values: Any) -> Any:
        """Something has to hold."""

    some_rule.__doc__ = said.pop("doc", some_rule.__doc__)
    refuses(*actions, **said)(some_rule)


@pytest.mark.usefixtures("empty_book")
def test_a_rule_is_entered_under_its_folder_and_function() -> None:
    written(cites="eu-smpc#pregnancy")
    (rule,) = the_book._rules.values()
    assert rule.name == "rules.some_rule"  # this file lies in a folder called rules
    assert (rule.chapter, rule.about) == ("rules", "Something has to hold.")
    assert (rule.effect, rule.cites) == ("blocks", ("eu-smpc#pregnancy",))


@pytest.mark.usefixtures("empty_book")
@pytest.mark.parametrize(
    "change", [{"topic": "suply"}, {"actions": ("dispence",)}, {"doc": None}, {"doc": ""}]
)
def test_a_rule_not_in_the_agreed_form_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadRule, match=r"rules\.some_rule needs"):
        written(**change)


@pytest.mark.usefixtures("empty_book")
def test_a_rule_is_entered_once() -> None:
    written()
    with pytest.raises(BadRule, match="there twice"):
        written()


@pytest.mark.usefixtures("empty_book")
def test_an_exception_is_entered_once_and_exempts_or_advises() -> None:
    def somebody(course: Any, values: Any) -> Any:
        """Somebody is excepted."""

    said: dict[str, Any] = {"place": "us", "since": "us-ipledge-2021", "cites": ()}
    with pytest.raises(BadRule, match="'allows'"):
        exception(**said, effect="allows")(somebody)
    exception(**said)(somebody)
    with pytest.raises(BadRule, match="there twice"):
        exception(**said)(somebody)


@pytest.mark.usefixtures("empty_book")
def test_a_word_of_caution_stops_nothing() -> None:
    def a_word(course: Any, values: Any) -> Any:
        """Something is pointed out."""

    advises("start", topic="labs", layer="label", says="Look.")(a_word)
    assert the_book._rules["rules.a_word"].effect == "advises"


@pytest.mark.parametrize("name", sorted(rules()))
def test_a_rule_has_a_layer_of_its_own_or_by_place(name: str) -> None:
    rule = rules()[name]
    if rule.layer not in LAYERS:
        assert {row.value for row in values()[rule.layer].rows} <= set(LAYERS)
    assert rule.topic in RULE_TOPICS and (bool(rule.actions) or rule.effect in BESIDE)
    assert rule.effect == "alerts" or bool(rule.actions) != (rule.effect in BESIDE)
    assert rule.about.endswith(".") and rule.says.endswith(".")


@pytest.mark.parametrize("name", sorted(exceptions()))
def test_an_exception_lifts_rules_that_exist_at_a_place_that_exists(name: str) -> None:
    each = exceptions()[name]
    assert each.rules and set(each.rules) <= rules().keys()
    assert each.place in {*PLACES, *PARENTS.values(), "all"}
    assert Starts().day(each.since)
    assert each.about.endswith(".")


def blanks(reading: Reading) -> set[str]:
    """The words that a sentence leaves to be filled in."""
    says = reading.rule.says + reading.rule.advice
    return {name for _, name, _, _ in string.Formatter().parse(says) if name}


@pytest.mark.parametrize("name", sorted(rules()))
def test_a_sentence_names_only_facts_and_values_that_are_there(name: str) -> None:
    """Whatever is known and whatever is not, the sentence can be said."""
    for where, reading in readings()[name]:
        assert blanks(reading) <= FACTS.keys() | reading.values.keys(), where
        for facts in (dict.fromkeys(FACTS, 1), dict.fromkeys(FACTS)):
            said = sentence(reading, facts, ())
            assert "{" not in said and "None" not in said and "  " not in said, where


SAY_MORE = {"test_fault", "stop_reason", "days_since_stop"}
"""Facts that tell more about another that the rule reads."""


@pytest.mark.parametrize("name", sorted(rules()))
def test_what_a_sentence_shows_is_what_the_rule_looked_at(name: str) -> None:
    """A number in a sentence that the condition does not read would be a number made up."""
    for where, reading in readings()[name]:
        looked_at = reading.facts | reading.values.keys()
        assert blanks(reading) <= looked_at | SAY_MORE or never(reading.expression), where


def never(expression: Expression) -> bool:
    """Whether an expression is no whatever the facts: a place that names no roles bars none."""
    match expression:
        case Constant(value):
            return not value
        case Both(inner):
            return any(never(each) for each in inner)
        case Either(inner):
            return all(never(each) for each in inner)
        case Shown(inner):
            return never(inner)
    return False


@pytest.mark.parametrize("name", sorted(rules()))
def test_a_reason_that_can_be_given_has_a_source(name: str) -> None:
    for where, reading in readings()[name]:
        assert reading.cites, where
        assert reading.provisional == any(is_provisional(key) for key in reading.cites)
        for key in (*reading.cites, *(key for each in reading.exceptions for key in each.cites)):
            assert evidence.passage(key)
        assert all(each.cites for each in reading.exceptions), where


@pytest.mark.parametrize(
    "name", sorted(name for name, rule in rules().items() if rule.effect == "blocks")
)
def test_a_refusal_that_lacks_a_fact_says_what_to_record(name: str) -> None:
    mute = {
        fact
        for _, reading in readings()[name]
        for fact in facts_in(reading.expression)
        if not FACTS[fact].ask and can_lack(reading.expression, fact)
    }
    assert mute == set()


def can_lack(expression: Expression, fact: str) -> bool:
    """Whether not knowing this fact alone can leave the rule untold."""
    if FACTS[fact].absent != NULL:
        return False
    facts: dict[str, int | None]
    for facts in (dict.fromkeys(FACTS, 0), dict.fromkeys(FACTS, 1), dict.fromkeys(FACTS, 10**9)):
        if answer(expression)(facts | {fact: None}) is None:
            return True
    return False


def test_a_fact_that_does_not_exist_cannot_be_read() -> None:
    course = RecordingFacts(frozenset(FACTS))
    assert isinstance(course.weight, Fact)
    for name in ("wieght", "_known_", "__len__"):
        with pytest.raises(BadRule, match="No fact is called"):
            getattr(course, name)


@pytest.mark.parametrize(
    ("whom", "able", "unable", "not_told"),
    [
        (None, False, False, False),
        ("all", True, True, True),
        ("can", True, False, None),
        ("cannot", False, True, None),
    ],
)
def test_whom_a_requirement_binds(
    whom: str | None, able: bool, unable: bool, not_told: bool | None
) -> None:
    course = RecordingFacts(frozenset(FACTS))
    holds = answer(bound(whom, course, course.stopped))
    told = [holds({"can_become_pregnant": each, "stopped": 1}) for each in (1, 0, None)]
    assert told == [able, unable, not_told]


def test_a_requirement_binds_nobody_else() -> None:
    with pytest.raises(ValueError, match="'women' says not whom"):
        bound("women", None, NEVER)
