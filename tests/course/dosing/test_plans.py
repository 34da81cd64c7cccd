"""Doses in turn, low doses and tapers, held against every other plan."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agree.asking import examples
from tests.course.dosing.test_capsules import markets, sums

from isocourse.course.dosing import alternating, low_dose, tapered

Strengths = tuple[int, ...]


@given(markets, st.integers(1, 40))
def test_no_two_doses_in_turn_come_nearer(strengths: Strengths, mean: int) -> None:
    pair = alternating(mean, strengths)
    assert pair is not None
    first, second = pair[0].total, pair[1].total
    held = [0, *sums(strengths, 2 * mean + max(strengths))]
    others = [(a, b) for a, b in product(held, held) if a >= b and a > 0]
    best = min((abs(a + b - 2 * mean), a + b, a - b) for a, b in others)
    assert (abs(first + second - 2 * mean), first + second, first - second) == best


@pytest.mark.parametrize(
    ("mean", "strengths", "doses"),
    [(30, (20,), (40, 20)), (10, (20,), (20, 0)), (25, (10, 20), (30, 20)), (40, (20,), (40, 40))],
)
def test_doses_in_turn_that_are_in_use(mean: int, strengths: Strengths, doses: object) -> None:
    pair = alternating(mean, strengths)
    assert pair is not None
    assert tuple(each.total for each in pair) == doses


@given(markets, st.integers(1, 40), st.integers(1, 7))
def test_no_capsule_on_some_days_comes_nearer(
    strengths: Strengths, mean: int, longest: int
) -> None:
    way = low_dose(mean, strengths, longest)
    assert way is not None
    assert way.strength in strengths and 1 <= way.days_on <= way.cycle_days <= longest
    for strength, cycle in product(strengths, range(1, longest + 1)):
        for on in range(1, cycle + 1):
            other = Fraction(strength * on, cycle)
            assert abs(way.mean - mean) <= abs(other - mean)
            if other == way.mean:
                assert way.cycle_days <= cycle


def test_a_low_dose_every_other_day() -> None:
    way = low_dose(10, (20,))
    assert way is not None
    assert (way.strength, way.days_on, way.cycle_days) == (20, 1, 2)


@examples(40)
@given(markets, st.integers(10, 60), st.integers(0, 60), st.integers(2, 4))
def test_no_other_descent_comes_nearer_to_an_even_one(
    strengths: Strengths, first: int, last: int, steps: int
) -> None:
    last = min(first, last)
    doses = tapered(first, last, steps, strengths)
    assert list(doses) == sorted(doses, reverse=True)
    even = [first - Fraction((first - last) * n, steps - 1) for n in range(steps)]
    held = sorted(sums(strengths, first + max(strengths)))
    wide = product(held, repeat=steps - 1)
    ends = [0] if last == 0 else held
    best = min(
        sum(abs(a - b) for a, b in zip((*way, end), even, strict=True))
        for way in (wide if len(held) ** (steps - 1) <= 2_000 else [doses[:-1]])
        for end in ends
    )
    assert sum(abs(a - b) for a, b in zip(doses, even, strict=True)) == best


def test_a_taper_from_forty_to_none() -> None:
    assert tapered(40, 0, 5, (10, 20)) == (40, 30, 20, 10, 0)
    assert tapered(40, 10, 3, (20,)) == (40, 20, 20)


@pytest.mark.parametrize(
    ("first", "last", "steps", "strengths"),
    [(20, 30, 3, (10,)), (20, -1, 3, (10,)), (20, 10, 1, (10,)), (20, 10, 3, ())],
)
def test_what_is_no_descent_is_refused(
    first: int, last: int, steps: int, strengths: Strengths
) -> None:
    with pytest.raises(ValueError, match="descent"):
        tapered(first, last, steps, strengths)


def test_without_capsules_there_is_no_plan() -> None:
    assert alternating(20, ()) is None
    assert low_dose(20, ()) is None
