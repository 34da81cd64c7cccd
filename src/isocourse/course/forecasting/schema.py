"""The JSON Schema of a forecast."""

from typing import Any

from isocourse.course.forecasting.telling import FORMAT, QUANTILE_NAMES, SHOWN
from isocourse.models.outcomes import DRY
from isocourse.models.quantities import RELAPSE
from isocourse.models.summary import MONTHS

Schema = dict[str, Any]
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_NUMBER: Schema = {"type": "number"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_DAY: Schema = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}


def forecast_schema() -> Schema:
    """What is likely for one patient; rows have a number for each week, or month after the drug."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:isocourse:schema:forecast:1",
        "title": "isocourse forecast",
        **_object(
            "What a model holds likely for one patient. It opens no gate.",
            format={"const": FORMAT},
            course_id={"type": "string"},
            place={"type": "string"},
            at={"type": "string"},
            week=_said(_COUNT, "Weeks since the first capsule"),
            twins=_twins(),
            observations=_said(_COUNT, "What the twins were re-weighted by"),
            left_out=_said(_TEXTS, "Observed, and nothing that the model can be held against"),
            supposed=_said(_TEXTS, "What is not recorded, and what is taken in its place"),
            disagrees={"type": "array", "items": _against()},
            food={"type": "string"},
            formulation={"type": "string"},
            adherence=_said(_SHARE, "Share of the coming doses that is taken"),
            taken_mg=_said(_NUMBER, "Taken so far"),
            limits={
                "type": "object",
                "additionalProperties": _object(
                    "A level in blood that calls for something here", of={"type": "string"},
                    above=_NUMBER,
                ),
            },
            regimens={"type": "array", "items": _regimen()},
            cites=_TEXTS,
        ),
    }  # fmt: skip


def _twins() -> Schema:
    return _object(
        "Virtual twins",
        people=_COUNT,
        counted_before_refreshing=_said(_NUMBER, "Effective number, had they been weighed once"),
        refreshed=_said(_COUNT, "Steps in which the observations were let in"),
        distinct=_said(_COUNT, "Of the first draw, those from whom the others descend"),
    )


def _against() -> Schema:
    return _object(
        "An observation that hardly any twin would have shown",
        event={"type": "string"},
        what={"type": "string"},
        value=_NUMBER,
        usual={"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2},
        twins_below=_SHARE,
        sentence={"type": "string"},
    )


def _regimen() -> Schema:
    return _object(
        "From the first capsule on: what was taken, then this regimen to its end",
        key={"type": "string"},
        name={"type": "string"},
        capsules_a_day={"type": "string"},
        dose_mg=_NUMBER,
        steps_mg={"type": "array", "items": _NUMBER},
        days_on=_COUNT,
        cycle_days=_COUNT,
        days=_said(_COUNT, "From the day asked to the last dose"),
        ends=_DAY,
        reaches_target={"type": "boolean"},
        above_label={"type": "boolean"},
        cumulative_mg=_NUMBER,
        cumulative_mg_per_kg=_or_null(_NUMBER),
        capsules=_said(_COUNT, "From the day asked on"),
        chance_of_gap=_or_null(_SHARE),
        weeks_to_clear=_object(
            "Weeks by which so many of 100 have been clear",
            **{name: _or_null(_NUMBER) for name in ("25", "50", "75")},
        ),
        weeks_inflamed=_NUMBER,
        relapse_by_month=_object(
            f"Shares, {MONTHS} months after the drug", **dict.fromkeys(RELAPSE, _row(_SHARE))
        ),
        weeks=_row(_COUNT),
        clear=_said(_row(_SHARE), "Clear or almost clear in this week"),
        clear_by=_said(_row(_SHARE), "Clear or almost clear by this week"),
        dry_by=_object("By this week", **dict.fromkeys(DRY, _row(_SHARE))),
        dry=_object("In this week", **dict.fromkeys(DRY, _row(_SHARE))),
        over_by={"type": "object", "additionalProperties": _row(_SHARE)},
        quantities=_object("Means and percentiles", **dict.fromkeys(SHOWN, _quantity())),
        cites=_TEXTS,
    )


def _quantity() -> Schema:
    return _object("", mean=_row(_NUMBER), **dict.fromkeys(QUANTILE_NAMES, _row(_NUMBER)))


def _row(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _object(description: str, **properties: Schema) -> Schema:
    made: Schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return made | ({"description": description} if description else {})
