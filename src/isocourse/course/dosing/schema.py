"""The JSON Schema of the dose in an assessment."""

from typing import Any

from isocourse.words.codes import Formulation, word

Schema = dict[str, Any]


def dose_schema() -> Schema:
    """Amounts of isotretinoin say their unit in the key; null is what the record does not tell."""
    ends: Schema = {"type": "array", "items": _DAY, "minItems": 2, "maxItems": 2}
    return _object(
        "What is taken, what is usual, what was taken so far, and when the course is full",
        today_mg_per_day=_number("To be taken on the day asked; 0 where nothing is"),
        today_mg_per_kg=_number("The same for the latest weight that is not in doubt"),
        recommended=_recommended(),
        cumulative_mg=_object(
            "In this course",
            prescribed=_number("Prescribed and not void"),
            dispensed=_number("Handed over and not brought back"),
            taken=_number("Taken on the days before the day asked"),
        ),
        cumulative_mg_per_kg=_object(
            "What was taken, for three weights",
            start_weight=_number("For the weight on the day of the first dose"),
            latest_weight=_number("For the latest weight"),
            day_by_day=_number("Each day's dose for the weight of that day"),
        ),
        doses_missed={"type": "integer", "description": "Reported as missed; not taken off"},
        target_mg_per_kg={"type": "array", "items": {"type": "number"}, "description": "Advisory"},
        target_cites=_CITES,
        finish_between={
            "anyOf": [ends, {"type": "null"}],
            "description": "When the two targets are reached at this dose and the latest weight",
        },
    )


_DAY: Schema = {"type": "string", "format": "date"}
_CITES: Schema = {
    "type": "array",
    "items": {"type": "string", "description": "source#passage"},
}


def _recommended() -> Schema:
    return _object(
        "By place, formulation and weight, in doses that capsules on the market make up",
        low_mg_per_day=_number("Lower end of the usual dose; in renal insufficiency the start"),
        high_mg_per_day=_number("Upper end of the usual dose"),
        start_mg_per_day=_number("To start with"),
        step_mg_per_day=_number("From the lower end to the next dose that capsules make up"),
        maximum_mg_per_day=_number("The most that the label of the place knows"),
        formulation={"enum": [word(each) for each in Formulation]},
        capsules=_text("The capsules of a day for the start, such as '20 mg x 1, 10 mg x 1'"),
        capsules_high=_text("The same for the upper end"),
        capsules_alternating=_text("Two doses in turn, where they come nearer to the start"),
        with_food={"type": "boolean", "description": "Taken with a meal; false: with or without"},
        cites=_CITES,
    )


def _number(says: str) -> Schema:
    return {"type": ["number", "null"], "description": says}


def _text(says: str) -> Schema:
    return {"type": ["string", "null"], "description": says}


def _object(says: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": says,
        "properties": properties,
        "required": list(properties),
    }
