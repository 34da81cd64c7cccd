"""Synthetic patients: drawn from the population, treated, and observed as in a clinic."""

from dataclasses import dataclass

import numpy as np

from isocourse.models.observing import LABS, Observed, shown
from isocourse.models.parameters import Parameters
from isocourse.models.people import LESIONS, People, Population, draw
from isocourse.models.regimen import Phase
from isocourse.models.running import Course, Taking, run
from isocourse.models.twins import Past, Twins, twins

WHO = Population(weight_mean=64, weight_sd=0, age_mean=19, age_sd=0, male=0)
PHASES = (Phase(0.5, 4), Phase(1.0, 20))
LOOKS = (0, 28, 56)
LATER = 112
TRUTHS = ("papules_pustules_before", "comedones_before", "triglycerides", "half_skin")


@dataclass(frozen=True)
class Tried:
    """One patient: where the truth stands among the twins, from 0 to 1."""

    ranks: dict[str, float]
    later: dict[str, float]  # of what was observed at LATER, which no twin was told


def tried(of: Parameters, number: int, people: int) -> Tried:
    """Draw, treat, observe and forecast one patient."""
    patient = draw(WHO, of, 1, seed=1000 + number)
    stream = np.random.Generator(np.random.Philox(key=np.array([number, 3], np.uint64)))
    truth = run(patient, of, Taking(PHASES), [*LOOKS[1:], LATER], 1)
    observed = [
        Observed(day, name, _seen(truth, Observed(day, name), stream))
        for day in LOOKS
        for name in (*LESIONS, *LABS)
    ]
    past = Past(Taking(PHASES), observed)
    found = twins(WHO, of, past, people, seed=number + 1)
    return Tried(
        {name: _rank(patient, found, name, stream) for name in TRUTHS},
        _later(truth, found, of, stream),
    )


def _seen(course: Course, each: Observed, stream: np.random.Generator) -> float:
    would = shown(course, each, stream)
    assert would is not None
    return float(would[0])


def _rank(patient: People, found: Twins, name: str, stream: np.random.Generator) -> float:
    return _among(float(patient[name][0]), found.people[name], stream)


def _among(value: float, others: np.ndarray, stream: np.random.Generator) -> float:  # type: ignore[type-arg]
    """Where a value stands among others, ties by lot."""
    below, same = (others < value).mean(), (others == value).mean()
    return float(below + stream.random() * same)


def _later(
    truth: Course, found: Twins, of: Parameters, stream: np.random.Generator
) -> dict[str, float]:
    then = run(found.people, of, Taking(PHASES), [LATER], 1)
    made = {}
    for name in (*LESIONS, *LABS):
        each = Observed(LATER, name)
        would = shown(then, each, stream)
        assert would is not None
        made[name] = _among(_seen(truth, each, stream), would, stream)
    return made
