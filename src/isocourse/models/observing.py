"""How likely what was observed is for each twin, and where it stands among what twins would show.

Day 0 is that of the first capsule; what was observed on it or before is held against the skin and
blood without the drug.

- a count of lesions: negative binomial about the twin's own, with the scatter between two looks
- a laboratory value: log-normal about the twin's own level, with the scatter of the laboratory
- IGA: clear or almost clear, or not, as the twin's counts say, mostly
- a symptom of dryness: recorded, mostly, where the twin's dryness is above the twin's own limit
- acne back, or not yet, so many days after the drug: the twin's luck says whether
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from isocourse.models.outcomes import DRY, alt, clear, lesion_at, relapsed, triglycerides
from isocourse.models.people import LESIONS
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.models.running import Course

Numbers = NDArray[np.float64]
LABS: Mapping[str, Callable[[Course, int], Numbers]] = MappingProxyType(
    {"triglycerides": triglycerides, "alt": alt}
)
"""Levels in mg/dL and U/L. Of cholesterol the model knows the rise and not the level."""
RELAPSE_NOW, NO_RELAPSE = "relapse", "no_relapse"
IGA = "iga"
_CLEAR = 1  # the highest IGA that is called clear or almost clear
_NEVER = -1e3  # log-likelihood of what a twin cannot show: weighed as nothing, and still a number


@dataclass(frozen=True, slots=True)
class Observed:
    """Something that was observed: `day` from the first capsule, `what` as in the course file."""

    day: int
    what: str
    value: float = 1.0
    event: str = ""
    definition: str = ""  # of a relapse, as a parameter's name; "" for systemic treatment


def is_known(what: str) -> bool:
    """Whether the model has anything that can be held against it."""
    return what in (*LESIONS, *LABS, *DRY, IGA, RELAPSE_NOW, NO_RELAPSE)


def needed(observed: Sequence[Observed]) -> list[int]:
    """The days that have to be written down."""
    return sorted({each.day for each in observed if each.day > 0})


def log_likelihood(course: Course, each: Observed) -> Numbers:
    """For each twin the logarithm of how likely this observation is, but for a constant."""
    of = course.parameters
    if each.what in LESIONS:
        return _count(each.value, lesion_at(course, each.what, each.day), of["count_scatter"])
    if each.what in LABS:
        apart = (np.log(each.value) - np.log(LABS[each.what](course, each.day))) / of["lab_noise"]
        made: Numbers = -0.5 * apart**2
        return made
    if each.what in DRY:
        dry = course.at("dryness", each.day) > course.people[DRY[each.what]]
        return np.log(np.where(dry, of["symptom_told"], of["symptom_told_without"]))
    if each.what == IGA:
        same = clear(course, each.day) == (each.value <= _CLEAR)
        return np.log(np.where(same, of["score_agrees"], 1 - of["score_agrees"]))
    back = relapsed(course, each.definition, _weeks_after(course, each.day))
    return np.where(back == (each.what == RELAPSE_NOW), 0.0, _NEVER)


def _weeks_after(course: Course, day: int) -> float:
    return max(day - course.plan.last - 1, 0) / DAYS_IN_A_WEEK


def _count(seen: float, mean: Numbers, scatter: float) -> Numbers:
    """Negative binomial with the variance mean + (scatter * mean) squared."""
    size = scatter**-2
    mean = np.maximum(mean, 1e-6)
    made: Numbers = seen * np.log(mean / (mean + size)) - size * np.log1p(mean / size)
    return made


def shown(course: Course, each: Observed, stream: np.random.Generator) -> Numbers | None:
    """What each twin would show in its place; None for what is only there or not."""
    of = course.parameters
    if each.what in LESIONS:
        mean = lesion_at(course, each.what, each.day)
        size = of["count_scatter"] ** -2
        return stream.poisson(mean * stream.gamma(size, 1 / size, len(mean))).astype(np.float64)
    if each.what in LABS:
        level = LABS[each.what](course, each.day)
        made: Numbers = level * np.exp(of["lab_noise"] * stream.standard_normal(len(level)))
        return made
    return None
