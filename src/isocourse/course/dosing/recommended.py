"""What the label recommends for this patient, in doses that capsules can make up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from isocourse.course.dosing.capsules import at_most, in_milligrams, nearest, next_above, plan
from isocourse.course.dosing.plans import alternating
from isocourse.course.dosing.values import Dosing, OfFormulation
from isocourse.words.codes import Formulation

Facts = Mapping[str, int | None]
_GRAMS_IN_A_KILOGRAM = 1000


@dataclass(frozen=True, slots=True)
class Recommended:
    """Daily doses in µg, None where a weight or a capsule is lacking, with capsules in words."""

    formulation: str
    low: int | None
    high: int | None
    start: int | None
    step: int | None
    maximum: int | None
    capsules: str | None  # for the dose to start with
    capsules_high: str | None
    alternating: str | None  # two doses in turn, where they come nearer to the start
    with_food: bool
    cites: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """The recommendation as the contract writes it."""
        mg = {
            f"{name}_mg_per_day": None if amount is None else in_milligrams(amount)
            for name, amount in (
                ("low", self.low),
                ("high", self.high),
                ("start", self.start),
                ("step", self.step),
                ("maximum", self.maximum),
            )
        }
        return {
            **mg,
            "formulation": self.formulation,
            "capsules": self.capsules,
            "capsules_high": self.capsules_high,
            "capsules_alternating": self.alternating,
            "with_food": self.with_food,
            "cites": list(self.cites),
        }


def formulation_of(facts: Facts) -> Formulation:
    """How the capsules of the newest prescription are made; without one, the ordinary way."""
    if facts["micronised"]:
        return Formulation.MICRONISED
    return Formulation.LIDOSE if facts["lidose"] else Formulation.CONVENTIONAL


def recommended(facts: Facts, values: Dosing) -> Recommended:
    """The usual range, where to begin, the steps between doses and the most the label knows."""
    of = values.formulations[formulation_of(facts)]
    renal = values.renal_start if facts["condition_renal_insufficiency"] else None
    twice = values.twice if facts["doses_per_day"] is None else facts["doses_per_day"] > 1
    cites = _cites(of, values, renal)
    grams = facts["sound_weight"]
    if grams is None:
        return replace(_NOTHING, formulation=of.name, with_food=of.with_food, cites=cites)
    to_start = values.start or of.least
    most = of.usual if _young(facts["age_years"], values) else of.most
    return _at_weight(of, grams, to_start, renal, most, twice, cites)


_NOTHING = Recommended("", None, None, None, None, None, None, None, None, False, ())


@lru_cache(maxsize=4096)
def _at_weight(
    of: OfFormulation,
    grams: int,
    to_start: int,
    renal: int | None,
    most: int,
    twice: bool,
    cites: tuple[str, ...],
) -> Recommended:
    """What is recommended at a weight; the same for everybody of that weight."""
    low, high = _range(of, grams, renal)
    wanted = renal or _per_kg(to_start, grams)
    start = None if high is None else min(nearest(wanted, of.strengths) or high, high)
    return Recommended(
        formulation=of.name,
        low=low,
        high=high,
        start=start,
        step=_step(low, of),
        maximum=at_most(_per_kg(most, grams), of.strengths),
        capsules=_words(start, of, twice),
        capsules_high=_words(high, of, twice),
        alternating=None if renal else _in_turn(wanted, start, of),
        with_food=of.with_food,
        cites=cites,
    )


def _young(age: int | None, values: Dosing) -> bool:
    """Too young for more than the usual dose, where the label draws a line by age."""
    adult = values.most_from_age
    return adult is not None and (age is None or age < adult)


def _cites(of: OfFormulation, values: Dosing, renal: int | None) -> tuple[str, ...]:
    start = values.renal_cites if renal else values.start_cites if values.start else ()
    return tuple(dict.fromkeys((*of.cites, *start)))


def _step(low: int | None, of: OfFormulation) -> int | None:
    above = None if low is None else next_above(low, of.strengths)
    return None if above is None or low is None else above - low


def _per_kg(micrograms_per_kg: int, grams: int) -> int:
    return micrograms_per_kg * grams // _GRAMS_IN_A_KILOGRAM


def _range(of: OfFormulation, grams: int, renal: int | None) -> tuple[int | None, int | None]:
    """The usual range: its lower end to the nearest dose, its upper end never exceeded."""
    high = at_most(_per_kg(of.usual, grams), of.strengths)
    wanted = _per_kg(of.least, grams) if renal is None else renal
    low = nearest(wanted, of.strengths)
    if high is None or low is None:
        return None, None
    return min(low, high), high


def _words(dose: int | None, of: OfFormulation, twice: bool) -> str | None:
    made = None if dose is None else plan(dose, of.strengths, twice)
    return None if made is None else str(made)


def _in_turn(wanted: int, daily: int | None, of: OfFormulation) -> str | None:
    """Two doses in turn, only where their mean comes nearer than one dose every day."""
    pair = alternating(wanted, of.strengths)
    if pair is None or daily is None:
        return None
    first, second = pair
    if abs(first.total + second.total - 2 * wanted) >= 2 * abs(daily - wanted):
        return None
    return f"one day {first}, the next {second}" if second.doses else f"every other day {first}"
