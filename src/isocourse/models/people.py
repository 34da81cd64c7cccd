"""Virtual people: drawn from a population, the same for a seed however the work is split.

What chance decides comes from `chance`; here it becomes weights, rates and counts of lesions.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isocourse.models.chance import BATCH, OWN, Drawn, draws, stream_of
from isocourse.models.disposition import Disposition, disposition
from isocourse.models.kernel.rows import PERSON
from isocourse.models.parameters import Parameter, Parameters
from isocourse.models.regimen import DAYS_IN_A_WEEK, FOODS, FORMULATIONS

SEVERITIES = ("mild", "moderate", "severe", "very_severe")
LESIONS = ("comedones", "papules_pustules", "nodules")
LIGHTEST, HEAVIEST = 25.0, 250.0
YOUNGEST, OLDEST = 9.0, 90.0
DRAWS_OF_BLOOD = 14
HOURS_IN_A_DAY = 24
DAYS_IN_A_MONTH = 30.4375
Numbers = NDArray[np.float64]


class BadPopulation(ValueError):
    """A population that cannot be drawn; the text says what was found and what was expected."""


@dataclass(frozen=True)
class Population:
    """Who takes part: means, spreads and shares."""

    weight_mean: float = 70.0  # kg
    weight_sd: float = 12.0
    age_mean: float = 22.0
    age_sd: float = 5.0
    male: float = 0.5
    severity: str = "severe"
    lesions: Mapping[str, float] = field(default_factory=dict)
    trunk: float = 0.0  # share with acne on the trunk

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        for name, value, low, high in (
            ("weight_mean", self.weight_mean, LIGHTEST, HEAVIEST),
            ("weight_sd", self.weight_sd, 0, HEAVIEST),
            ("age_mean", self.age_mean, YOUNGEST, OLDEST),
            ("age_sd", self.age_sd, 0, OLDEST),
            ("male", self.male, 0, 1),
            ("trunk", self.trunk, 0, 1),
            *((f"lesions.{each}", count, 0, 1000) for each, count in self.lesions.items()),
        ):
            if not (math.isfinite(value) and low <= value <= high):
                raise BadPopulation(f"{name}: found {value}, expected {low:g} to {high:g}.")
        if self.severity not in SEVERITIES:
            raise BadPopulation(f"severity: found {self.severity!r}, expected {SEVERITIES}.")
        for each in self.lesions:
            if each not in LESIONS:
                raise BadPopulation(f"lesions: found {each!r}, expected {', '.join(LESIONS)}.")


@dataclass(frozen=True)
class People:
    """Some people of a population: every quantity that differs, by name."""

    values: Mapping[str, NDArray[Any]]
    seed: int
    first: int

    def __getitem__(self, name: str) -> Numbers:
        """One quantity, a number for each person."""
        return self.values[name]

    def part(self, first: int, count: int) -> "People":
        """Some of them, one after the other; each stays the same person."""
        cut = slice(first, first + count)
        return People({k: v[cut] for k, v in self.values.items()}, self.seed, self.first + first)

    def in_single(self) -> "People":
        """The same people in single precision: enough where only counts are told."""
        values = {name: np.asarray(each, np.float32) for name, each in self.values.items()}
        return People(values, self.seed, self.first)

    def __len__(self) -> int:
        """How many people there are."""
        return len(self.values["weight"])


def draw(who: Population, of: Parameters, count: int, seed: int = 1, first: int = 0) -> People:
    """People number `first` to `first + count` of a population."""
    return people_of(who, of, draws(of, count, seed, first), seed, first)


def blood_noise(people: People) -> Numbers:
    """The scatter of each draw of blood: [2, draw, person], standard normal."""
    begin, end = people.first // BATCH, -(-(people.first + len(people)) // BATCH)
    shape = (2, DRAWS_OF_BLOOD, BATCH)
    parts = [stream_of(people.seed, each, 1).standard_normal(shape) for each in range(begin, end)]
    cut = people.first - begin * BATCH
    return np.concatenate(parts, axis=2)[:, :, cut : cut + len(people)]


def people_of(who: Population, of: Parameters, drawn: Drawn, seed: int, first: int = 0) -> People:
    """The people of a population whom these draws make."""
    names = of.spread()
    z, own, chance = _together(of, drawn.scores[:-OWN]), drawn.scores[-OWN:], drawn.chance
    single = z.astype(np.float32)  # the exponential of which is had for eight people at once
    made = {name: _spread(of.held[name], single[k]) for k, name in enumerate(names)}
    made["weight"] = np.clip(_log_normal(who.weight_mean, who.weight_sd, own[0]), 25.0, 250.0)
    made["age"] = np.clip(who.age_mean + who.age_sd * own[1], YOUNGEST, OLDEST)
    made["gags"] = of[f"gags_{who.severity}"] + of["gags_spread"] * own[2]
    made["male"] = (chance[0] < who.male).astype(np.float64)
    made["luck"] = drawn.luck
    made["alt_tail"] = (chance[1] < of["alt_tail_share"]).astype(np.float64)
    made["myalgia_luck"] = -np.log1p(-chance[2])
    made["trunk"] = (chance[3] < who.trunk).astype(np.float64)
    odds = chance[4] / (1 - chance[4])
    made["nosebleed"] = of["nosebleed"] * odds ** of["nosebleed_spread"]
    return People(made | _lesions(who, of, made), seed, first)


def _spread(parameter: Parameter, z: NDArray[np.float32]) -> Numbers:
    moved: Numbers = parameter.moved(z * np.float32(parameter.spread or 0.0)).astype(np.float64)
    return moved


def _log_normal(mean: float, sd: float, z: Numbers) -> Numbers:
    variance = math.log1p((sd / mean) ** 2)
    made: Numbers = mean * np.exp(math.sqrt(variance) * z - variance / 2)
    return made


def _lesions(who: Population, of: Parameters, made: dict[str, Numbers]) -> dict[str, Numbers]:
    """Counts before treatment; those of one person go together, means are those of the class."""
    found = {}
    for name in LESIONS:
        mean = who.lesions.get(name, of[f"{name}_{who.severity}"])
        factor: Any = made["lesions"] / _mean_factor(of, "lesions")
        if f"{name}_own" in made:
            factor *= made[f"{name}_own"] / _mean_factor(of, f"{name}_own")
        found[f"{name}_before"] = mean * factor
    return found


def _mean_factor(of: Parameters, name: str) -> float:
    each = of.held[name]
    return each.value * math.exp((each.spread or 0.0) ** 2 / 2)


@cache
def _root(pairs: tuple[tuple[str, str, float], ...], names: tuple[str, ...]) -> Numbers:
    correlations = np.eye(len(names))
    for one, other, value in pairs:
        a, b = names.index(one), names.index(other)
        correlations[a, b] = correlations[b, a] = value
    return np.asarray(np.linalg.cholesky(correlations), np.float64)


def _together(of: Parameters, z: Numbers) -> Numbers:
    """Independent draws made to go together. Few do, so that a product of matrices is a waste."""
    root = _root(of.together, of.spread())
    made: Numbers = np.diagonal(root)[:, None] * z
    for one, other in zip(*np.nonzero(np.tril(root, -1)), strict=True):
        made[one] += root[one, other] * z[other]
    return made


def disposition_of(people: People, of: Parameters, formulation: str, food: str) -> Disposition:
    """Everyone's kinetics for a formulation with a meal; what is absorbed is in the gains."""
    heavy = people["weight"] / of["reference_weight"]
    volume = heavy ** of["volume_by_weight"]
    flow = heavy ** of["clearance_by_weight"]
    fed = food != "fasted" and formulation != "suspension"
    made = disposition(
        people["clearance"] * flow,
        people["volume_1"] * volume,
        people["flow"] * flow,
        people["volume_2"] * volume,
        people["absorption_fed" if fed else "absorption_fasted"],
        people["oxo_ratio"],
        math.log(2) / people["oxo_half_life"],
    )
    share = of[share_name(formulation, food)] * np.ones(len(people))
    if food == "fasted":
        share = share * people["fasted_absorption"]
    return Disposition(made.rates, made.gains * share, made.oxo_rates, made.oxo_gains * share)


