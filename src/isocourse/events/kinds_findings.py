"""What was found in body and mind: laboratory, scores, symptoms."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from isocourse.events.fields import CONVERT, Decimal, Measured, OneOf, Whole, Word, YesNo, refusal
from isocourse.events.recorded import Recorded
from isocourse.words import tokens, units

SCALE_TOPS: Mapping[str, int] = {"iga": 4, "gags": 44, "gea": 5, "leeds": 12}
SCORES: Mapping[str, tuple[int, int]] = {
    "phq-2": (0, 6),
    "phq-9": (0, 27),
    "gad-2": (0, 6),
    "gad-7": (0, 21),
    "dlqi": (0, 30),
    "asex": (5, 30),
}
LAB_BELOW: Mapping[str, tuple[int, str]] = {
    "alt": (100_000, "U/L"),
    "ast": (100_000, "U/L"),
    "ck": (5_000_000, "U/L"),
    "triglycerides": (500, "mmol/L"),
    "total_cholesterol": (100, "mmol/L"),
    "hdl": (20, "mmol/L"),
    "ldl": (100, "mmol/L"),
    "glucose": (200, "mmol/L"),
    "white_cells": (2_000, "10^9/L"),
}
"""No living patient reaches these: a slip of the keyboard or of the unit does."""


class Severity(Recorded):
    """The acne was graded on a scale."""

    kind: Literal["severity"] = "severity"
    scale: Annotated[str, OneOf(tokens.SCALES)] = Field(description="Which scale")
    score: Annotated[float, Decimal(0, 44)] = Field(description="Grade; whole except for leeds")

    @field_validator("score")
    @classmethod
    def _on_the_scale(cls, score: float, info: ValidationInfo) -> float:
        scale = info.data.get("scale")
        if scale and score > SCALE_TOPS[scale]:
            raise refusal(f"0 to {SCALE_TOPS[scale]} on {scale}")
        if scale != "leeds" and not score.is_integer():
            raise refusal("a whole number; only leeds has steps between")
        return score


class Lab(Recorded):
    """A laboratory value."""

    kind: Literal["lab"] = "lab"
    test: Annotated[str, OneOf(tokens.LAB_TESTS)] = Field(description="What was measured")
    unit: Annotated[str, OneOf(tokens.LAB_UNITS, do=CONVERT)] = Field(
        description="Unit of the values"
    )
    value: Measured = Field(description="The value")
    upper_limit: Measured | None = Field(
        None, description="The laboratory's upper limit of normal, in the same unit"
    )
    fasting: YesNo | None = Field(None, description="Whether the patient had fasted")

    @field_validator("unit")
    @classmethod
    def _unit_of_the_test(cls, unit: str, info: ValidationInfo) -> str:
        test = info.data.get("test")
        if test and unit not in units.LAB_FACTORS[test]:
            fitting = " or ".join(units.LAB_FACTORS[test])
            raise refusal(f"{fitting} for {test}", "convert the value or correct the test")
        return unit

    @field_validator("value", "upper_limit")
    @classmethod
    def _of_a_living_patient(cls, value: float, info: ValidationInfo) -> float:
        test, unit = info.data.get("test"), info.data.get("unit")
        if test and unit and value is not None and value >= lab_below(test, unit):
            most, of = LAB_BELOW[test]
            raise refusal(f"{test} below {most} {of}", "correct the value or its unit")
        return value

    @property
    def amount(self) -> int:
        """The value as a whole number of the small unit of its test."""
        return units.lab_amount(self.test, self.value, self.unit)

    @property
    def limit_amount(self) -> int | None:
        """The upper limit in the same small unit, when the report gives one."""
        if self.upper_limit is None:
            return None
        return units.lab_amount(self.test, self.upper_limit, self.unit)


@cache
def lab_below(test: str, unit: str) -> float:
    """What a value of this test stays below, in this unit."""
    most, of = LAB_BELOW[test]
    return float(units.lab_value(test, units.lab_amount(test, most, of), unit))


class Questionnaire(Recorded):
    """A questionnaire was filled in."""

    kind: Literal["questionnaire"] = "questionnaire"
    instrument: Annotated[str, OneOf(tokens.INSTRUMENTS)] = Field(description="Which one")
    score: Annotated[int, Whole(0, 30)] = Field(description="Its total")
    item_9: Annotated[int, Whole(0, 3)] | None = Field(
        None, description="PHQ-9 only: thoughts of being better off dead or of self-harm"
    )

    @field_validator("score")
    @classmethod
    def _in_its_range(cls, score: int, info: ValidationInfo) -> int:
        instrument = info.data.get("instrument")
        low, high = SCORES.get(instrument or "", (0, 30))
        if not low <= score <= high:
            raise refusal(f"a whole number from {low} to {high} for {instrument}")
        return score

    @field_validator("item_9")
    @classmethod
    def _only_in_phq_9(cls, item_9: int | None, info: ValidationInfo) -> int | None:
        instrument = info.data.get("instrument", "phq-9")
        if item_9 is not None and instrument != "phq-9":
            raise refusal("item_9 only with phq-9", "leave item_9 out or correct the instrument")
        return item_9


class MentalHealth(Recorded):
    """A look at the patient's state of mind."""

    kind: Literal["mental_health"] = "mental_health"
    assessed: YesNo = Field(description="Whether it was assessed")
    concern: Annotated[str, OneOf(tokens.MENTAL_CONCERNS)] = Field(description="What was found")


class SexualFunction(Recorded):
    """Sexual function was asked about."""

    kind: Literal["sexual_function"] = "sexual_function"
    assessed: YesNo = Field(description="Whether it was assessed")
    concern: YesNo = Field(description="Whether there is a concern")


class Symptom(Recorded):
    """A symptom, and how bad it is."""

    kind: Literal["symptom"] = "symptom"
    symptom: Word = Field(description="Its name; rules know " + ", ".join(tokens.SYMPTOMS))
    grade: Annotated[int, Whole(1, 4)] = Field(
        description="1 mild, 2 moderate, 3 severe, 4 an emergency"
    )
