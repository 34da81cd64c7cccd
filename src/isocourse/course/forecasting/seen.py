"""What the record says of a patient to a forecast: who, what was taken, what was observed.

Only what counts on the day asked is used, as the gate would use it: nothing retracted, nothing
later. What is not recorded is supposed as for anyone, and said.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from isocourse.course.assessing import asked_of, facts_of
from isocourse.course.dosing.finish import daily_dose
from isocourse.course.dosing.recommended import formulation_of
from isocourse.course.edition import InForce, rules_in_force
from isocourse.course.settings import Settings
from isocourse.events import Course, Diagnosis, Event, Lab, Lesions, Relapse, Severity, Symptom
from isocourse.events.moments import Moment
from isocourse.facts import local_day
from isocourse.models import Phase, Population
from isocourse.models.observing import IGA, NO_RELAPSE, RELAPSE_NOW, Observed, is_known
from isocourse.models.people import HEAVIEST, LESIONS, LIGHTEST, OLDEST, YOUNGEST
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.words.codes import word
from isocourse.words.days import as_date
from isocourse.words.units import lab_amount, lab_value

MICROGRAMS = 1000  # in a milligram, and grams in a kilogram
_SEVERITY = {"nodular": "severe", "conglobate": "very_severe", "fulminans": "very_severe"}
_USUAL_SEVERITY = "severe"
_MALE = {"male": 1.0, "female": 0.0}
_UNITS = {"triglycerides": "mg/dL", "alt": "U/L"}
_DEFINITIONS = {"any_prescription": "any_prescription", "second_course": "second_course"}
_LEAST_TAKEN = 0.05  # whoever takes fewer is not on the drug, and no regimen would ever end
EARLIER = (
    "An earlier course of isotretinoin is on record and is not counted: the twins never took it "
    "before. No figure for a second course was found in a source that could be read in full."
)
"""What a forecast says of a patient who took the drug before."""
_SOUGHT = ("visit", "lesions", "severity")  # at these a relapse would have been seen


@dataclass(frozen=True)
class Seen:
    """Who the patient is to the model, as of the day asked."""

    who: Population
    facts: Mapping[str, int | None]
    rules: InForce
    asked: int  # day number
    first: int | None  # of the first capsule; None before it
    taken: NDArray[np.float64]  # mg a day, from the first capsule to the day before
    observed: tuple[Observed, ...]
    left_out: tuple[str, ...]  # kinds of observation that the model cannot hold against itself
    supposed: tuple[str, ...]  # what is not recorded, and what is supposed in its place
    formulation: str
    adherence: float
    supplies: int  # hand-overs so far
    gaps: int  # times without capsules between two of them

    @property
    def past(self) -> tuple[Phase, ...]:
        """What was taken so far, as phases of equal doses."""
        per_day = self.facts["doses_per_day"] or 1
        return tuple(_phases(self.taken, per_day))

    @property
    def again(self) -> bool:
        """Whether isotretinoin was taken before this course, which no twin has."""
        return _took_it_before(self.facts)

    @property
    def kilograms(self) -> float | None:
        """The newest weight that can be meant; None when there is none."""
        grams = self.facts["sound_weight"]
        return None if grams is None else grams / MICROGRAMS


def seen(course: Course, at: Moment, known_at: Moment | None, settings: Settings) -> Seen:
    """What the record says by a moment. Raises NoValue for a day whose rules are not known."""
    asked = asked_of(course, at)
    rules = rules_in_force(course.place, as_date(asked.day), settings)
    log, known = facts_of(course, asked, known_at, rules)
    facts = known.facts
    since = facts["days_since_start"]
    first = None if since is None else asked.day - since
    taken = np.zeros(0) if first is None else _taken(course, first, asked.day, known_at, rules)
    supposed: list[str] = []
    who = _who(course, log.sources, facts, supposed)
    observed = tuple(_observed(course, log.sources, asked.day if first is None else first, facts))
    hand_overs = sum(each.kind == "dispense" for each in log.sources)
    return Seen(
        who=who,
        facts=facts,
        rules=rules,
        asked=asked.day,
        first=first,
        taken=taken,
        observed=tuple(each for each in observed if is_known(each.what)),
        left_out=tuple(sorted({e.what for e in observed if not is_known(e.what)})),
        supposed=tuple(supposed),
        formulation=word(formulation_of(facts)),
        adherence=_adherence(facts, taken, supposed),
        supplies=hand_overs,
        gaps=_gaps(taken),
    )


def dose_on(course: Course, day: date, settings: Settings) -> int | None:
    """The mean daily dose with which treatment goes on by the record of a day, µg; None: it ends.

    Raises NoValue for a day whose rules are not known.
    """
    asked = asked_of(course, day)
    rules = rules_in_force(course.place, as_date(asked.day), settings)
    return daily_dose(facts_of(course, asked, None, rules)[1].facts)


def _took_it_before(facts: Mapping[str, int | None]) -> bool:
    return bool(facts["earlier_course"] or facts["isotretinoin_before"])


def _who(
    course: Course,
    events: Iterable[Event],
    facts: Mapping[str, int | None],
    supposed: list[str],
) -> Population:
    grams, age = facts["sound_weight"], facts["age_years"]
    usual = Population()
    said = [each.severity for each in events if isinstance(each, Diagnosis)]
    severity = _SEVERITY.get(said[-1], said[-1]) if said else _USUAL_SEVERITY
    if not said:
        supposed.append(f"No diagnosis is recorded: acne is taken as {_USUAL_SEVERITY}.")
    if grams is None:
        supposed.append(
            f"No weight is recorded: twins weigh {usual.weight_mean:g} kg, give or take "
            f"{usual.weight_sd:g}."
        )
    if course.patient.sex not in _MALE:
        supposed.append("Half of the twins are men: the record does not say male or female.")
    if facts["pregnancy_known"] or facts["positive_test"]:
        supposed.append("A pregnancy or a positive test is on record: no regimen is compared.")
    if _took_it_before(facts):
        supposed.append(EARLIER)
    weight = usual.weight_mean if grams is None else grams / MICROGRAMS
    years = usual.age_mean if age is None else float(age)
    return Population(
        weight_mean=min(max(weight, LIGHTEST), HEAVIEST),
        weight_sd=usual.weight_sd if grams is None else 0.0,
        age_mean=min(max(years, YOUNGEST), OLDEST),
        age_sd=usual.age_sd if age is None else 0.0,
        male=_MALE.get(course.patient.sex, usual.male),
        severity=severity,
    )


def _taken(
    course: Course, first: int, last: int, known_at: Moment | None, rules: InForce
) -> NDArray[np.float64]:
    """What was taken on each day, mg: asked week by week, and day by day where a week is uneven."""

    def total(day: int) -> int:
        """What was taken before a day."""
        asked = asked_of(course, as_date(day))
        facts = facts_of(course, asked, known_at, rules)[1].facts
        return facts["total_taken"] or 0

    made = np.zeros(last - first)
    for start in range(first, last, DAYS_IN_A_WEEK):
        end = min(start + DAYS_IN_A_WEEK, last)
        _fill(made, total, first, start, end, total(start), total(end))
    return made / MICROGRAMS


def _fill(
    made: NDArray[np.float64],
    total: Callable[[int], int],
    first: int,
    start: int,
    end: int,
    before: int,
    after: int,
) -> None:
    """Divide what was taken from one day up to another; in halves where it is not even."""
    days = end - start
    if days == 1 or after == before:
        made[start - first : end - first] = (after - before) / days
        return
    if (after - before) % days == 0 and total(start + 1) - before == (after - before) // days:
        made[start - first : end - first] = (after - before) / days
        return
    middle = start + days // 2
    between = total(middle)
    _fill(made, total, first, start, middle, before, between)
    _fill(made, total, first, middle, end, between, after)


def _phases(taken: NDArray[np.float64], doses_per_day: int) -> Iterator[Phase]:
    edges = np.flatnonzero(np.diff(taken)) + 1
    for part in np.split(taken, edges):
        if len(part):
            yield Phase(
                float(part[0]), len(part) / DAYS_IN_A_WEEK, unit="mg/day",
                doses_per_day=doses_per_day,
            )  # fmt: skip


def _gaps(taken: NDArray[np.float64]) -> int:
    """Times of a week or more without a capsule between two with one."""
    days = np.flatnonzero(taken)
    return int((np.diff(days) > DAYS_IN_A_WEEK).sum())


def _adherence(
    facts: Mapping[str, int | None], taken: NDArray[np.float64], supposed: list[str]
) -> float:
    """The share of doses that is taken from now on: as it was reported so far."""
    missed, days = facts["total_missed"] or 0, int((taken > 0).sum())
    if not missed or not days:
        supposed.append("No missed dose is reported: the coming ones are taken to be all taken.")
        return 1.0
    doses = days * (facts["doses_per_day"] or 1)  # with those reported as missed
    share = max(1 - missed / doses, _LEAST_TAKEN)
    supposed.append(f"As reported so far, {share:.0%} of the coming doses are taken.")
    return share


def _observed(
    course: Course, events: Iterable[Event], start: int, facts: Mapping[str, int | None]
) -> Iterator[Observed]:
    """Everything that was observed, with its day from the first capsule."""
    looked = relapsed = None
    for each in events:
        day = local_day(each.at, course.zone) - start
        yield from _of(each, day)
        if isinstance(each, Relapse):
            relapsed = day
        if each.kind in _SOUGHT:
            looked = day
    after = facts["days_since_stop"]
    if relapsed is None and looked is not None and after is not None and facts["stopped"]:
        yield Observed(looked, NO_RELAPSE)


def _of(each: Event, day: int) -> Iterator[Observed]:
    if isinstance(each, Lesions):
        for name in LESIONS:
            count = getattr(each, name)
            if count is not None:
                yield Observed(day, name, float(count), each.id)
    elif isinstance(each, Lab):
        unit = _UNITS.get(each.test)
        value = float(each.value)
        if unit is not None:
            value = float(lab_value(each.test, lab_amount(each.test, each.value, each.unit), unit))
        if value > 0:
            yield Observed(day, each.test, value, each.id)
    elif isinstance(each, Severity):
        yield Observed(day, IGA if each.scale == "iga" else each.scale, float(each.score), each.id)
    elif isinstance(each, Symptom):
        yield Observed(day, each.symptom, float(each.grade), each.id)
    elif isinstance(each, Relapse):
        yield Observed(day, RELAPSE_NOW, 1.0, each.id, _DEFINITIONS.get(each.definition, ""))
