"""The dose object of an assessment: today, recommended, cumulative, target and finish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from isocourse.course.dosing.capsules import in_milligrams
from isocourse.course.dosing.finish import finish_between
from isocourse.course.dosing.recommended import Facts, Recommended, recommended
from isocourse.course.dosing.values import Dosing

DECIMALS = 2
_NANOGRAMS_IN_A_MILLIGRAM = 1_000_000


@dataclass(frozen=True, slots=True)
class Dose:
    """Amounts in µg, None where the record does not tell."""

    today: int | None
    today_mg_per_kg: float | None
    recommended: Recommended
    cumulative: Mapping[str, int | None]  # prescribed, dispensed, taken
    cumulative_mg_per_kg: Mapping[str, float | None]  # on three weights
    target_mg_per_kg: tuple[int, int]
    target_cites: tuple[str, ...]
    finish_between: tuple[date, date] | None
    doses_missed: int

    def json(self) -> dict[str, Any]:
        """The dose as the contract writes it."""
        ends = self.finish_between
        return {
            "today_mg_per_day": None if self.today is None else in_milligrams(self.today),
            "today_mg_per_kg": self.today_mg_per_kg,
            "recommended": self.recommended.json(),
            "cumulative_mg": {
                name: None if amount is None else in_milligrams(amount)
                for name, amount in self.cumulative.items()
            },
            "cumulative_mg_per_kg": dict(self.cumulative_mg_per_kg),
            "doses_missed": self.doses_missed,
            "target_mg_per_kg": list(self.target_mg_per_kg),
            "target_cites": list(self.target_cites),
            "finish_between": None if ends is None else [each.isoformat() for each in ends],
        }


def dose(facts: Facts, values: Dosing, asked: int) -> Dose:
    """The dose of a patient by the facts on a day (its number) and what the place says."""
    taken = facts["total_taken"]
    return Dose(
        today=facts["dose_today"],
        today_mg_per_kg=_per_kg(facts["dose_today"], facts["sound_weight"]),
        recommended=recommended(facts, values),
        cumulative={
            "prescribed": facts["total_prescribed"],
            "dispensed": facts["total_dispensed"],
            "taken": taken,
        },
        cumulative_mg_per_kg={
            "start_weight": _per_kg(taken, facts["start_weight"]),
            "latest_weight": _per_kg(taken, facts["sound_weight"]),
            "day_by_day": _rounded(facts["taken_by_day_weights"], _NANOGRAMS_IN_A_MILLIGRAM),
        },
        target_mg_per_kg=values.target,
        target_cites=values.target_cites,
        finish_between=finish_between(facts, values.target, asked),
        doses_missed=facts["total_missed"] or 0,
    )


def _per_kg(micrograms: int | None, grams: int | None) -> float | None:
    """mg/kg to two decimals: µg for each g are the same number as mg for each kg."""
    return None if grams is None else _rounded(micrograms, grams)


def _rounded(amount: int | None, divided_by: int) -> float | None:
    return None if amount is None else float(round(Fraction(amount, divided_by), DECIMALS))
