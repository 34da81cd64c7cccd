"""What is likely, week by week: people are summarised as they come.

Sums and counts in bins are all that is kept, so that ten million people need no more memory than
ten thousand. A share is of people; `by` a week means at its end or at any end of a week before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from isocourse.models.outcomes import (
    DRY,
    alt,
    clear_by,
    inflamed_by,
    lesion_at,
    ratio_of,
    relapsed,
    rise_by,
    triglycerides,
)
from isocourse.models.people import DAYS_IN_A_MONTH
from isocourse.models.quantities import RELAPSE
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.models.running import Course

Numbers = NDArray[np.float64]
BINS = 2000
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Shown:
    """A quantity that is told by week: unit, the range of its bins, and how it is had."""

    unit: str
    most: float
    of: Callable[[Course, int | None], Numbers]


def _state(name: str) -> Callable[[Course, int | None], Numbers]:
    return lambda course, day: course.at(name, day)


def _lesions(name: str) -> Callable[[Course, int | None], Numbers]:
    return lambda course, day: lesion_at(course, name, day)


SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        "sebum": Shown("share of before", 1.2, _state("sebum")),
        "c_acnes": Shown("share of before", 1.2, _state("bacteria")),
        "comedones": Shown("count", 300.0, _lesions("comedones")),
        "papules_pustules": Shown("count", 300.0, _lesions("papules_pustules")),
        "nodules": Shown("count", 150.0, _lesions("nodules")),
        "isotretinoin": Shown("ng/mL, mean of the day", 4000.0, _state("concentration")),
        "triglycerides": Shown("mg/dL", 1500.0, triglycerides),
        "alt": Shown("U/L", 600.0, alt),
    }
)
MONTHS = 36
"""Months after the drug for which relapse is told."""
_FOLLOWED = 156  # weeks


@dataclass(frozen=True, slots=True)
class Limit:
    """A level of something in blood that means something, mg/dL or U/L."""

    name: str
    of: str  # triglycerides or alt
    above: float


@dataclass
class Forecast:
    """What is likely, week by week: means, quantiles, and shares of people."""

    weeks: NDArray[np.int64]
    people: int = 0
    means: dict[str, Numbers] = field(default_factory=dict)
    quantiles: dict[str, Numbers] = field(default_factory=dict)  # [quantile, week]
    clear: Numbers = field(default_factory=lambda: np.empty(0))  # share clear or almost clear
    clear_by: Numbers = field(default_factory=lambda: np.empty(0))  # share that was so by then
    dry: dict[str, Numbers] = field(default_factory=dict)  # share with each symptom of dryness
    dry_by: dict[str, Numbers] = field(default_factory=dict)  # share that had it by then
    over: dict[str, Numbers] = field(
        default_factory=dict
    )  # share above each limit by then, from the week asked on
    relapse: dict[str, float] = field(default_factory=dict)  # share within three years, by what
    relapse_by: dict[str, Numbers] = field(default_factory=dict)  # share, month by month after
    weeks_inflamed: float = 0.0  # mean, with more inflamed lesions than when almost clear
    taken_mg: float = 0.0

    def at(self, quantity: str, week: int) -> dict[str, float]:
        """A quantity in a week: its mean and its quantiles."""
        row = int(np.searchsorted(self.weeks, week))
        if row == len(self.weeks) or self.weeks[row] != week or quantity not in self.means:
            raise KeyError(
                f"found {quantity!r} in week {week}, expected one of {', '.join(SHOWN)} in a week "
                f"from {self.weeks[0]} to {self.weeks[-1]}."
            )
        told = {
            f"{q:.0%}": float(self.quantiles[quantity][k, row]) for k, q in enumerate(QUANTILES)
        }
        return {"mean": float(self.means[quantity][row]), **told}


class Bins:
    """Counts in bins by week, for each core of its people; their order does not matter."""

    def __init__(self, weeks: int, cores: int) -> None:
        """Start with nobody."""
        self.of = {name: np.zeros((cores, weeks, BINS), np.int32) for name in SHOWN}


class Sums:
    """Sums over people. Parts are added in their order, so that any number of cores gives these."""

    def __init__(self, weeks: int) -> None:
        """Start with nobody."""
        self.weeks, self.people, self.taken = weeks, 0, 0.0
        self.sums = {name: np.zeros(weeks) for name in SHOWN}
        self.weekly: dict[str, Numbers] = {}
        self.limits: list[str] = []
        self.monthly = {name: np.zeros(MONTHS) for name in RELAPSE}
        self.relapsed = dict.fromkeys(RELAPSE, 0.0)
        self.inflamed = 0.0

    def add(self, part: "Sums") -> None:
        """Count some more people."""
        for name, sums in part.sums.items():
            self.sums[name] += sums
        for name, count in part.relapsed.items():
            self.relapsed[name] += count
        for name, weekly in part.weekly.items():
            self.weekly[name] = self.weekly[name] + weekly if name in self.weekly else weekly
        for name, monthly in part.monthly.items():
            self.monthly[name] += monthly
        self.limits = part.limits
        self.inflamed += part.inflamed
        self.people += part.people
        self.taken += part.taken

    def told(self, bins: Bins) -> Forecast:
        """The summary of everyone."""
        shares = {name: count / self.people for name, count in self.weekly.items()}
        return Forecast(
            np.arange(1, self.weeks + 1),
            self.people,
            {name: total / self.people for name, total in self.sums.items()},
            {name: self._quantiles(name, counts) for name, counts in bins.of.items()},
            shares["clear"],
            shares["clear_by"],
            {name: shares[name] for name in DRY},
            {name: shares[f"{name}_by"] for name in DRY},
            {name: shares[f"over_{name}_by"] for name in self.limits},
            {name: count / self.people for name, count in self.relapsed.items()},
            {name: count / self.people for name, count in self.monthly.items()},
            self.inflamed / self.people,
            self.taken / self.people,
        )

    def _quantiles(self, name: str, bins: NDArray[np.int32]) -> Numbers:
        """Quantiles by week, off by less than a bin."""
        from isocourse.models.kernel.tally import quantiles

        made = np.empty((len(QUANTILES), self.weeks))
        quantiles(bins, np.array(QUANTILES), 0.0, SHOWN[name].most, made)
        return made


def summed(
    course: Course, bins: Bins, core: int, limits: Sequence[Limit] = (), since: int = 0
) -> Sums:
    """The sums over the people of a part, who are counted in the bins of a core as well."""
    from isocourse.models.kernel.tally import tally

    made = Sums(len(course.plan.written))
    few = replace(course, people=course.people.in_single())
    levels = {name: each.of(few, None) for name, each in SHOWN.items()}
    for name, each in SHOWN.items():
        tally(levels[name], 0.0, each.most, made.sums[name], bins.of[name][core])
    made.weekly |= _counted("clear", clear_by(levels, course.parameters))
    for name, limit in DRY.items():
        most = few.at("dryness_most", None) > few.people[limit]
        now = few.at("dryness", None) > few.people[limit]
        made.weekly |= _counted(name, now) | {f"{name}_by": _counted(name, most)[name]}
    for each_limit in limits:
        above = levels[each_limit.of] > each_limit.above
        above[:since] = False
        made.weekly |= _counted(f"over_{each_limit.name}", above)
        made.limits.append(each_limit.name)
    for name, definition in RELAPSE.items():
        made.relapsed[name] = float(relapsed(course, definition, _FOLLOWED).sum())
        made.monthly[name] = _by_month(course, definition)
    made.inflamed = float(np.count_nonzero(inflamed_by(levels, course.parameters)))
    made.people = len(course.people)
    made.taken = float(course.taken_mg.sum())
    return made


def _counted(name: str, held: NDArray[np.bool_]) -> dict[str, Numbers]:
    """In how many something holds, week by week; under `_by`, in how many it ever has."""
    from isocourse.models.kernel.tally import count

    now, by = np.empty(len(held)), np.empty(len(held))
    count(held, now, by)
    return {name: now, f"{name}_by": by}


def _by_month(course: Course, definition: str) -> Numbers:
    """How many have relapsed by each month after the drug."""
    weeks = np.arange(1, MONTHS + 1) * DAYS_IN_A_MONTH / DAYS_IN_A_WEEK
    rise = rise_by(course, weeks)
    total = np.maximum(course.hazard * ratio_of(course, definition), np.finfo(float).tiny)
    first = np.searchsorted(rise, course.people["luck"] / total)  # the month of each relapse
    made: Numbers = np.cumsum(np.bincount(first, minlength=MONTHS + 1)[:MONTHS]).astype(np.float64)
    return made
