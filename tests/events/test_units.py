"""Conversions are exact and end in a whole number."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocourse.words import tokens, units
from isocourse.words.places import ZONES


def test_a_pound_is_454_grams_to_the_nearest_gram() -> None:
    assert units.grams(1, "lb") == 454
    assert units.grams(1000, "lb") == 453_592


def test_a_decimal_is_taken_as_it_was_written() -> None:
    assert units.grams(61.3, "kg") == 61_300
    assert units.micrograms(0.29) == 290


def test_half_goes_to_the_even_number() -> None:
    assert units.grams(60.0005, "kg") == 60_000
    assert units.grams(60.0015, "kg") == 60_002


@pytest.mark.parametrize(
    ("test", "value", "unit", "amount"),
    [
        ("triglycerides", 88.57, "mg/dL", 1000),
        ("triglycerides", 500, "mg/dL", 5645),
        ("triglycerides", 5.65, "mmol/L", 5650),
        ("total_cholesterol", 38.67, "mg/dL", 1000),
        ("hdl", 3867, "mg/dL", 100_000),
        ("ldl", 2.5, "mmol/L", 2500),
        ("glucose", 18.016, "mg/dL", 1000),
        ("alt", 40, "U/L", 40_000),
        ("ck", 0.5, "U/L", 500),
        ("white_cells", 4.2, "10^9/L", 4200),
        ("white_cells", 4200, "/uL", 4200),
    ],
)
def test_a_value_becomes_a_whole_number_of_its_small_unit(
    test: str, value: float, unit: str, amount: int
) -> None:
    assert units.lab_amount(test, value, unit) == amount


def test_a_unit_that_a_test_is_not_measured_in_is_refused() -> None:
    with pytest.raises(units.WrongUnit, match="expected U/L"):
        units.lab_amount("alt", 40, "mg/dL")


@given(st.sampled_from(tokens.LIPIDS), st.integers(1, 10**6))
def test_both_units_of_a_lipid_lead_back_to_the_same_amount(test: str, amount: int) -> None:
    for unit in ("mg/dL", "mmol/L"):
        value = units.lab_value(test, amount, unit)
        assert value * units.LAB_FACTORS[test][unit] == Fraction(amount)
        assert units.lab_amount(test, float(value), unit) == amount


def test_every_laboratory_test_has_units_and_every_place_a_clock() -> None:
    assert set(units.LAB_FACTORS) == set(tokens.LAB_TESTS) == set(units.SMALL_UNITS)
    assert {unit for each in units.LAB_FACTORS.values() for unit in each} == set(tokens.LAB_UNITS)
    assert set(ZONES) == set(tokens.PLACES)


def test_the_words_of_a_list_differ_from_each_other() -> None:
    lists = [value for value in vars(tokens).values() if isinstance(value, tuple)]
    assert all(len(set(each)) == len(each) for each in lists)