def share_name(formulation: str, food: str) -> str:
    """The parameter that says how much of a dose counts."""
    if formulation not in FORMULATIONS or food not in FOODS:
        raise BadPopulation(
            f"found {formulation!r} with {food!r}, expected {FORMULATIONS} with {FOODS}."
        )
    end = "" if formulation == "suspension" else f"_{food}"
    return f"share_{formulation}{end}"


def release(of: Parameters, formulation: str, food: str) -> float:
    """How long a dose is released, in hours."""
    if formulation == "suspension":
        return of["release_suspension"]
    if formulation == "lidose" and food == "high_fat":
        return of["release_lidose_fed"]
    return of[{"high_fat": "release_fed"}.get(food, f"release_{food}")]


def rows_of(
    people: People, of: Parameters, made: Disposition, adherence: float, maintenance: bool = False
) -> Numbers:
    """Everyone as the compiled course takes them: [row, person], rates per day."""
    ln2, week = math.log(2), DAYS_IN_A_WEEK
    one = np.ones(len(people))
    onset = np.where(people["male"] > 0, of["lipid_onset_men"], of["lipid_onset_women"])
    by_name: dict[str, Numbers] = {
        **{f"rate_{k + 1}": made.rates[k] for k in range(3)},
        **{f"gain_{k + 1}": made.gains[k] for k in range(3)},
        "regrowth": people["regrowth"] / week,
        "stem_source": of["stem_source"] / week * one,
        "apoptosis": people["apoptosis"] / week,
        "lipid_block": of["lipid_block"] * one,
        "lipid_rate": 1 / (people["lipid_time"] * week),
        "keratin_rate": 1 / (of["keratin_time"] * week) * one,
        "bacteria_rate": people["bacteria_rate"] / week,
        "calm_on": ln2 / people["calm_half_time"],
        "calm_off": ln2 / (people["calm_return"] * week),
        "release": ln2 / (people["release_half_life"] * week),
        "recruit": ln2 / (people["recruit_half_life"] * week),
        "micro_rate": ln2 / (people["micro_half_life"] * week),
        "micro_loss": people["micro_loss"] / week,
        "comedone_rate": ln2 / (people["comedone_half_life"] * week),
        "comedone_loss": people["comedone_loss"] / week,
        "papule_rate": ln2 / people["papule_half_life"],
        "nodule_rate": ln2 / (people["nodule_half_life"] * week),
        "flare_rate": 1 / (people["flare_time"] * week),
        "lipid_onset": ln2 / (onset * week),
        "tolerance_rate": ln2 / (people["tolerance_half_life"] * week),
        "dryness_rate": ln2 / people["dryness_half_life"],
        "hazard": _hazard(people, of, maintenance),
        "adherence": adherence * one,
    }
    return np.array([by_name.get(name, people.values.get(name)) for name in PERSON])


def _hazard(people: People, of: Parameters, maintenance: bool) -> Numbers:
    """Everyone's hazard of relapse before dose and what is left: severity, age, trunk, retinoid."""
    centre, width = of["severity_centre"], of["severity_width"]
    points = np.clip(people["gags"] - centre, -width, width)
    decades = (people["age"] - of["age_centre"]) / 10
    hazard = of["hazard"] * np.exp(of["severity_slope"] * points) * of["by_age"] ** decades
    made: Numbers = hazard * of["trunk"] ** people["trunk"] * of["maintenance"] ** maintenance
    return made


def common_of(of: Parameters, duration: float) -> Numbers:
    """What is the same for everyone, in the order of COMMON."""
    return np.array(
        [
            of["lag"],
            duration,
            of["bacteria_need"],
            of["bacteria_half"],
            of["from_comedones"],
            of["relapse_rate"] / DAYS_IN_A_MONTH,
            of["dose_slope_low"],
            of["dose_slope_high"],
            of["dose_knee"],
            of["dose_cap"],
            of["residual_power"],
        ]
    )
