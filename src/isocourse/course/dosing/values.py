"""What a place says of doses on a day: ranges, start, target, strengths and meals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from isocourse.words.codes import Formulation, word

Row = Callable[[str], Any]
"""The row of a value in force, by the full name of the value."""

_OF = {
    Formulation.CONVENTIONAL: ("", ""),
    Formulation.LIDOSE: ("", "_lidose"),
    Formulation.MICRONISED: ("_micronised", "_micronised"),
}
"""Which values speak of a formulation: of its range, and of its capsules and meals."""
_MICROGRAMS_IN_A_MILLIGRAM = 1000


@dataclass(frozen=True, slots=True)
class OfFormulation:
    """Doses in µg/kg a day and strengths in µg, for capsules of one kind."""

    name: str
    least: int
    usual: int
    most: int
    strengths: tuple[int, ...]
    with_food: bool
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dosing:
    """What a place says of doses between two changes of rules."""

    formulations: dict[Formulation, OfFormulation]
    start: int | None  # µg/kg a day
    start_cites: tuple[str, ...]
    renal_start: int | None  # µg a day
    renal_cites: tuple[str, ...]
    most_from_age: int | None  # below it the usual dose is the most
    twice: bool  # one dose a day is advised against
    target: tuple[int, int]  # mg/kg
    target_cites: tuple[str, ...]


def dosing(row: Row) -> Dosing:
    """What the values in force say of doses."""

    def of(name: str) -> Any:
        return row(f"dose.{name}").value

    return Dosing(
        formulations={each: _of_formulation(row, each) for each in Formulation},
        start=of("start_dose"),
        start_cites=tuple(row("dose.start_dose").cites),
        renal_start=of("renal_start"),
        renal_cites=tuple(row("dose.renal_start").cites),
        most_from_age=of("highest_dose_from_age"),
        twice=of("once_daily_discouraged"),
        target=(of("target_least"), of("target_most")),
        target_cites=tuple(
            dict.fromkeys(row("dose.target_least").cites + row("dose.target_most").cites)
        ),
    )


def _of_formulation(row: Row, each: Formulation) -> OfFormulation:
    ranged, made = _OF[each]
    names = (
        f"dose.usual_least{ranged}",
        f"dose.usual_most{ranged}",
        f"dose.label_most{ranged}",
        f"dose.strengths{made}",
        f"dose.with_food{made}",
    )
    least, usual, most, strengths, with_food = (row(name).value for name in names)
    return OfFormulation(
        word(each),
        least,
        usual,
        most,
        tuple(mg * _MICROGRAMS_IN_A_MILLIGRAM for mg in strengths),
        with_food,
        tuple(dict.fromkeys(key for name in names for key in row(name).cites)),
    )
