"""Capsules that exist: which doses they can make up, and how a dose is best made up of them.

All doses and strengths are whole micrograms; `strengths` are those on the market. A capsule is
taken whole.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil

Strengths = tuple[int, ...]
_MICROGRAMS_IN_A_MILLIGRAM = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """The capsules of one day, largest first, divided into its doses."""

    doses: tuple[tuple[int, ...], ...]

    @property
    def capsules(self) -> tuple[int, ...]:
        """Every capsule of the day, largest first."""
        return tuple(sorted((each for dose in self.doses for each in dose), reverse=True))

    @property
    def total(self) -> int:
        """The dose of the day."""
        return sum(self.capsules)

    def __str__(self) -> str:
        """The plan in words: "20 mg x 1, 10 mg x 1"."""
        counted = Counter(self.capsules)
        return ", ".join(f"{in_milligrams(each):g} mg x {n}" for each, n in counted.items())


def in_milligrams(micrograms: int) -> int | float:
    """Milligrams as people write them: a whole number where it is one."""
    whole, rest = divmod(micrograms, _MICROGRAMS_IN_A_MILLIGRAM)
    return whole if rest == 0 else micrograms / _MICROGRAMS_IN_A_MILLIGRAM


@lru_cache(maxsize=1024)
def fewest(most: int, strengths: Strengths) -> dict[int, tuple[int, ...]]:
    """For each dose up to `most` that whole capsules can make up, the fewest that do.

    Of equally few the fewest different strengths, then those with the larger capsules.
    """
    best: dict[int, tuple[int, ...]] = {0: ()}
    waiting = [0]
    for made in waiting:
        for strength in strengths:
            dose = made + strength
            if dose > most:
                continue
            if dose not in best:
                waiting.append(dose)
            capsules = tuple(sorted((*best[made], strength), reverse=True))
            if dose not in best or _burden(capsules) < _burden(best[dose]):
                best[dose] = capsules
    return best


def _burden(capsules: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
    return len(capsules), len(set(capsules)), tuple(-each for each in capsules)


@lru_cache(maxsize=1024)
def doses_up_to(most: int, strengths: Strengths) -> tuple[int, ...]:
    """Every dose above zero that whole capsules can make up, none above `most`, in order."""
    return tuple(sorted(each for each in fewest(most, strengths) if each))


def nearest(dose: int | Fraction, strengths: Strengths) -> int | None:
    """The dose that capsules can make up nearest to this one; of two the lower.

    None without any capsule.
    """
    held = _around(ceil(dose), strengths)
    return min(held, key=lambda each: (abs(each - dose), each), default=None)


def at_most(dose: int, strengths: Strengths) -> int | None:
    """The highest dose that capsules can make up and that is not above this one."""
    return max((e for e in _around(dose, strengths) if e <= dose), default=None)


def next_above(dose: int, strengths: Strengths) -> int | None:
    """The next higher dose that capsules can make up."""
    return min((e for e in _around(dose, strengths) if e > dose), default=None)


def _around(dose: int, strengths: Strengths) -> tuple[int, ...]:
    """The doses up to some above this one; the same for many doses, so that they are kept."""
    largest = max(strengths, default=1)
    return doses_up_to((dose // largest + 2) * largest, strengths)


def plan(dose: int, strengths: Strengths, twice: bool = False) -> Plan | None:
    """The capsules that make up exactly this dose; None when none do.

    Once a day: the fewest. Twice a day: divided as evenly as capsules allow, then the fewest.
    """
    held = fewest(max(0, dose), strengths)
    if dose <= 0 or dose not in held:
        return None
    if not twice:
        return Plan((held[dose],))
    larger = min(each for each in held if each >= ceil(dose / 2) and dose - each in held)
    return Plan(tuple(held[each] for each in (larger, dose - larger) if each))
