"""What a trial would report: from everyone's course to a mean, a share or a median.

Each quantity first becomes a few columns, one number for each person; a statistic then makes one
figure of them, for everybody or for any resampling of them.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isocourse.models import profile
from isocourse.models.parameters import Parameters
from isocourse.models.people import DAYS_IN_A_MONTH, DRAWS_OF_BLOOD, LESIONS, blood_noise
from isocourse.models.quantities import QUANTITIES, RELAPSE, TIMELESS
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.models.running import Course

Numbers = NDArray[np.float64]
PERCENT = 100.0
_FOLLOWED = 156  # weeks of follow-up against which relapse_within_share is told
_LESION = {"comedone": "comedones", "papule_pustule": "papules_pustules", "nodule": "nodules"}
_OVER_5_TIMES = 5
DRY = MappingProxyType(
    {
        "cheilitis": "dry_lips",
        "dry_skin": "dry_skin",
        "dry_eyes": "dry_eyes",
        "nosebleed": "nosebleed",
    }
)
"""Symptoms of dryness, and the parameter above which a person has one."""


@dataclass(frozen=True)
class Columns:
    """Numbers for each person, and the statistic that makes one figure of them."""

    statistic: str
    columns: tuple[Numbers, ...]
    chances: tuple[Numbers, ...] = ()  # the same as probabilities, where they are known

    def expected(self) -> float:
        """The figure for everybody; from probabilities where they are known, free of luck."""
        if self.chances:
            return float(_STATISTICS[self.statistic](*self.chances))
        return float(self.figure())

    def figure(self, chosen: NDArray[np.int64] | None = None) -> Numbers:
        """The figure for everybody, or one for each row of chosen people."""
        taken = [c if chosen is None else c[chosen] for c in self.columns]
        return _STATISTICS[self.statistic](*taken)


def _over(top: Numbers, bottom: Numbers) -> Numbers:
    low = bottom.mean(axis=-1)
    made: Numbers = top.mean(axis=-1) / np.where(low == 0, np.nan, low)
    return made


_STATISTICS: dict[str, Callable[..., Numbers]] = {
    "mean": lambda x: x.mean(axis=-1),
    "median": lambda x: np.median(x, axis=-1),
    "fall": lambda now, before: PERCENT * (1 - _over(now, before)),
    "rise": lambda now, before: PERCENT * (_over(now, before) - 1),
    "among": lambda some, all_of: _over(some, all_of),
}


def columns_of(quantity: str, course: Course, day: int, after: float | None) -> Columns:
    """A quantity at the end of a day, or so many weeks after the drug."""
    if quantity in TIMELESS or quantity.endswith("cavg_ng_ml"):
        return Columns("mean", (profile.kinetic(quantity, course, day),))
    if quantity.startswith("relapse_"):
        return _relapse(quantity, course, after or 0.0)
    median = quantity.endswith("_median")
    name = quantity.removesuffix("_median")
    made = _MADE[name](course, day) if name in _MADE else _fall(name, course, day)
    if not median or made.statistic == "median":
        return made
    if made.statistic == "mean":
        return Columns("median", made.columns)
    now, before = made.columns
    return Columns("median", (PERCENT * (1 - now / np.where(before > 0, before, np.nan)),))


def needed_days(quantity: str, day: int) -> tuple[int, ...]:
    """The days that have to be written down for a quantity."""
    if _is_drawn(quantity):
        return tuple(range(DAYS_IN_A_WEEK * 4, day + 1, DAYS_IN_A_WEEK * 4)) or (day,)
    return (day,)


def _is_drawn(quantity: str) -> bool:
    return "_over_" in quantity


def lesions_at(course: Course, day: int | None) -> dict[str, Numbers]:
    """Everyone's counts at the end of a day; None stands for all of them, as in `Course.at`."""
    return {name: lesion_at(course, name, day) for name in LESIONS}


def lesion_at(course: Course, name: str, day: int | None) -> Numbers:
    """Everyone's count of one kind of lesion; the refractory share of inflamed ones stays."""
    people, refractory = course.people, course.people["refractory"]
    before, share = people[f"{name}_before"], course.at(_OUTPUT[name], day)
    if name == "comedones":
        made: Numbers = before * share
        return made
    made = before * (1 - refractory) * share
    made += before * refractory
    return made


