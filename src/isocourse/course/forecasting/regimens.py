"""Regimens side by side: the label's, low, tapered, every other day, and what the doctor types in.

Each is in capsules that exist, goes on from what was taken so far, and ends when the lower end of
the target is reached, or after the days over which regimens are compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from isocourse.course.dosing.capsules import (
    Strengths,
    at_most,
    fewest,
    in_milligrams,
    nearest,
    plan,
)
from isocourse.course.dosing.finish import daily_dose
from isocourse.course.dosing.plans import LowDose, low_dose, tapered
from isocourse.course.dosing.recommended import formulation_of, recommended
from isocourse.course.forecasting.seen import MICROGRAMS, Seen
from isocourse.models import Phase
from isocourse.models.regimen import DAYS_IN_A_WEEK

PREGNANT = "A pregnancy or a positive test is on record: no regimen is forecast."
_FORM = "mg a day such as 20, or 20/1of2 for every other day"
_TYPED = re.compile(r"(\d{1,3}(?:\.\d)?)(?:/(\d)(?:of|:)(\d))?")


@dataclass(frozen=True, slots=True)
class Regimen:
    """What is taken from now on, day after day, in a cycle; doses in µg."""

    key: str
    name: str
    dose: int  # of a day with a dose; of the first step of a taper
    capsules: str
    counts: tuple[int, ...] = (1,)  # capsules of a day with a dose, for each step
    steps: tuple[int, ...] = ()  # doses of a taper, a share of the whole each
    days_on: int = 1
    cycle_days: int = 1
    days: int = 0  # from now on, to the last dose
    total: int = 0  # µg from now on
    reaches_target: bool = False
    cites: tuple[str, ...] = ()
    above_label: bool = False  # more than the label allows at this weight

    @property
    def mean(self) -> Fraction:
        """The mean daily dose of a regimen without steps."""
        return Fraction(self.dose * self.days_on, self.cycle_days)

    @property
    def step_days(self) -> list[int]:
        """The days of each step; the days of all without steps."""
        return _step_days(self.total, self.steps or (self.dose,), self.days)

    @property
    def capsule_count(self) -> int:
        """Capsules from now on."""
        whole = zip(self.counts, self.step_days, strict=True)
        return sum(count * days for count, days in whole) * self.days_on // self.cycle_days

    def phases(self, per_day: int) -> tuple[Phase, ...]:
        """What is to come as the drug model takes it; nothing at all where no day is left."""
        return tuple(_phases(self, per_day))


def _phases(of: Regimen, per_day: int) -> Iterator[Phase]:
    if of.days <= 0:
        return
    steps = of.steps or (of.dose,)
    for dose, days in zip(steps, of.step_days, strict=True):
        if days:
            yield Phase(
                dose / MICROGRAMS, days / DAYS_IN_A_WEEK, unit="mg/day", doses_per_day=per_day,
                days_on=of.days_on, cycle_days=of.cycle_days,
            )  # fmt: skip


def _step_days(total: int, steps: Sequence[int], days: int) -> list[int]:
    """Days of each step, so that each gives the same share of the whole."""
    if len(steps) == 1:
        return [days]
    each = [round(total / len(steps) / dose) for dose in steps[:-1]]
    return [*each, max(days - sum(each), 1)]


class NotPossible(ValueError):
    """A regimen that is well written and that this patient cannot have; the text says why."""


def written(text: str) -> tuple[int, int, int]:
    """What a person types: the dose of a day in µg, the days with it, and the days of a cycle.

    Raises ValueError that says what was found and what was expected.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"found {text!r}, expected {_FORM}.")
    on, cycle = (1, 1) if found[2] is None else (int(found[2]), int(found[3]))
    if not 1 <= on <= cycle:
        raise ValueError(f"found {on} of {cycle} days, expected 1 to {max(cycle, 1)} of them.")
    return round(Fraction(found[1]) * MICROGRAMS), on, cycle


