"""Capsule plans, held against every way there is to put capsules together."""

from functools import cache
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocourse.course.dosing import at_most, nearest, plan
from isocourse.course.dosing.capsules import next_above

MARKETS = {
    "ordinary, US": (10, 20, 30, 40),
    "lidose, US": (10, 20, 25, 30, 35, 40),
    "micronised, US": (8, 16, 20, 24, 28, 32),
    "ordinary, Europe": (10, 20),
    "one strength": (20,),
    "awkward": (5, 7, 16),
}
MOST = 5  # capsules in a dose looked at by hand
DOSES = range(1, 81)
markets = st.sampled_from(sorted(MARKETS.values()))
every_market = pytest.mark.parametrize("strengths", MARKETS.values(), ids=MARKETS)


@cache
def every_way(strengths: tuple[int, ...], most: int) -> list[tuple[int, ...]]:
    """Every handful of capsules, largest first, from none to the most."""
    ordered = sorted(strengths, reverse=True)
    return [c for n in range(most + 1) for c in combinations_with_replacement(ordered, n)]


@cache
def sums(strengths: tuple[int, ...], up_to: int) -> set[int]:
    """Every dose above zero that can be made up, found without taking anything as read."""
    most = up_to // min(strengths)
    return {sum(c) for c in every_way(strengths, most) if 0 < sum(c) <= up_to}


@given(markets, st.integers(1, 60))
def test_the_nearest_dose_is_the_nearest_of_all(strengths: tuple[int, ...], dose: int) -> None:
    held = sums(strengths, dose + max(strengths))
    best = min(abs(each - dose) for each in held)
    assert nearest(dose, strengths) == min(e for e in held if abs(e - dose) == best)
    assert at_most(dose, strengths) == max((e for e in held if e <= dose), default=None)
    assert next_above(dose, strengths) == min(e for e in held if e > dose)


@every_market
def test_once_a_day_no_other_handful_has_fewer_capsules(strengths: tuple[int, ...]) -> None:
    for dose in DOSES:
        made = plan(dose, strengths)
        assert (made is None) == (dose not in sums(strengths, dose))
        ways = [c for c in every_way(strengths, MOST) if sum(c) == dose]
        if made is not None:
            assert made.total == dose
        if made is not None and ways:
            fewest = min(len(c) for c in ways)
            kinds = min(len(set(c)) for c in ways if len(c) == fewest)
            assert made.capsules == max(
                c for c in ways if len(c) == fewest and len(set(c)) == kinds
            )


@every_market
def test_twice_a_day_no_other_division_is_more_even(strengths: tuple[int, ...]) -> None:
    made_up = {sum(c) for c in every_way(strengths, MOST)}
    for dose in DOSES:
        made = plan(dose, strengths, twice=True)
        apart = [abs(2 * each - dose) for each in made_up if dose - each in made_up]
        assert (made is None) == (dose not in sums(strengths, dose))
        if made is not None and apart:
            halves = [*(sum(each) for each in made.doses), 0]
            assert made.total == dose
            assert len(made.doses) in (1, 2)
            assert abs(halves[0] - halves[1]) <= min(apart)


@pytest.mark.parametrize(
    ("dose", "market", "twice", "words"),
    [
        (30, "ordinary, US", True, "20 mg x 1, 10 mg x 1"),
        (30, "ordinary, US", False, "30 mg x 1"),
        (60, "ordinary, US", True, "30 mg x 2"),
        (40, "ordinary, Europe", False, "20 mg x 2"),
        (50, "ordinary, Europe", True, "20 mg x 2, 10 mg x 1"),
        (10, "ordinary, US", True, "10 mg x 1"),
        (25, "lidose, US", False, "25 mg x 1"),
        (48, "micronised, US", True, "24 mg x 2"),
    ],
)
def test_plans_that_a_pharmacist_would_make(
    dose: int, market: str, twice: bool, words: str
) -> None:
    strengths = tuple(each * 1000 for each in MARKETS[market])
    assert str(plan(dose * 1000, strengths, twice)) == words


@pytest.mark.parametrize("dose", [0, 15, 35, -10])
def test_a_dose_that_no_whole_capsules_make_up_has_no_plan(dose: int) -> None:
    assert plan(dose, (10, 20)) is None
    assert plan(dose, (10, 20), twice=True) is None


def test_without_capsules_there_is_no_dose() -> None:
    assert nearest(30, ()) is None
    assert at_most(30, ()) is None
    assert plan(30, ()) is None
