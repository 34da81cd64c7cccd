"""What is commonly said of the drug stands beside what the evidence shows, with its sources."""

import pytest

from isocourse import evidence
from isocourse.evidence import claims as module
from isocourse.evidence.claims import Claim, claims

SAID = (
    "kills-bacteria",
    "permanent",
    "purging",
    "two-contraceptives",
    "waxing",
    "diet-triglycerides",
    "depression",
    "monthly-bloods",
    "cumulative-120",
)


def test_what_is_commonly_claimed_is_walked_through() -> None:
    assert {each.key for each in claims()} >= set(SAID)


def test_every_claim_has_a_verdict_a_strength_and_sources_that_are_there() -> None:
    for each in claims():
        assert each.claim.endswith(".") and each.shows.endswith(".")
        assert all(evidence.passage(key) for key in each.cites)
        assert [figure.key for figure in each.figures] == list(each.measurements)


def test_a_claim_without_a_source_is_refused() -> None:
    bare = Claim("x", "It is.", "holds", "It is.", "strong", (), ())
    with pytest.raises(ValueError, match=r"claims.toml, x: found 'holds', 'strong' and 0 sources"):
        module._check(bare)


def test_a_claim_on_a_figure_that_is_not_there_is_refused() -> None:
    wrong = Claim("x", "It is.", "holds", "It is.", "strong", ("uk-smpc#wax",), ("XX99",))
    with pytest.raises(evidence.NoSuchEvidence, match="XX99"):
        module._check(wrong)
