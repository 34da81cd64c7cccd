"""Plans over several days: two doses in turn, a low dose on some days, a dose that steps down.

Doses and strengths are whole micrograms. Which mean dose or which taper is wanted is the
prescriber's choice: these functions only find the capsules that come nearest to it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from isocourse.course.dosing.capsules import Plan, Strengths, doses_up_to, fewest, nearest

A_WEEK = 7


@dataclass(frozen=True, slots=True)
class LowDose:
    """One capsule on some days of a cycle."""

    strength: int
    days_on: int
    cycle_days: int

    @property
    def mean(self) -> Fraction:
        """The mean daily dose."""
        return Fraction(self.strength * self.days_on, self.cycle_days)


@lru_cache(maxsize=1024)
def alternating(mean: int, strengths: Strengths) -> tuple[Plan, Plan] | None:
    """Two doses, one day and the next, whose mean comes nearest to the one wanted.

    Of two means equally near the lower; then the two doses that differ least. The second may be
    none at all, which is a dose every other day. None without any capsule.
    """
    doses = (0, *doses_up_to(2 * mean + max(strengths, default=0), strengths))
    pairs = [(a, b) for a in doses[1:] for b in _beside(a, 2 * mean - a, doses)]
    if not pairs:
        return None
    a, b = min(pairs, key=lambda pair: (abs(sum(pair) - 2 * mean), sum(pair), pair[0] - pair[1]))
    held = fewest(a, strengths)
    return Plan((held[a],)), Plan((held[b],) if b else ())


def _beside(dose: int, wanted: int, doses: Sequence[int]) -> set[int]:
    """The doses on either side of the one wanted, none above the dose beside which they stand."""
    place = bisect_left(doses, wanted)
    around = doses[max(0, place - 1) : place + 1]
    return {min(dose, each) for each in around}


def low_dose(mean: int, strengths: Strengths, longest_cycle: int = A_WEEK) -> LowDose | None:
    """One capsule on some days of a cycle, at the mean daily dose nearest to the one wanted.

    Of equally near ones the lower, then the shorter cycle. None without any capsule.
    """
    ways = [
        LowDose(strength, on, cycle)
        for strength in strengths
        for cycle in range(1, longest_cycle + 1)
        for on in range(1, cycle + 1)
    ]
    return min(
        ways,
        key=lambda way: (abs(way.mean - mean), way.mean, way.cycle_days, -way.strength),
        default=None,
    )


def tapered(first: int, last: int, steps: int, strengths: Strengths) -> tuple[int, ...]:
    """Daily doses that step down evenly from the first to the last, each made up of capsules.

    One for each step, both ends included; none is higher than the one before. Each is the dose
    nearest to an even descent, of two the lower; only the last may be none at all.
    """
    if steps < 2 or not 0 <= last <= first or not strengths:
        raise ValueError(f"{first} to {last} µg in {steps} steps: expected capsules and a descent.")
    fall = Fraction(first - last, steps - 1)
    doses = [nearest(first - fall * step, strengths) or 0 for step in range(steps)]
    return (*doses[:-1], doses[-1] if last else 0)
