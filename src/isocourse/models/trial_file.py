"""The trial file: who takes part, what each arm takes, what was observed.

An unknown key, a wrong unit or a number out of bounds is refused with the place in the file, what
was found, what was expected and what to do.
"""

import tomllib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from isocourse.models.quantities import QUANTITIES, TIMELESS

FORMAT = "isocourse.trial/1"
MOST_PEOPLE = 10_000_000
Finite = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Text = Annotated[str, Field(min_length=1, max_length=400)]
Count = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class BadTrial(ValueError):
    """A trial file that cannot be used, with all that is wrong with it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Weight(_Strict):
    """Body weight in kg."""

    mean: Annotated[float, Field(ge=25, le=250, allow_inf_nan=False)]
    sd: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Age(_Strict):
    """Age in years."""

    mean: Annotated[float, Field(ge=9, le=90, allow_inf_nan=False)]
    sd: Annotated[float, Field(ge=0, le=50, allow_inf_nan=False)]


class Lesions(_Strict):
    """Mean counts before treatment."""

    comedones: Count | None = None
    papules_pustules: Count | None = None
    nodules: Count | None = None


class PopulationPart(_Strict):
    """Who takes part. What is left out is as in the trial's own population, or as usual."""

    n: Annotated[int, Field(ge=1, le=MOST_PEOPLE)] | None = None
    weight_kg: Weight | None = None
    age_years: Age | None = None
    male: Share | None = None
    severity: Literal["mild", "moderate", "severe", "very_severe"] | None = None
    lesions: Lesions | None = None


class PhasePart(_Strict):
    """A dose for some weeks, or one dose only."""

    dose: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
    unit: Literal["mg/kg/day", "mg/day", "mg", "mg/kg"]
    doses_per_day: Annotated[int, Field(ge=1, le=4)] = 1
    weeks: Annotated[float, Field(gt=0, le=520, allow_inf_nan=False)] | None = None
    once: bool = False
    days_on: Annotated[int, Field(ge=1, le=3640)] | None = None
    cycle_days: Annotated[int, Field(ge=1, le=3640)] | None = None

    @model_validator(mode="after")
    def _fits(self) -> "PhasePart":
        if self.once:
            if self.unit not in ("mg", "mg/kg") or self.weeks is not None:
                raise ValueError("a dose taken once has the unit mg or mg/kg and no weeks")
            if self.doses_per_day != 1 or self.days_on or self.cycle_days:
                raise ValueError("a dose taken once has neither doses_per_day nor a cycle")
        elif self.weeks is None or self.unit in ("mg", "mg/kg"):
            raise ValueError("write weeks and the unit mg/kg/day or mg/day, or once = true")
        if (self.days_on is None) != (self.cycle_days is None):
            raise ValueError("days_on and cycle_days go together; write both or neither")
        if self.days_on and self.cycle_days and self.days_on > self.cycle_days:
            raise ValueError("days_on is more than cycle_days; write it smaller")
        if self.unit.startswith("mg/kg") and self.dose > 20:
            raise ValueError(f"found {self.dose:g} {self.unit}, expected 20 at most")
        return self


class ArmPart(_Strict):
    """What one group takes, and how."""

    name: Text
    formulation: Literal["conventional", "lidose", "micronised", "suspension"] = "conventional"
    food: Literal["high_fat", "ordinary", "fasted"] = "high_fat"
    regimen: Annotated[list[PhasePart], Field(min_length=1, max_length=100)]
    population: PopulationPart = PopulationPart()

    @model_validator(mode="after")
    def _fits(self) -> "ArmPart":
        if any(each.once for each in self.regimen) and len(self.regimen) > 1:
            raise ValueError("regimen: a dose taken once stands alone")
        if sum(each.weeks or 0 for each in self.regimen) > 520:
            raise ValueError("regimen: found more than 520 weeks in all, expected 520 at most")
        return self

    @property
    def once(self) -> bool:
        """Whether one dose only is taken."""
        return self.regimen[0].once