def typed(text: str, strengths: Strengths, most: int) -> Regimen:
    """A regimen that a person types: 20, 40, or 20/1of2 for every other day; mg a day.

    `most` is the highest dose that can be meant, µg. Raises ValueError that says what was found
    and what was expected, and NotPossible where no patient like this one can have it.
    """
    dose, on, cycle = written(text)
    if not 0 < dose <= most:
        raise NotPossible(
            f"found {text!r}, expected {_FORM}, "
            f"above 0 and up to {in_milligrams(most):g}, the most that any label allows here."
        )
    made = plan(dose, strengths)
    if made is None:
        near = nearest(dose, strengths)
        can = "" if near is None else f"; the nearest dose is {in_milligrams(near):g} mg"
        raise NotPossible(f"no capsules make up {in_milligrams(dose):g} mg a day{can}.")
    return _of(f"typed-{text.strip()}", _named(dose, on, cycle), dose, strengths, on, cycle)


def _of(
    key: str, name: str, dose: int, strengths: Strengths, on: int = 1, cycle: int = 1,
    cites: tuple[str, ...] = (),
) -> Regimen:  # fmt: skip
    """A regimen of one dose; one that no capsules make up is as it was supplied."""
    made = plan(dose, strengths)
    words, count = ("as supplied", 1) if made is None else (str(made), len(made.capsules))
    return Regimen(key, name, dose, words, (count,), (), on, cycle, cites=cites)


def _named(dose: int, on: int = 1, cycle: int = 1) -> str:
    mg = f"{in_milligrams(dose):g} mg"
    if on == cycle:
        return f"{mg} every day"
    if (on, cycle) == (1, 2):
        return f"{mg} every other day"
    return f"{mg} on {on} of {cycle} days"


def regimens(seen: Seen, wished: Sequence[str] = ()) -> tuple[Regimen, ...]:
    """Those that make sense for this patient, each to its end; none in a pregnancy.

    Raises ValueError for one that is typed and cannot be.
    """
    if _pregnant(seen):
        return ()
    of = seen.rules.dosing.formulations[formulation_of(seen.facts)]
    found = [*_as_now(seen, of.strengths), *_usual(seen, of.strengths, of.cites)]
    found += [typed(text, of.strengths, most_meant(seen)) for text in wished]
    told: dict[tuple[object, ...], Regimen] = {}
    for each in found:
        told.setdefault((each.dose, each.steps, each.days_on, each.cycle_days), each)
    return tuple(_to_its_end(each, seen) for each in told.values())


