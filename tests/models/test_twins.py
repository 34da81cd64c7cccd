"""Twins are who could be the patient: held against plain weighing, and against known truths."""

import math

import numpy as np
import pytest
from scipy import stats
from tests.models.synthetic import TRUTHS, tried

from isocourse.models.chance import draws
from isocourse.models.observing import NO_RELAPSE, RELAPSE_NOW, Observed
from isocourse.models.outcomes import relapsed
from isocourse.models.parameters import parameters
from isocourse.models.people import Population, people_of
from isocourse.models.regimen import Phase
from isocourse.models.running import Taking, run
from isocourse.models.twins import Past, effective, twins

OF = parameters()
WHO = Population(weight_mean=60, weight_sd=0, male=1.0)
NOTHING = Taking((Phase(0.0, 1),))
COURSE = Taking((Phase(1.0, 16),))


def baseline(**counts: float) -> list[Observed]:
    """Counts of lesions and values before the first capsule."""
    return [Observed(0, name, value) for name, value in counts.items()]


def test_without_observations_twins_are_the_population() -> None:
    made = twins(WHO, OF, Past(COURSE, []), 1024, seed=4)
    drawn = people_of(WHO, OF, draws(OF, 1024, 4), 4)
    for name in TRUTHS:
        assert (made.people[name] == drawn[name]).all()
    assert (made.refreshed, made.counted) == (0, 1024)


def test_twins_agree_with_plain_weighing_of_a_hundred_thousand() -> None:
    seen = baseline(papules_pustules=60, nodules=2, triglycerides=140)
    made = twins(WHO, OF, Past(NOTHING, seen), 4096, seed=2)
    many = people_of(WHO, OF, draws(OF, 100_000, 9), 9)
    size = OF["count_scatter"] ** -2
    logs = np.zeros(100_000)
    for name, value in (("papules_pustules", 60), ("nodules", 2)):
        mean = many[f"{name}_before"]
        logs += stats.nbinom.logpmf(value, size, size / (size + mean))
    logs += stats.norm.logpdf(math.log(140), np.log(many["triglycerides"]), OF["lab_noise"])
    weights = np.exp(logs - logs.max())
    for name in ("papules_pustules_before", "nodules_before", "comedones_before", "triglycerides"):
        mean = np.average(many[name], weights=weights)
        spread = math.sqrt(np.average((many[name] - mean) ** 2, weights=weights))
        assert made.people[name].mean() == pytest.approx(mean, abs=0.1 * spread), name
        assert made.people[name].std() == pytest.approx(spread, rel=0.1), name


def test_more_observations_leave_less_in_doubt() -> None:
    counted = [Observed(day, "papules_pustules", 40.0) for day in (-14, -7, 0)]
    made = [twins(WHO, OF, Past(NOTHING, counted[:n]), 2048) for n in range(4)]
    spreads = [np.log(each.people["papules_pustules_before"]).std() for each in made]
    assert (np.diff(spreads) < -0.01).all()


def test_an_observation_that_no_twin_would_show_is_said_and_not_followed_blindly() -> None:
    past = Past(COURSE, [*baseline(papules_pustules=30), Observed(84, "papules_pustules", 200)])
    made = twins(WHO, OF, past, 1024)
    assert [each.lower > 0.99 for each in made.against] == [False, True]
    assert np.isfinite(made.people["papules_pustules_before"]).all()


def test_acne_that_came_back_or_did_not_is_what_every_twin_has() -> None:
    for what, expected in ((RELAPSE_NOW, True), (NO_RELAPSE, False)):
        made = twins(WHO, OF, Past(COURSE, [Observed(400, what)]), 1024)
        course = run(made.people, OF, COURSE, [400])
        after = (400 - course.plan.last - 1) / 7
        assert (relapsed(course, "", after) == expected).all()


def test_the_same_seed_gives_the_same_twins_on_any_number_of_cores() -> None:
    past = Past(COURSE, [*baseline(comedones=20), Observed(28, "alt", 35.0)])
    one, two = (twins(WHO, OF, past, 1500, seed=3, threads=n) for n in (1, 2))
    assert (one.drawn.scores == two.drawn.scores).all()


def test_who_counts_is_one_of_them_when_all_but_one_are_unlikely() -> None:
    likely = np.full(100, -1e3)
    likely[7] = 0.0
    assert effective(likely) == pytest.approx(1.0)
    assert effective(np.zeros(100)) == pytest.approx(100)


def ranks_of(patients: int, people: int) -> dict[str, list[float]]:
    """Where the truth stands among the twins of so many synthetic patients."""
    found: dict[str, list[float]] = {}
    for number in range(patients):
        each = tried(OF, number, people)
        for name, rank in (each.ranks | {f"later {k}": v for k, v in each.later.items()}).items():
            found.setdefault(name, []).append(rank)
    return found


def surprising(inside: int, patients: int, nominal: float) -> bool:
    """Whether so many hits would be seen in less than one of ten thousand honest forecasts."""
    return bool(stats.binomtest(inside, patients, nominal).pvalue < 1e-4)


def test_bands_hold_what_they_say_for_some_synthetic_patients() -> None:
    for name, ranks in ranks_of(24, 512).items():
        assert stats.kstest(ranks, "uniform").pvalue > 1e-4, name
        for band in (0.5, 0.9):
            inside = sum(abs(rank - 0.5) <= band / 2 for rank in ranks)
            assert not surprising(inside, len(ranks), band), (name, band)


@pytest.mark.soak
def test_bands_hold_what_they_say_for_hundreds_of_synthetic_patients() -> None:
    for name, ranks in ranks_of(400, 1024).items():
        assert stats.kstest(ranks, "uniform").pvalue > 1e-4, name
        for band in (0.5, 0.9):
            inside = sum(abs(rank - 0.5) <= band / 2 for rank in ranks)
            assert not surprising(inside, len(ranks), band), (name, band)