class AtPart(_Strict):
    """When it was looked at: by week of treatment, by week after it, or at no time at all."""

    week: Annotated[float, Field(ge=0, le=520, allow_inf_nan=False)] | None = None
    weeks_after_stop: Annotated[float, Field(ge=0, le=1040, allow_inf_nan=False)] | None = None
    hours: Annotated[float, Field(ge=0, le=0, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _one(self) -> "AtPart":
        if len(self.model_fields_set) != 1:
            raise ValueError("write one of week, weeks_after_stop and hours")
        return self


class OutcomePart(_Strict):
    """A quantity of an arm at a time, with what was observed and what counts as agreement."""

    arm: Text
    quantity: Text
    at: AtPart
    observed: Finite | None = None
    band: Annotated[list[Finite], Field(min_length=2, max_length=2)] | None = None
    ratio_to: Text | None = None
    measurement: Text | None = None  # the measurement that was observed: "SB03"

    @model_validator(mode="after")
    def _fits(self) -> "OutcomePart":
        if self.quantity not in QUANTITIES:
            from difflib import get_close_matches

            close = get_close_matches(self.quantity, QUANTITIES, 3)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise ValueError(f"quantity: found {self.quantity!r}, which is none{hint}")
        if self.at.hours is not None and self.quantity not in TIMELESS:
            raise ValueError("at: hours = 0 goes with areas, peaks and half-lives only; write week")
        after = self.at.weeks_after_stop is not None
        if self.quantity.startswith("relapse_") and not after:
            raise ValueError(f"at: {self.quantity} needs weeks_after_stop")
        if self.band is not None and self.band[0] > self.band[1]:
            raise ValueError(f"band: found {self.band}, expected the lower end first")
        return self


class TrialFile(_Strict):
    """A virtual trial."""

    format: Literal["isocourse.trial/1"]
    title: Text
    cites: Text
    population: PopulationPart
    arm: Annotated[list[ArmPart], Field(min_length=1, max_length=50)]
    outcome: Annotated[list[OutcomePart], Field(min_length=1, max_length=1000)]
    note: Text | None = None  # what the file supposes that its source does not say

    @model_validator(mode="after")
    def _fits(self) -> "TrialFile":
        names = [each.name for each in self.arm]
        if len(set(names)) < len(names):
            raise ValueError(f"arm: found two of one name in {names}; give each its own")
        for number, each in enumerate(self.outcome):
            for role, name in (("arm", each.arm), ("ratio_to", each.ratio_to)):
                if name is not None and name not in names:
                    raise ValueError(
                        f"outcome.{number + 1}.{role}: found {name!r}, expected one of {names}"
                    )
            once = next(one for one in self.arm if one.name == each.arm).once
            if once and each.quantity not in TIMELESS:
                raise ValueError(
                    f"outcome.{number + 1}.quantity: found {each.quantity!r} of an arm that takes "
                    "one dose; expected an area, a peak, a time of peak or a half-life"
                )
        return self


def read_trial(data: bytes, where: str = "trial") -> TrialFile:
    """The trial that a file holds. Raises BadTrial with everything that is wrong with it."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadTrial(f"{where}: not readable as TOML in UTF-8: {error}.") from None
    try:
        return TrialFile.model_validate(_numbers(table))
    except ValidationError as wrong:
        said = [f"{where}: {_sentence(each)}" for each in wrong.errors()]
        raise BadTrial("\n".join(dict.fromkeys(said))) from None


def _numbers(value: Any) -> Any:
    """Whole numbers are numbers too: a list of them may stand for a list of decimals."""
    if isinstance(value, dict):
        return {name: _numbers(each) for name, each in value.items()}
    return [_numbers(each) for each in value] if isinstance(value, list) else value


def _sentence(error: Any) -> str:
    where = ".".join(str(p + 1) if isinstance(p, int) else str(p) for p in error["loc"])
    kind, found = error["type"], error["input"]
    place = f"{where}: " if where else ""
    if kind == "extra_forbidden":
        return f"{place}there is no such key; leave it out."
    if kind == "missing":
        return f"{place}it is missing; write it."
    said = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if kind == "value_error":
        return f"{place}{said}."
    shown = repr(found) if len(repr(found)) < 80 else f"{repr(found)[:77]}..."
    return f"{place}found {shown}, expected {said}; change it."


def trial_schema() -> dict[str, Any]:
    """The JSON Schema of a trial file."""
    made = TrialFile.model_json_schema()
    made["$id"] = "urn:isocourse:schema:trial:1"
    made["$defs"]["OutcomePart"]["properties"]["quantity"]["enum"] = list(QUANTITIES)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def result_schema() -> dict[str, Any]:
    """The JSON Schema of one line of a trial's result."""
    number, band = {"type": ["number", "null"]}, {"type": ["array", "null"]}
    span = {**band, "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    words = {"type": "string"}
    properties: dict[str, Any] = {
        "trial": words, "arm": words, "quantity": {"enum": list(QUANTITIES)},
        "at": {"type": "object"}, "predicted": number, "low": number, "high": number,
        "observed": number, "band": span, "agrees": {"type": ["boolean", "null"]},
        "ratio_to": words, "measurement": words,
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:isocourse:schema:trial-result:1",
        "title": "One outcome of a virtual trial",
        "type": "object",
        "properties": properties,
        "required": [n for n in properties if n not in ("ratio_to", "measurement")],
        "additionalProperties": False,
    }
