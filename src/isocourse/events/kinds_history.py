"""Who the patient is and what came before: history, weight, conditions, other medicines."""

from collections.abc import Mapping
from math import inf
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from isocourse.events.fields import (
    CONVERT,
    JSON_LIST,
    Decimal,
    Measured,
    OneOf,
    Whole,
    Word,
    YesNo,
    refusal,
)
from isocourse.events.recorded import Recorded
from isocourse.words import tokens, units

WEIGHTS: Mapping[str, tuple[float, float]] = {"kg": (15, 300), "lb": (33, 661)}
"""No patient treated weighs less or more: a slip of the keyboard or of the unit does."""

_Lesions = Annotated[int, Whole(0, 10_000)]


class PregnancyCategory(Recorded):
    """Whether the person can become pregnant, and if not, why."""

    kind: Literal["pregnancy_category"] = "pregnancy_category"
    can_become_pregnant: YesNo = Field(description="Whether the person can become pregnant")
    reason: Annotated[str, OneOf(tokens.CATEGORY_REASONS)] | None = Field(
        None, description="Why not; each place accepts some of these"
    )


class Diagnosis(Recorded):
    """How severe the acne is."""

    kind: Literal["diagnosis"] = "diagnosis"
    severity: Annotated[str, OneOf(tokens.SEVERITIES)] = Field(description="Severity of the acne")
    scarring: YesNo | None = Field(None, description="Whether it scars")
    distress: YesNo | None = Field(None, description="Whether it distresses the patient")


class PriorTreatment(Recorded):
    """A treatment tried before this course."""

    kind: Literal["prior_treatment"] = "prior_treatment"
    treatment: Annotated[str, OneOf(tokens.TREATMENTS)] = Field(description="What was tried")
    weeks: Annotated[float, Decimal(0, 2000, "weeks")] | None = Field(
        None, description="For how many weeks"
    )
    outcome: Annotated[str, OneOf(tokens.OUTCOMES)] = Field(description="What became of it")
    cumulative_mg_per_kg: Annotated[float, Decimal(0, 2000, "mg/kg")] | None = Field(
        None, description="Total dose by body weight, of isotretinoin"
    )


class Condition(Recorded):
    """A disease or state that is present or has gone."""

    kind: Literal["condition"] = "condition"
    condition: Word = Field(description="Its name; rules know " + ", ".join(tokens.CONDITIONS))
    status: Annotated[str, OneOf(tokens.CONDITION_STATUSES)] = Field(
        description="Whether it is present"
    )


class Allergy(Recorded):
    """A substance that the patient does not tolerate."""

    kind: Literal["allergy"] = "allergy"
    substance: Word = Field(description="Its name; rules know " + ", ".join(tokens.SUBSTANCES))


class Medicine(Recorded):
    """A medicine beside isotretinoin, started or stopped."""

    kind: Literal["medicine"] = "medicine"
    name: Word = Field(description="The ingredient in lower case, for example doxycycline")
    status: Annotated[str, OneOf(tokens.MEDICINE_STATUSES)] = Field(
        description="Whether it was started or stopped"
    )
    route: Annotated[str, OneOf(tokens.ROUTES)] | None = Field(
        None, description="How it is taken; left out, by mouth"
    )


class HistoryReview(Recorded):
    """Topics that were asked about that day, whatever was found."""

    kind: Literal["history_review"] = "history_review"
    topics: Annotated[
        tuple[Annotated[str, OneOf(tokens.HISTORY_TOPICS)], ...], JSON_LIST, Field(min_length=1)
    ] = Field(description="What was asked about")


class Weight(Recorded):
    """The patient was weighed."""

    kind: Literal["weight"] = "weight"
    unit: Annotated[str, OneOf(tokens.WEIGHT_UNITS, do=CONVERT)] = Field(
        description="Unit of the value"
    )
    value: Measured = Field(description="What the scale showed")

    @field_validator("value")
    @classmethod
    def _of_a_person(cls, value: float, info: ValidationInfo) -> float:
        lightest, heaviest = WEIGHTS.get(info.data.get("unit", ""), (0, inf))
        if not lightest <= value <= heaviest:
            expected = f"{lightest} to {heaviest} {info.data['unit']}"
            raise refusal(expected, "correct the weight or its unit")
        return value

    @property
    def grams(self) -> int:
        """The weight in whole grams."""
        return units.grams(self.value, self.unit)


class Visit(Recorded):
    """The patient was seen."""

    kind: Literal["visit"] = "visit"
    mode: Annotated[str, OneOf(tokens.VISIT_MODES)] = Field(description="Face to face or not")
    role: Word | None = Field(
        None, description="Who saw the patient: dermatologist, specialist_nurse, gp, ..."
    )


class Lesions(Recorded):
    """Lesions were counted."""

    kind: Literal["lesions"] = "lesions"
    comedones: _Lesions | None = Field(None, description="Comedones")
    papules_pustules: _Lesions | None = Field(None, description="Papules and pustules")
    nodules: _Lesions | None = Field(None, description="Nodules")
