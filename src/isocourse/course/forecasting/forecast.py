"""The forecast: what is likely for this patient under each regimen, with honest bands.

Ten thousand virtual twins are drawn for the patient and re-weighted by everything that was
observed; each then goes on with each regimen. Bands hold 50 and 90 of 100 twins. It is a model's
word: it opens no gate, and says where it and the record disagree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from isocourse.course.dosing.recommended import formulation_of
from isocourse.course.forecasting.regimens import Regimen, regimens
from isocourse.course.forecasting.seen import MICROGRAMS, Seen, seen
from isocourse.course.settings import DEFAULT, Settings
from isocourse.events import Course
from isocourse.events.moments import Moment
from isocourse.models import Forecast as Weekly
from isocourse.models import Phase, Taking
from isocourse.models.forecast import PART, forecast_of
from isocourse.models.parameters import parameters
from isocourse.models.regimen import DAYS_IN_A_WEEK, FOODS
from isocourse.models.summary import Limit
from isocourse.models.twins import Against, Past, Twins, twins
from isocourse.words.days import as_date
from isocourse.words.units import lab_value

TWINS = 10_000
_AFTER = 12  # weeks shown after the last dose
_RARE = 0.01  # on either side: what fewer twins would have shown is said not to agree
_NOTHING = Phase(0.0, 1)
Told = Callable[[float], None]


@dataclass(frozen=True)
class Outlook:
    """What is likely under one regimen, from the first capsule on."""

    regimen: Regimen
    weekly: Weekly
    whole_days: int  # from the first capsule to the last dose
    ends: date | None  # the day of the last dose
    cumulative_mg: float  # mean of the twins, taken so far included
    cumulative_mg_per_kg: float | None
    weeks_to_clear: tuple[float | None, float | None, float | None]  # 25, 50 and 75 in 100 by then
    capsules: int
    chance_of_gap: float | None


@dataclass(frozen=True)
class Forecast:
    """What is likely for one patient as of a moment."""

    course_id: str
    place: str
    at: Moment
    seen: Seen
    twins: Twins
    food: str
    outlooks: tuple[Outlook, ...]
    limits: tuple[Limit, ...]
    cites: tuple[str, ...]

    @property
    def week(self) -> int:
        """Weeks since the first capsule; 0 before it."""
        return len(self.seen.taken) // DAYS_IN_A_WEEK

    @property
    def disagrees(self) -> tuple[Against, ...]:
        """Observations that hardly any twin would have shown before they were known."""
        return tuple(a for a in self.twins.against if not _RARE <= a.lower <= 1 - _RARE)


@dataclass(frozen=True)
class Basis:
    """What every regimen goes on from: the record, and the twins that it leaves."""

    course_id: str
    place: str
    at: Moment
    seen: Seen
    twins: Twins
    food: str


def basis(
    course: Course,
    at: Moment,
    *,
    known_at: Moment | None = None,
    settings: Settings = DEFAULT,
    food: str | None = None,
    people: int = TWINS,
    seed: int = 1,
    told: Told = lambda share: None,
) -> Basis:
    """The twins of a patient as of a day or an instant.

    Raises NoValue for a day whose rules are not known, ValueError for a meal that is none.
    """
    record = seen(course, at, known_at, settings)
    with_food = _food(record, food)
    past = Past(Taking(record.past or (_NOTHING,), record.formulation, with_food), record.observed)
    found = twins(record.who, parameters(), past, people, seed, told=told)
    return Basis(course.course_id, course.place, at, record, found, with_food)


def forecast(
    course: Course,
    at: Moment,
    *,
    known_at: Moment | None = None,
    settings: Settings = DEFAULT,
    wished: Sequence[str] = (),
    food: str | None = None,
    people: int = TWINS,
    seed: int = 1,
    told: Told = lambda share: None,
) -> Forecast:
    """What is likely for a course from a day or an instant on, under each regimen.

    `wished` are regimens that a person types, such as "20" or "40/1of2"; `told` gets the share of
    the work that is done. Raises NoValue for a day whose rules are not known, ValueError for a
    regimen or a meal that cannot be.
    """
    of = basis(
        course, at, known_at=known_at, settings=settings, food=food, people=people, seed=seed,
        told=lambda share: told(share / 2),
    )  # fmt: skip
    return under(of, regimens(of.seen, wished), told=lambda share: told((1 + share) / 2))


def under(of: Basis, compared: Sequence[Regimen], told: Told = lambda share: None) -> Forecast:
    """What is likely under some regimens, going on from what is known."""
    limits = tuple(_limits(of.seen))
    outlooks = []
    for number, each in enumerate(compared):
        outlooks.append(_outlook(each, of.seen, of.twins, of.food, limits))
        told((number + 1) / len(compared))
    return Forecast(
        of.course_id, of.place, of.at, of.seen, of.twins, of.food, tuple(outlooks), limits,
        ("isocourse-safety#regimens-compared", *of.seen.rules.dosing.target_cites),
    )  # fmt: skip


def _food(record: Seen, food: str | None) -> str:
    """The meal with the capsule: as told, or what the label asks for."""
    if food is None:
        capsules = record.rules.dosing.formulations[formulation_of(record.facts)]
        return "high_fat" if capsules.with_food else "ordinary"
    if food not in FOODS:
        raise ValueError(f"found {food!r}, expected one of {', '.join(FOODS)}.")
    return food


def _outlook(
    regimen: Regimen, record: Seen, found: Twins, food: str, limits: Sequence[Limit]
) -> Outlook:
    past = record.past
    per_day = record.facts["doses_per_day"] or 1
    phases = (*past, *regimen.phases(per_day)) or (_NOTHING,)
    taking = Taking(
        phases, record.formulation, food, record.adherence, missed_from=len(record.taken)
    )
    whole = len(record.taken) + regimen.days
    weeks = -(-whole // DAYS_IN_A_WEEK) + _AFTER
    weekly = forecast_of(
        lambda first: found.people.part(first, PART), len(found.people), taking, weeks,
        parameters(), None, limits, len(record.taken) // DAYS_IN_A_WEEK,
    )  # fmt: skip
    kg = record.kilograms
    return Outlook(
        regimen=regimen,
        weekly=weekly,
        whole_days=whole,
        ends=as_date(record.asked + regimen.days - 1) if regimen.days else None,
        cumulative_mg=weekly.taken_mg,
        cumulative_mg_per_kg=None if kg is None else weekly.taken_mg / kg,
        weeks_to_clear=_weeks_to(weekly.clear_by),
        capsules=regimen.capsule_count,
        chance_of_gap=_chance_of_gap(record, regimen),
    )


def _weeks_to(by: NDArray[np.float64]) -> tuple[float | None, float | None, float | None]:
    """The first weeks by which 25, 50 and 75 in 100 twins have been clear; None for never."""

    def first(share: float) -> float | None:
        found = np.flatnonzero(by >= share)
        return float(found[0] + 1) if len(found) else None

    return first(0.25), first(0.5), first(0.75)


def _chance_of_gap(record: Seen, regimen: Regimen) -> float | None:
    """The chance of a week or more without capsules before the end, by this patient's own supplies.

    Each supply so far was followed by a gap or was not; before any, every rate is as likely
    (Laplace). None without a supply so far: no source gives a rate.
    """
    if not record.supplies:
        return None
    days: int = record.rules.value("supply.planned_supply_days")
    none, kept, supplies = 1.0, record.supplies - record.gaps, record.supplies
    for _ in range(max(-(-regimen.days // days) - 1, 0)):
        none *= (kept + 1) / (supplies + 2)
        kept, supplies = kept + 1, supplies + 1
    return 1 - none


def _limits(record: Seen) -> list[Limit]:
    """Levels in blood that call for something at the place, as the rules have them."""
    value = record.rules.value

    def triglycerides(name: str) -> float:
        return float(lab_value("triglycerides", value(name), "mg/dL"))

    found = [
        Limit(
            "triglycerides_lower_dose",
            "triglycerides",
            triglycerides("labs.triglycerides_lower_dose"),
        ),
        Limit("triglycerides_most", "triglycerides", triglycerides("labs.triglycerides_most")),
    ]
    usual = value("labs.enzyme_limit") / MICROGRAMS
    found += [
        Limit("alt_raised", "alt", usual),
        Limit("alt_repeat", "alt", usual * value("labs.enzyme_repeat_times")),
        Limit("alt_grave", "alt", usual * value("labs.enzyme_grave_times")),
    ]
    return found
