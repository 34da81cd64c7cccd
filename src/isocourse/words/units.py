"""Exact conversions from the units people write to whole numbers of one small unit.

Weights become grams, lipids and glucose µmol/L, enzymes mU/L, white cells a number per
microlitre, doses micrograms. A decimal is taken as it was written (61.3 is 613/10), converted
as an exact fraction, and rounded once at the end: half goes to the even number.

Where the factors come from:
- a pound is 453.59237 g by definition (international avoirdupois pound, 1959);
- lipids and glucose by molar mass: triglycerides counted as triolein, 885.7 g/mol, so 1 mmol/L
  is 88.57 mg/dL; total, HDL and LDL cholesterol as cholesterol, 386.7 g/mol, so 38.67 mg/dL;
  glucose 180.16 g/mol, so 18.016 mg/dL;
- 10^9 cells per litre are 1000 per microlitre, and so are 10^3 per microlitre. The format names no
  unit for white cells: these are the usual ones, and 10*9/L is how UCUM writes 10^9/L.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

Number = int | float

_PER_MG_DL_CHOLESTEROL = Fraction(1000) / Fraction("38.67")
_CHOLESTEROL = {"mg/dL": _PER_MG_DL_CHOLESTEROL, "mmol/L": Fraction(1000)}
_ENZYME = {"U/L": Fraction(1000)}

GRAMS: Mapping[str, Fraction] = {"kg": Fraction(1000), "lb": Fraction("453.59237")}
"""Grams in one of each unit of weight."""

LAB_FACTORS: Mapping[str, Mapping[str, Fraction]] = {
    "alt": _ENZYME,
    "ast": _ENZYME,
    "ck": _ENZYME,
    "triglycerides": {"mg/dL": Fraction(1000) / Fraction("88.57"), "mmol/L": Fraction(1000)},
    "total_cholesterol": _CHOLESTEROL,
    "hdl": _CHOLESTEROL,
    "ldl": _CHOLESTEROL,
    "glucose": {"mg/dL": Fraction(1000) / Fraction("18.016"), "mmol/L": Fraction(1000)},
    "white_cells": {
        "10^9/L": Fraction(1000),
        "/uL": Fraction(1),
        "10*9/L": Fraction(1000),
        "10^3/uL": Fraction(1000),
        "10*3/uL": Fraction(1000),
    },
}
"""For each test the units it may be reported in, and the small unit's number in one of each."""

SMALL_UNITS: Mapping[str, str] = {
    test: "/uL" if test == "white_cells" else "mU/L" if units is _ENZYME else "umol/L"
    for test, units in LAB_FACTORS.items()
}
"""The unit in which each test is kept as a whole number."""


class WrongUnit(ValueError):
    """A value was given in a unit that its kind is not measured in."""


def as_written(value: Number) -> Fraction:
    """The number as a person wrote it: 0.1 is one tenth, not its nearest binary fraction."""
    return Fraction(value) if isinstance(value, int) else Fraction(repr(value))


@lru_cache(maxsize=4096)
def grams(value: Number, unit: str) -> int:
    """A weight in whole grams."""
    return round(as_written(value) * _factor(GRAMS, unit, "a weight"))


@lru_cache(maxsize=4096)
def micrograms(milligrams: Number) -> int:
    """A dose or a strength in whole micrograms."""
    return round(as_written(milligrams) * 1000)


@lru_cache(maxsize=4096)
def lab_amount(test: str, value: Number, unit: str) -> int:
    """A laboratory value as a whole number of the small unit of its test."""
    return round(as_written(value) * _factor(LAB_FACTORS[test], unit, test))


def lab_value(test: str, amount: int, unit: str) -> Fraction:
    """The exact value in a unit of a whole number of the small unit; undoes `lab_amount`."""
    return amount / _factor(LAB_FACTORS[test], unit, test)


def _factor(factors: Mapping[str, Fraction], unit: str, what: str) -> Fraction:
    if unit not in factors:
        raise WrongUnit(
            f"{what} in {unit!r}: expected {' or '.join(factors)}; convert it or name its unit"
        )
    return factors[unit]