_OUTPUT = {"comedones": "comedones", "papules_pustules": "papules", "nodules": "nodules"}


def _fall(name: str, course: Course, day: int) -> Columns:
    what = name.removesuffix("_fall_pct")
    now, before = lesions_at(course, day), lesions_at(course, 0)
    if what == "total_lesion":
        return Columns("fall", (sum_of(now), sum_of(before)))
    return Columns("fall", (now[_LESION[what]], before[_LESION[what]]))


def sum_of(lesions: dict[str, Numbers]) -> Numbers:
    """All lesions of each person."""
    made: Numbers = np.sum(list(lesions.values()), axis=0)
    return made


def _state(name: str) -> Callable[[Course, int], Columns]:
    def made(course: Course, day: int) -> Columns:
        now = course.at(name, day)
        return Columns("fall", (now, np.ones_like(now)))

    return made


def _bacteria(course: Course, day: int) -> Columns:
    return Columns("mean", (-np.log10(course.at("bacteria", day)),))


def clear(course: Course, day: int | None) -> NDArray[np.bool_]:
    """Who is clear or almost clear, by counts: IGA 0 or 1."""
    return clear_by(lesions_at(course, day), course.parameters)


def clear_by(now: Mapping[str, Numbers], of: Parameters) -> NDArray[np.bool_]:
    """Whose counts are those of clear or almost clear skin."""
    few = now["papules_pustules"] <= of["clear_inflamed"]
    few &= now["comedones"] <= of["clear_comedones"]
    few &= now["nodules"] < of["clear_nodules"]
    return few


def inflamed_by(now: Mapping[str, Numbers], of: Parameters) -> NDArray[np.bool_]:
    """Who has more inflamed lesions than when almost clear: what scars are made of."""
    many = now["papules_pustules"] > of["clear_inflamed"]
    many |= now["nodules"] >= of["clear_nodules"]
    return many


def _clear(course: Course, day: int) -> Columns:
    return Columns("mean", (clear(course, day).astype(float),))


def _flare(limit: str) -> Callable[[Course, int], Columns]:
    def made(course: Course, day: int) -> Columns:
        refractory = course.people["refractory"]
        most = (1 - refractory) * course.at("papules_most", day) + refractory
        return Columns("mean", ((most > course.parameters[limit]).astype(float),))

    return made


def ratio_of(course: Course, definition: str) -> float:
    """The hazard under a definition of relapse by that of systemic treatment."""
    return course.parameters[definition] if definition else 1.0


def rise_by(course: Course, after: Any) -> Any:
    """The share of the whole hazard that has come so many weeks after the drug, or after each."""
    months = after * DAYS_IN_A_WEEK / DAYS_IN_A_MONTH
    return -np.expm1(-course.parameters["relapse_rate"] * months)


def hazard_by(course: Course, definition: str, after: float) -> Numbers:
    """Everyone's cumulative hazard of relapse by so many weeks after the drug."""
    by_then: Numbers = course.hazard * ratio_of(course, definition) * rise_by(course, after)
    return by_then


def relapsed(course: Course, definition: str, after: float) -> NDArray[np.bool_]:
    """Who has relapsed by so many weeks after the drug, under a definition."""
    found: NDArray[np.bool_] = course.people["luck"] <= hazard_by(course, definition, after)
    return found


def _relapse(quantity: str, course: Course, after: float) -> Columns:
    if quantity == "relapse_within_share":
        times = (after, _FOLLOWED)
        drawn = tuple(relapsed(course, "", each).astype(float) for each in times)
        return Columns("among", drawn, tuple(_chance(course, "", each) for each in times))
    definition = RELAPSE[quantity]
    drawn = (relapsed(course, definition, after).astype(float),)
    return Columns("mean", drawn, (_chance(course, definition, after),))


def _chance(course: Course, definition: str, after: float) -> Numbers:
    made: Numbers = -np.expm1(-hazard_by(course, definition, after))
    return made


def triglycerides(course: Course, day: int | None) -> Numbers:
    """Everyone's own level, without the scatter of the laboratory."""
    people = course.people
    effect = 1 + people["triglycerides_effect"] * course.at("lipid", day)
    made: Numbers = people["triglycerides"] * effect
    return made


