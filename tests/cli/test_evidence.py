"""`evidence`: a source or a passage, and who uses it."""

import pytest
from tests.cli.running import answered, call, refused

from isocourse import evidence


def flat(said):
    return " ".join(said.split())


def test_a_source_tells_who_said_it_when_and_how_it_was_read():
    said = flat(answered(call("evidence", "us-ipledge-2026")))

    for words in (
        "iPLEDGE REMS as modified in February 2026",
        "kind programme of FDA / iPLEDGE sponsors",
        "place United States",
        "issued 9 Feb 2026",
        "in force from 15 Nov 2026",
        "looked at 23 Nov 2026, again by 15 Dec 2026",
        "confidence provisional: it could not be read in full",
        "how it was read The new programme document could not be read",
        "link https://www.fda.gov/",
    ):
        assert words in said


def test_a_passage_tells_who_uses_it():
    said = flat(answered(call("evidence", "us-ipledge-2026#window")))

    assert "#window relayed Day 1 is the day the specimen was collected" in said
    assert "used by the value" in said
    assert "pregnancy.test_days" in said
    assert "#straddling" not in said


def test_a_rule_that_cites_a_passage_is_among_its_users():
    said = flat(answered(call("evidence", "isocourse-safety#category-conflict")))

    assert "used by the rule pregnancy.reason_not_accepted" in said


@pytest.mark.parametrize("key", ["us-ipledge-2025", "us-ipledge-2026#windw", "nope", "#", ""])
def test_an_unknown_key_is_told(key):
    assert "There is no" in refused(call("evidence", key))


def test_close_keys_are_offered():
    assert "us-ipledge-2026#window" in refused(call("evidence", "us-ipledge-2026#windw"))


def test_without_a_key_all_are_listed():
    said = answered(call("evidence"))

    for key in evidence.sources():
        assert key in said


@pytest.mark.parametrize("key", sorted(evidence.sources()))
def test_every_source_can_be_shown(key):
    said = answered(call("evidence", key, columns=50))

    assert all(f"#{name}" in said for name in evidence.source(key).passages)
