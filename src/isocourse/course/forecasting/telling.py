"""The forecast as an object: numbers rounded to what a model can tell."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isocourse.course.dosing.capsules import in_milligrams
from isocourse.course.forecasting.forecast import Forecast, Outlook
from isocourse.models.summary import QUANTILES
from isocourse.models.twins import Against

FORMAT = "isocourse.forecast/1"
SHOWN = ("comedones", "papules_pustules", "nodules", "triglycerides", "alt")
QUANTILE_NAMES = tuple(f"{round(q * 100)}" for q in QUANTILES)


def forecast_json(made: Forecast) -> dict[str, Any]:
    """Everything that is likely, and what it rests on."""
    twins = made.twins
    return {
        "format": FORMAT,
        "course_id": made.course_id,
        "place": made.place,
        "at": made.at.isoformat(),
        "week": made.week,
        "twins": {
            "people": len(twins.people),
            "counted_before_refreshing": round(twins.counted, 1),
            "refreshed": twins.refreshed,
            "distinct": twins.distinct,
        },
        "observations": len(made.seen.observed),
        "left_out": list(made.seen.left_out),
        "supposed": list(made.seen.supposed),
        "disagrees": [_against(made, each) for each in made.disagrees],
        "food": made.food,
        "formulation": made.seen.formulation,
        "adherence": round(made.seen.adherence, 3),
        "taken_mg": round(float(made.seen.taken.sum()), 1),
        "limits": {
            each.name: {"of": each.of, "above": round(each.above, 1)} for each in made.limits
        },
        "regimens": [_outlook(each) for each in made.outlooks],
        "cites": list(made.cites),
    }


def _against(made: Forecast, each: Against) -> dict[str, Any]:
    return {
        "event": each.seen.event,
        "what": each.seen.what,
        "value": each.seen.value,
        "usual": [round(end, 1) for end in each.usual],
        "twins_below": round(each.lower, 4),
        "sentence": sentence(each),
    }


def sentence(each: Against) -> str:
    """What is said where the record and the model do not agree."""
    low, high = (f"{end:.0f}" for end in each.usual)
    word = each.seen.what.replace("_", " ")
    way = "more" if each.lower > 1 / 2 else "less"
    return (
        f"{word} of {each.seen.value:g} on day {each.seen.day} of treatment is {way} than the "
        f"model can explain (nine in ten twins: {low} to {high}): do not lean on this forecast."
    )


def _outlook(each: Outlook) -> dict[str, Any]:
    regimen, weekly = each.regimen, each.weekly
    per_kg = each.cumulative_mg_per_kg
    return {
        "key": regimen.key,
        "name": regimen.name,
        "capsules_a_day": regimen.capsules,
        "dose_mg": in_milligrams(regimen.dose),
        "steps_mg": [in_milligrams(step) for step in regimen.steps],
        "days_on": regimen.days_on,
        "cycle_days": regimen.cycle_days,
        "days": regimen.days,
        "ends": _day(each.ends),
        "reaches_target": regimen.reaches_target,
        "above_label": regimen.above_label,
        "cumulative_mg": round(each.cumulative_mg, 1),
        "cumulative_mg_per_kg": None if per_kg is None else round(per_kg, 2),
        "capsules": each.capsules,
        "chance_of_gap": None if each.chance_of_gap is None else round(each.chance_of_gap, 3),
        "weeks_to_clear": dict(zip(("25", "50", "75"), each.weeks_to_clear, strict=True)),
        "weeks_inflamed": round(weekly.weeks_inflamed, 1),
        "relapse_by_month": {k: _row(v) for k, v in weekly.relapse_by.items()},
        "weeks": weekly.weeks.tolist(),
        "clear": _row(weekly.clear),
        "clear_by": _row(weekly.clear_by),
        "dry_by": {name: _row(share) for name, share in weekly.dry_by.items()},
        "dry": {name: _row(share) for name, share in weekly.dry.items()},
        "over_by": {name: _row(share) for name, share in weekly.over.items()},
        "quantities": {
            name: {
                "mean": _row(weekly.means[name], 2),
                **{q: _row(weekly.quantiles[name][k], 2) for k, q in enumerate(QUANTILE_NAMES)},
            }
            for name in SHOWN
        },
        "cites": list(regimen.cites),
    }


def _row(numbers: NDArray[np.float64], decimals: int = 4) -> list[float]:
    return [round(float(each), decimals) for each in numbers]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
