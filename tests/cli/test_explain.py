"""`explain`: a rule with everything it rests on, or every rule by topic."""

import pytest
from tests.cli.running import answered, call, refused

from isocourse.on_screen.standing import CAN, CANNOT, EVERYBODY, standings
from isocourse.rules import Starts, rules


def flat(said):
    return " ".join(said.split())


def test_a_rule_is_explained_in_full():
    said = flat(answered(call("explain", "supply.test_window_closed")))

    for words in (
        "Capsules are handed over within the window that the pregnancy test opens.",
        "effect stops, until it is shown to be met",
        "on dispense",
        "topic window",
        "layer programme",
        "us from 13 Dec 2021: binds those who can become pregnant (programme)",
        "uk, eu, de, fr, it, in: says nothing",
        "pregnancy.test_days Days for which a negative test counts",
        "– us from 15 Nov 2026: 7 days us-ipledge-2026#",
        "– fr from 21 Jun 2018: 4 days fr-ansm-2015#test-before-supply",
        "can_become_pregnant (yes/no) Treated as able to become pregnant",
        "Record: a negative pregnancy test that counts",
        "us-ipledge-2026 iPLEDGE REMS as modified in February 2026 ≈ provisional",
    ):
        assert words in said


def test_its_exceptions_are_named():
    said = flat(answered(call("explain", "pregnancy.no_recent_test")))

    assert "Exceptions pregnancy.cannot_become_pregnant everywhere" in said
    assert "binds those who can become pregnant" in said


def test_the_name_without_its_folder_is_enough():
    assert call("explain", "test_window_closed").stdout_bytes == (
        call("explain", "supply.test_window_closed").stdout_bytes
    )


def test_an_unknown_rule_gives_close_matches():
    said = refused(call("explain", "supply.test_windw_closed"))

    assert "Did you mean supply.test_window_closed" in said
    assert "There is no rule 'qqq'. All of them" in refused(call("explain", "qqq"))


def test_without_a_rule_all_are_listed_by_topic():
    said = answered(call("explain"))

    assert said.index("\nwindow\n") < said.index("\nstopping\n")
    assert f"{len(rules())} rules" in said
    for name in rules():
        assert f" {name}" in said


@pytest.mark.parametrize("name", sorted(rules()))
def test_every_rule_can_be_explained(name):
    said = answered(call("explain", name, columns=50))

    assert rules()[name].about.split()[0] in said
    assert max(len(line) for line in said.splitlines()) <= 50


def bound(name, place):
    """Whom a rule binds at a place, change by change."""
    found = standings(rules()[name], Starts())
    return [each.binds for each in found if place in each.places]


def test_whom_a_rule_binds_may_change():
    assert bound("consent.acknowledgement_of_risk", "uk") == [CAN, EVERYBODY, EVERYBODY][:2]
    assert bound("supply.too_many_days", "us") == [EVERYBODY]
    assert bound("supply.visit_window_closed", "us") == [CANNOT, ""]
    assert set(bound("pregnancy.no_recent_test", "in")) == {CAN}
    assert bound("eligibility.breast_feeding", "de") == [EVERYBODY]
