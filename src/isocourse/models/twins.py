"""Virtual twins of one patient: people who could be this one, by everything that was observed.

They are drawn from the population like anyone, and weighed by how likely each would have shown
what the patient showed. Where few would count, the observations are let in little by little
(tempered), and between the steps each twin tries moves that leave the population as it is
(preconditioned Crank-Nicolson): so thousands of different twins are left, all of the same weight.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isocourse.models.chance import Drawn, draws
from isocourse.models.observing import Observed, log_likelihood, needed, shown
from isocourse.models.parameters import Parameters
from isocourse.models.people import People, Population, people_of
from isocourse.models.regimen import Phase
from isocourse.models.running import Course, Taking, run

Numbers = NDArray[np.float64]
Told = Callable[[float], None]
FEWEST = 0.5
"""Share of the twins that have to count at each step; below it, fewer observations are let in."""
MOVES = 4
_FIRST_STRIDE, _WISHED, _REDRAWN = 0.4, 0.3, 0.2
_NEARLY = 1e-3  # of the observations: a rest that is let in with the step before
_NOTHING = Phase(0.0, 1)


@dataclass(frozen=True, slots=True)
class Against:
    """Where an observation stands among what the twins would have shown before it was known."""

    seen: Observed
    lower: float  # share of twins that would show less, half of those that show the same
    usual: tuple[float, float]  # what nine in ten would show


@dataclass(frozen=True)
class Twins:
    """People who could be this one, all of the same weight."""

    people: People
    who: Population
    drawn: Drawn
    counted: float  # how many of the first twins would have counted, had they been weighed once
    refreshed: int  # steps in which the observations were let in
    distinct: int  # twins of the first draw from whom those that are left descend
    moved: float  # share of tried moves that were taken, in the last step
    against: tuple[Against, ...]


@dataclass(frozen=True)
class Past:
    """What the patient has taken so far and what was observed."""

    taking: Taking
    observed: Sequence[Observed]


def twins(
    who: Population,
    of: Parameters,
    past: Past,
    count: int = 10_000,
    seed: int = 1,
    threads: int | None = None,
    told: Told = lambda share: None,
) -> Twins:
    """So many twins of a patient; `told` gets the share of the observations that is let in."""
    stream = np.random.Generator(np.random.Philox(key=np.array([seed, 11], np.uint64)))
    drawn = draws(of, count, seed)
    lived = _lived(who, of, past, seed, threads)
    course = lived(drawn)
    against = tuple(_against(course, past.observed, stream))
    likely = _likely(course, past.observed)
    counted, in_, refreshed, moved, stride = effective(likely), 0.0, 0, 1.0, _FIRST_STRIDE
    origin = np.arange(count)
    while in_ < 1.0 and past.observed:
        next_ = _next(likely, in_)
        chosen = _resampled((next_ - in_) * likely, stream)
        drawn, likely, origin = drawn.of(chosen), likely[chosen], origin[chosen]
        in_, refreshed = next_, refreshed + 1
        for _ in range(MOVES):
            near = _moved(drawn, stride, stream)
            drawn, likely, taken = _tried(lived, past.observed, drawn, near, likely, in_, stream)
            moved = float(taken.mean())
            stride = float(np.clip(stride * np.exp(moved - _WISHED), 0.02, 0.95))
        told(in_)
    if refreshed:  # copies of one twin share no luck, as far as nothing observed hangs on it
        lucky = _lucky(drawn, stream)
        drawn, _, _ = _tried(lived, past.observed, drawn, lucky, likely, 1.0, stream)
    return Twins(
        people_of(who, of, drawn, seed), who, drawn, counted, refreshed,
        len(np.unique(origin)), moved, against,
    )  # fmt: skip


def _tried(
    lived: Callable[[Drawn], Course], observed: Sequence[Observed], drawn: Drawn, other: Drawn,
    likely: Numbers, in_: float, stream: np.random.Generator,
) -> tuple[Drawn, Numbers, NDArray[np.bool_]]:  # fmt: skip
    """Each twin or the other one, as likely as they are (Metropolis); and who moved."""
    then = _likely(lived(other), observed)
    taken = np.log(stream.random(len(likely))) < in_ * (then - likely)
    return _where(taken, other, drawn), np.where(taken, then, likely), taken


def effective(likely: Numbers) -> float:
    """How many of some people count when each weighs as much as it is likely (Kish)."""
    weights = np.exp(likely - likely.max())
    return float(weights.sum() ** 2 / (weights**2).sum())


def _lived(
    who: Population, of: Parameters, past: Past, seed: int, threads: int | None
) -> Callable[[Drawn], Course]:
    days = needed(past.observed) or [1]

    def lived(drawn: Drawn) -> Course:
        return run(people_of(who, of, drawn, seed), of, past.taking, days, threads)

    return lived


def _likely(course: Course, observed: Sequence[Observed]) -> Numbers:
    made = np.zeros(len(course.people))
    for each in observed:
        made += log_likelihood(course, each)
    return made


def _next(likely: Numbers, in_: float) -> float:
    """The largest share of the observations with which enough twins still count."""
    enough = FEWEST * len(likely)
    if effective((1.0 - in_) * likely) >= enough:
        return 1.0
    low, high = 0.0, 1.0 - in_
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if effective(middle * likely) >= enough else (low, middle)
    return 1.0 if in_ + low > 1.0 - _NEARLY else in_ + max(low, _NEARLY)


def _resampled(logs: Numbers, stream: np.random.Generator) -> NDArray[np.int64]:
    """Who is kept, and how often: as often as they weigh, within one (systematic)."""
    weights = np.exp(logs - logs.max())
    ladder = np.cumsum(weights) / weights.sum()
    count = len(logs)
    places = (np.arange(count) + stream.random()) / count
    made: NDArray[np.int64] = np.minimum(np.searchsorted(ladder, places), count - 1)
    return made


def _moved(drawn: Drawn, stride: float, stream: np.random.Generator) -> Drawn:
    """Someone else near each twin; some draw their luck anew. Leaves the population as it is."""
    fresh = stream.standard_normal(drawn.scores.shape)
    scores = np.sqrt(1 - stride**2) * drawn.scores + stride * fresh
    anew = stream.random(len(drawn.luck)) < _REDRAWN
    luck = np.where(anew, stream.standard_exponential(len(anew)), drawn.luck)
    chance = np.where(anew, stream.random(drawn.chance.shape), drawn.chance)
    return Drawn(scores, luck, chance)


def _lucky(drawn: Drawn, stream: np.random.Generator) -> Drawn:
    """The same people with other luck."""
    luck, chance = stream.standard_exponential(len(drawn.luck)), stream.random(drawn.chance.shape)
    return Drawn(drawn.scores, luck, chance)


def _where(taken: NDArray[np.bool_], one: Drawn, other: Drawn) -> Drawn:
    return Drawn(
        np.where(taken, one.scores, other.scores),
        np.where(taken, one.luck, other.luck),
        np.where(taken, one.chance, other.chance),
    )


def _against(
    course: Course, observed: Sequence[Observed], stream: np.random.Generator
) -> list[Against]:
    found = []
    for each in observed:
        would = shown(course, each, stream)
        if would is None:
            continue
        lower = float((would < each.value).mean() + 0.5 * (would == each.value).mean())
        low, high = np.quantile(would, (0.05, 0.95))
        found.append(Against(each, lower, (float(low), float(high))))
    return found
