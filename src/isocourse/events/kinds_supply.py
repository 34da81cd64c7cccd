"""Capsules: prescribed, authorised, handed over, returned, taken."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from isocourse.events.fields import (
    CONVERT,
    JSON_LIST,
    Decimal,
    Id,
    Number,
    OneOf,
    Product,
    Whole,
    Word,
    refusal,
)
from isocourse.events.moments import OnDay
from isocourse.events.recorded import Part, Recorded
from isocourse.words import tokens, units

LEAST_MG = 0.001
"""A dose is kept in whole micrograms; zero would be none."""

MOST_MG, MOST_DAILY_MG, MOST_CAPSULES = 100, 300, 2000
"""The strongest capsule, the highest daily dose and the most capsules that a file may name."""

Milligrams = Annotated[float, Decimal(LEAST_MG, MOST_MG, "mg")]
Count = Annotated[int, Whole(1, MOST_CAPSULES)]
DailyDose = Annotated[float, Decimal(LEAST_MG, MOST_DAILY_MG, "mg/day")]
DoseUnit = Annotated[str, OneOf(tokens.DOSE_UNITS, do=CONVERT)]


class Capsules(Part):
    """A number of capsules of one strength."""

    mg: Milligrams = Field(description="Strength in mg")
    quantity: Count = Field(description="How many")


class Supply(Recorded):
    """Capsules for some days, of one strength or of several."""

    prescription_id: Id = Field(description="Names the prescription")
    days: Annotated[int, Whole(1, 366)] = Field(description="Days of treatment supplied")
    capsule_mg: Milligrams | None = Field(None, description="Strength of every capsule in mg")
    quantity: Count | None = Field(None, description="Number of capsules of that strength")
    capsules: Annotated[tuple[Capsules, ...], JSON_LIST, Field(min_length=1)] | None = Field(
        None, description="Several strengths, each with its number"
    )

    @field_validator("capsules")
    @classmethod
    def _one_way_of_counting(cls, capsules: Any, info: ValidationInfo) -> Any:
        twice = info.data.get("capsule_mg") is not None or info.data.get("quantity") is not None
        if capsules and twice:
            raise refusal(
                "either capsules or capsule_mg with quantity", "keep one way of counting them"
            )
        return capsules

    @property
    def packs(self) -> Sequence[tuple[int, int]]:
        """Strength in micrograms and number of each kind of capsule, as far as it is said."""
        if self.capsules:
            return [(units.micrograms(each.mg), each.quantity) for each in self.capsules]
        if self.capsule_mg is not None and self.quantity is not None:
            return [(units.micrograms(self.capsule_mg), self.quantity)]
        return []

    @property
    def quantity_micrograms(self) -> int | None:
        """All the isotretinoin in the capsules, when their strength and number are given."""
        packs = self.packs
        return sum(strength * number for strength, number in packs) if packs else None


class Prescription(Supply):
    """A prescription was written."""

    kind: Literal["prescription"] = "prescription"
    daily_dose: DailyDose = Field(description="Dose on a day on which it is taken")
    unit: DoseUnit = Field(description="Unit of the dose")
    doses_per_day: Annotated[int, Whole(1, 6)] | None = Field(None, description="Doses a day")
    days_on: Annotated[int, Whole(1, 366)] | None = Field(
        None, description="Days of dosing within each cycle; alternate days: 1"
    )
    cycle_days: Annotated[int, Whole(1, 366)] | None = Field(
        None, description="Length of a cycle; alternate days: 2", validate_default=True
    )
    refills: Annotated[int, Whole(0, 99)] = Field(0, description="Repeats allowed")
    formulation: Annotated[str, OneOf(tokens.FORMULATIONS)] | None = Field(
        None, description="How the capsule is made; left out, conventional"
    )
    product: Product | None = Field(None, description="The product; it is kept in lower case")
    role: Word | None = Field(None, description="What the prescriber is")
    certified_on: OnDay | None = Field(
        None, description="Italy: the day on which non-pregnancy was certified"
    )

    @field_validator("cycle_days")
    @classmethod
    def _cycle_holds_its_days(cls, cycle_days: int | None, info: ValidationInfo) -> int | None:
        if "days_on" not in info.data:
            return cycle_days
        days_on = info.data["days_on"]
        if (days_on is None) != (cycle_days is None):
            raise refusal("days_on and cycle_days together", "give both or neither")
        if cycle_days is not None and days_on > cycle_days:
            raise refusal(f"at least days_on ({days_on})", "correct days_on or cycle_days")
        return cycle_days

    @property
    def daily_micrograms(self) -> int:
        """The dose of a dosing day in whole micrograms."""
        return units.micrograms(self.daily_dose)


class Dispense(Supply):
    """Capsules were handed over."""

    kind: Literal["dispense"] = "dispense"


class Authorisation(Recorded):
    """The registry authorised a hand-over."""

    kind: Literal["authorisation"] = "authorisation"
    number: Number = Field(description="The registry's number")
    prescription_id: Id | None = Field(
        None, description="For which prescription; left out, the latest written by then"
    )
    do_not_dispense_after: OnDay | None = Field(None, description="Last day, itself included")


class AuthorisationReversed(Recorded):
    """An authorisation was taken back."""

    kind: Literal["authorisation_reversed"] = "authorisation_reversed"
    number: Number = Field(description="The registry's number")


class Cancel(Recorded):
    """A prescription is void."""

    kind: Literal["cancel"] = "cancel"
    prescription_id: Id = Field(description="The prescription that is void")


class ReturnToStock(Recorded):
    """Capsules were prepared and not collected, or brought back."""

    kind: Literal["return_to_stock"] = "return_to_stock"
    prescription_id: Id = Field(description="The prescription they belong to")


class Taken(Recorded):
    """What the patient really took, when it differs from what was dispensed."""

    kind: Literal["taken"] = "taken"
    daily_dose: Annotated[float, Decimal(0, MOST_DAILY_MG, "mg/day")] = Field(
        description="Dose taken a day; 0 when none was"
    )
    unit: DoseUnit = Field(description="Unit of the dose")
    until: OnDay | None = Field(
        None, description="Last day of it; left out, until the next taken or stop"
    )

    @property
    def daily_micrograms(self) -> int:
        """The dose of a day in whole micrograms."""
        return units.micrograms(self.daily_dose)
