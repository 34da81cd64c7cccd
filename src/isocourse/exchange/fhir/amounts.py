"""Amounts of FHIR in our units: milligrams, days, capsules."""

from fractions import Fraction
from typing import Any

from isocourse.exchange.fhir.codes import table
from isocourse.exchange.fhir.looking import Json, number, text
from isocourse.words.units import as_written


def _units(quantity: Json) -> list[str]:
    """The unit by its code, else by its word."""
    return [each for each in (text(quantity, "code"), text(quantity, "unit")) if each]


def value(quantity: Json) -> Fraction | None:
    """The number of a quantity; None when it is only a bound."""
    found = number(quantity, "value")
    return None if found is None or "comparator" in quantity else as_written(found)


def _factor(quantity: Json, of: str) -> Fraction | None:
    known = table()["units"][of]
    for unit in _units(quantity):
        if unit in known:
            return Fraction(repr(known[unit])).limit_denominator(1000)
    return None


def milligrams(quantity: Json, strength: Fraction | None) -> Fraction | None:
    """A dose in mg; capsules count by their strength, when it is known."""
    amount = value(quantity)
    if amount is None:
        return None
    factor = _factor(quantity, "mg")
    if factor is not None:
        return amount * factor
    return amount * strength if strength is not None and counts_capsules(quantity) else None


def counts_capsules(quantity: Json) -> bool:
    """Whether a quantity counts capsules, or names no unit at all."""
    units = [each.lower() for each in _units(quantity)]
    return not units or any(each in table()["units"]["capsule"]["words"] for each in units)


def days(quantity: Json) -> Fraction | None:
    """A duration in days; a month or a year is no number of days."""
    amount, factor = value(quantity), _factor(quantity, "days")
    return None if amount is None or factor is None else amount * factor


def plain(amount: Fraction) -> int | float:
    """The number as a course file writes it."""
    return int(amount) if amount.denominator == 1 else float(round(amount, 6))


def whole(amount: Any) -> int | None:
    """A whole number, or None."""
    return int(amount) if amount is not None and Fraction(amount).denominator == 1 else None
