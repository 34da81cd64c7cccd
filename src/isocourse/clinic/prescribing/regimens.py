"""How a dose is taken: every day, every other day, two in turn, on some days, or stepping down.

The capsules of each come from the engine's plans. A prescription says one daily dose: where doses
differ, it says their mean, and how they are taken stands beside it, for people and on paper.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.course.dosing import Plan, alternating, low_dose, plan, tapered
from isocourse.course.dosing.capsules import Strengths, in_milligrams

DAILY, ALTERNATE, IN_TURN, SOME_DAYS, TAPER = "daily", "alternate", "in_turn", "some_days", "taper"
WAYS = [
    (DAILY, _("every day")),
    (ALTERNATE, _("every other day")),
    (IN_TURN, _("two doses in turn")),
    (SOME_DAYS, _("one capsule on some days")),
    (TAPER, _("stepping down")),
]
KEPT = "x-regimen"
"""Where a prescription keeps how it is taken; no rule reads it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants: doses in µg, and over how many days."""

    way: str
    dose: int
    days: int
    twice: bool
    last: int = 0
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """The same dose on some days with a dose."""

    made: Plan
    days: int


@dataclass(frozen=True, slots=True)
class Regimen:
    """What is taken: the dose a prescription says, µg, and the capsules behind it."""

    way: str
    daily: int
    phases: tuple[Phase, ...]
    on: int | None = None
    cycle: int | None = None

    @property
    def highest(self) -> int:
        """The highest dose of one day."""
        return max(each.made.total for each in self.phases)

    @property
    def packs(self) -> list[dict[str, int | float]]:
        """The capsules of the whole, as a prescription names them."""
        counted: Counter[int] = Counter()
        for phase in self.phases:
            for capsule in phase.made.capsules:
                counted[capsule] += phase.days
        ordered = sorted(counted.items(), reverse=True)
        return [{"mg": in_milligrams(mcg), "quantity": n} for mcg, n in ordered]

    @property
    def kept(self) -> dict[str, Any]:
        """How it is taken, where the dose alone does not say it."""
        if self.way not in (IN_TURN, TAPER):
            return {}
        phases = [
            {"mg": [in_milligrams(e) for e in p.made.capsules], "days": p.days} for p in self.phases
        ]
        return {KEPT: {"way": self.way, "phases": phases}}


def regimen(wanted: Wanted, strengths: Strengths) -> Regimen | None:
    """The capsules for what is wanted; None when no capsules make it up."""
    ways = {IN_TURN: _in_turn, SOME_DAYS: _some_days, TAPER: _stepping_down}
    return ways.get(wanted.way, _even)(wanted, strengths)


def _even(wanted: Wanted, strengths: Strengths) -> Regimen | None:
    """The same dose on every day, or every other day."""
    made = plan(wanted.dose, strengths, wanted.twice)
    if made is None:
        return None
    if wanted.way == ALTERNATE:
        return Regimen(ALTERNATE, wanted.dose, (Phase(made, (wanted.days + 1) // 2),), 1, 2)
    return Regimen(DAILY, wanted.dose, (Phase(made, wanted.days),))


def _in_turn(wanted: Wanted, strengths: Strengths) -> Regimen | None:
    """Two doses, the lower first, so that an odd number of days never takes more than the mean."""
    pair = alternating(wanted.dose, strengths)
    if pair is None:
        return None
    high, low = (plan(each.total, strengths, wanted.twice) or each for each in pair)
    if low.total == 0 or low.total == high.total:
        way = ALTERNATE if low.total == 0 else DAILY
        return _even(Wanted(way, high.total, wanted.days, wanted.twice), strengths)
    phases = Phase(low, (wanted.days + 1) // 2), Phase(high, wanted.days // 2)
    return Regimen(IN_TURN, ceil(Fraction(low.total + high.total, 2)), phases)


def _some_days(wanted: Wanted, strengths: Strengths) -> Regimen | None:
    """One capsule on some days of each cycle."""
    found = low_dose(wanted.dose, strengths)
    if found is None:
        return None
    whole, rest = divmod(wanted.days, found.cycle_days)
    phase = Phase(Plan(((found.strength,),)), whole * found.days_on + min(rest, found.days_on))
    if found.days_on == found.cycle_days:
        return Regimen(DAILY, found.strength, (phase,))
    return Regimen(SOME_DAYS, found.strength, (phase,), found.days_on, found.cycle_days)


def _stepping_down(wanted: Wanted, strengths: Strengths) -> Regimen | None:
    """Doses that step down evenly; days that are left over go to the last, the lowest."""
    doses = tapered(wanted.dose, wanted.last, wanted.steps, strengths)
    each, left = divmod(wanted.days, wanted.steps)
    days = [each] * (wanted.steps - 1) + [each + left]
    made = [plan(dose, strengths, wanted.twice) for dose in doses]
    if None in made:
        return None
    phases = tuple(Phase(p, n) for p, n in zip(made, days, strict=True) if p is not None and n)
    total = sum(phase.made.total * phase.days for phase in phases)
    return Regimen(TAPER, ceil(Fraction(total, wanted.days)), phases)


def lines(written: Mapping[str, Any]) -> list[str]:
    """How a prescription is taken, in a line for each of its doses; none where it is even."""
    kept = written.get(KEPT)
    if not kept:
        return _of_a_cycle(written)
    said = [(" + ".join(f"{mg:g} mg" for mg in e["mg"]), e["days"]) for e in kept["phases"]]
    if kept["way"] == IN_TURN:
        (low, _days), (high, _more) = said
        words = {"low": low, "high": high}
        return [_now("In turn, begun with the lower: %(low)s one day, %(high)s the next.") % words]
    return [_now("%(days)s days: %(dose)s a day.") % {"days": n, "dose": d} for d, n in said]


def _of_a_cycle(written: Mapping[str, Any]) -> list[str]:
    on, cycle = written.get("days_on"), written.get("cycle_days")
    if not cycle or (on, cycle) == (1, 2):
        return []
    said = {"on": on, "cycle": cycle}
    return [_now("On %(on)s of every %(cycle)s days, and none on the others.") % said]