def possible(seen: Seen, wished: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The wished ones that this patient can have, and for each other one why not.

    Raises ValueError for what is not written as a regimen.
    """
    can: list[str] = []
    cannot: dict[str, str] = {}
    for text in dict.fromkeys(wished):
        try:
            typed(text, strengths_of(seen), most_meant(seen))
        except NotPossible as why:
            cannot[text] = str(why)
        else:
            can.append(text)
    return can, cannot


def chosen(seen: Seen, text: str) -> Regimen:
    """One regimen that a person types, to its end. Raises ValueError for what cannot be."""
    if _pregnant(seen):
        raise ValueError(PREGNANT)
    return _to_its_end(typed(text, strengths_of(seen), most_meant(seen)), seen)


def most_meant(seen: Seen) -> int:
    """The highest daily dose that can be meant, µg: by the weight, or what needs none."""
    grams = seen.facts["sound_weight"]
    if grams is None:
        return int(seen.rules.value("dose.weight_needed_above"))
    name = "dose.highest_dose_micronised" if seen.facts["micronised"] else "dose.highest_dose"
    return int(seen.rules.value(name)) * grams // MICROGRAMS


def _pregnant(seen: Seen) -> bool:
    return bool(seen.facts["pregnancy_known"] or seen.facts["positive_test"])


def strengths_of(seen: Seen) -> Strengths:
    """Capsules of the patient's formulation on the market of the place."""
    return seen.rules.dosing.formulations[formulation_of(seen.facts)].strengths


def _as_now(seen: Seen, strengths: Strengths) -> Iterator[Regimen]:
    now = daily_dose(seen.facts)
    if now is not None and seen.first is not None:
        yield _of("as_now", f"As now, {in_milligrams(now):g} mg a day", now, strengths)


def _usual(seen: Seen, strengths: Strengths, cites: tuple[str, ...]) -> Iterator[Regimen]:
    usual = recommended(seen.facts, seen.rules.dosing)
    low, high = usual.low, usual.high
    if high is not None and low is not None:
        ends = (("label_high", high, "upper"), ("label_low", low, "lower"))
        for key, dose, end in ends:
            name = f"{_named(dose)}, the {end} end of the label's range"
            yield _of(key, name, dose, strengths, cites=cites)
    compared: int = seen.rules.value("dose.compared_dose")
    once, twice = (nearest(times * compared, strengths) for times in (1, 2))
    for key, each, times in (("once", once, "once"), ("twice", twice, "in two doses")):
        if each is not None and (high is None or each <= high):
            name = f"{in_milligrams(each):g} mg a day, {times}"
            yield _of(key, name, each, strengths)
    if high is not None and low is not None and seen.kilograms is not None:
        yield from _low(seen, strengths)
        yield from _taper(seen, high, low, strengths)
        yield _of("alternate", _named(high, 1, 2), high, strengths, 1, 2)


def _low(seen: Seen, strengths: Strengths) -> Iterator[Regimen]:
    grams = seen.facts["sound_weight"] or 0
    wanted = at_most(seen.rules.value("timeline.low_dose") * grams // MICROGRAMS, strengths)
    found = low_dose(seen.rules.value("timeline.low_dose") * grams // MICROGRAMS, strengths)
    way = LowDose(wanted, 1, 1) if wanted is not None else found
    if way is not None:
        dose = way.strength
        name = f"{_named(dose, way.days_on, way.cycle_days)}, a low dose"
        cites = seen.rules.cites("timeline.low_dose")
        yield _of("low", name, dose, strengths, way.days_on, way.cycle_days, cites)


def _taper(seen: Seen, high: int, low: int, strengths: Strengths) -> Iterator[Regimen]:
    if low < high:
        steps = tapered(high, low, seen.rules.value("dose.taper_steps"), strengths)
        words = ", then ".join(f"{in_milligrams(each):g} mg" for each in dict.fromkeys(steps))
        yield Regimen(
            "taper", f"Taper: {words}", high, words,
            tuple(len(fewest(high, strengths)[step]) for step in steps), steps,
            cites=seen.rules.cites("dose.taper_steps"),
        )  # fmt: skip


def _to_its_end(each: Regimen, seen: Seen) -> Regimen:
    """The same with its last day: the target reached, or the days of the comparison over."""
    longest: int = seen.rules.value("dose.compared_days")
    most = recommended(seen.facts, seen.rules.dosing).maximum
    each = replace(each, above_label=most is not None and each.dose > most)
    grams = seen.facts["sound_weight"]
    wanted = None if grams is None else seen.rules.dosing.target[0] * grams
    left = None if wanted is None else max(0, wanted - round(float(seen.taken.sum()) * MICROGRAMS))
    if left is not None:
        left = round(left / seen.adherence)  # what has to be prescribed for it to be taken
    if left is None:
        return replace(each, days=longest, total=round(each.mean * longest))
    if each.steps:
        days = sum(-(-left // len(each.steps) // dose) for dose in each.steps)
    else:
        days = -(-left * each.cycle_days // (each.dose * each.days_on))
    days = min(days, longest)
    total = left if each.steps and days < longest else round(each.mean * days)
    return replace(each, days=days, total=total, reaches_target=days < longest or left == 0)