def alt(course: Course, day: int | None) -> Numbers:
    """Everyone's own level; a rare large rise comes whatever the dose, as long as there is one."""
    people, of, effect = course.people, course.parameters, course.at("lipid", day)
    made: Numbers = effect - of["tolerance"] * course.at("tolerance", day)
    np.maximum(made, 0, out=made)
    made *= people["alt"] * people["alt_effect"]
    made += people["alt"]
    few = np.flatnonzero(people["alt_tail"] > 0)
    large = (people["alt"] * people["alt_tail_fold"])[few]
    made[..., few] = np.where(effect[..., few] > 0, large, made[..., few])
    return made


def _triglycerides(course: Course, day: int) -> Columns:
    return Columns("mean", (triglycerides(course, day) - triglycerides(course, 0),))


def _alt(course: Course, day: int) -> Columns:
    return Columns("rise", (alt(course, day), alt(course, 0)))


def _drawn_over(which: int, times: float, new: bool) -> Callable[[Course, int], Columns]:
    """Who was over a limit at any draw of blood by then; `new` leaves out who was before."""

    def made(course: Course, day: int) -> Columns:
        of, noise = course.parameters, np.exp(course.parameters["lab_noise"] * 1.0)
        level = (triglycerides, alt)[which]
        name = ("triglycerides_limits", "alt_upper_limit")[which]
        scatter = noise ** blood_noise(course.people)[which]
        limit = of[name] * times
        ever = np.zeros(len(course.people), np.bool_)
        for number, each in enumerate(needed_days("_over_", day)):
            drawn = level(course, each) * scatter[1 + number % (DRAWS_OF_BLOOD - 1)]
            ever |= drawn > limit
        at_risk = level(course, 0) * scatter[0] <= limit if new else np.ones_like(ever)
        return Columns("among", ((ever & at_risk).astype(float), at_risk.astype(float)))

    return made


def _lipid(name: str, sign: int) -> Callable[[Course, int], Columns]:
    def made(course: Course, day: int) -> Columns:
        rise = sign * PERCENT * course.people[name] * course.at("lipid", day)
        return Columns("mean", (rise,))

    return made


def _dry(name: str) -> Callable[[Course, int], Columns]:
    def made(course: Course, day: int) -> Columns:
        ever = course.at("dryness_most", day) > course.people[name]
        return Columns("mean", (ever.astype(float),))

    return made


def _myalgia(course: Course, day: int) -> Columns:
    of = course.parameters
    months = float(course.plan.on_drug[:day].sum()) / DAYS_IN_A_MONTH
    total = (months / of["myalgia_time"]) ** of["myalgia_shape"]
    drawn = (course.people["myalgia_luck"] <= total).astype(float)
    return Columns("mean", (drawn,), (np.full_like(drawn, -math.expm1(-total)),))


_MADE: dict[str, Callable[[Course, int], Columns]] = {
    "sebum_fall_pct": _state("sebum"),
    "gland_size_fall_pct": _state("gland"),
    "follicular_cast_fall_pct": _state("keratin"),
    "c_acnes_fall_log10": _bacteria,
    "clear_share": _clear,
    "flare_share": _flare("flare_any"),
    "severe_flare_share": _flare("flare_severe"),
    "triglycerides_rise_mg_dl": _triglycerides,
    "triglycerides_over_200_share": _drawn_over(0, 1.0, True),
    "triglycerides_over_500_share": _drawn_over(0, 2.5, False),
    "alt_rise_pct": _alt,
    "alt_over_uln_share": _drawn_over(1, 1.0, True),
    "alt_over_5x_uln_share": _drawn_over(1, float(_OVER_5_TIMES), False),
    "total_cholesterol_rise_pct": _lipid("cholesterol_effect", 1),
    "ldl_rise_pct": _lipid("ldl_effect", 1),
    "hdl_rise_pct": _lipid("hdl_effect", -1),
    "cheilitis_share": _dry("dry_lips"),
    "dry_skin_share": _dry("dry_skin"),
    "dry_eyes_share": _dry("dry_eyes"),
    "nosebleed_share": _dry("nosebleed"),
    "myalgia_share": _myalgia,
}
_MORE = {"dry_skin_share", "dry_eyes_share", "nosebleed_share"}  # beyond those of a trial file
assert QUANTITIES.keys() >= _MADE.keys() - _MORE  # noqa: S101
