"""A band that tells the truth is kept to as often as it says; one that does not, is found out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isocourse.course.forecasting.judging import Coverage, Look, choices, coverage, judged
from isocourse.models.observing import Observed
from isocourse.models.parameters import parameters
from isocourse.models.summary import QUANTILES

PATIENTS = 600
MADE_ON, SEEN_ON = 28, 56
WEEKS = 12


def kept(what: str, levels: np.ndarray) -> dict[str, list[list[float]]]:
    """A band that stays the same from week to week."""
    return {what: [[float(each)] * WEEKS for each in np.quantile(levels, QUANTILES)]}


def cohort(what: str, factor: float) -> Coverage:
    """Patients whose looks come from the very distribution that was drawn, or from another."""
    stream, of = np.random.default_rng(7), parameters()
    levels = np.exp(stream.normal(3, 0.5, 20_000))
    band = kept(what, levels)
    own = factor * stream.choice(levels, PATIENTS)
    if what == "alt":
        seen = own * np.exp(of["lab_noise"] * stream.standard_normal(PATIENTS))
    else:
        size = of["count_scatter"] ** -2
        seen = stream.poisson(own * stream.gamma(size, 1 / size, PATIENTS)).astype(float)
    looks = [judged(band, Observed(SEEN_ON, what, value), MADE_ON) for value in seen]
    held = coverage([[each] for each in looks if each is not None])
    return next(each for each in held if each.outcome == what)


@pytest.mark.parametrize("what", ["alt", "papules_pustules"])
def test_a_true_band_is_kept_to_as_often_as_it_says(what: str) -> None:
    """The simulation is written anew here: nothing of what is tested is used to make the looks."""
    found = cohort(what, 1.0)
    assert found.patients == PATIENTS and found.half is not None and found.nine_of_ten is not None
    assert abs(found.half.share - 0.5) < 0.06 and abs(found.nine_of_ten.share - 0.9) < 0.03


@pytest.mark.parametrize("what", ["alt", "papules_pustules"])
def test_a_false_band_is_found_out(what: str) -> None:
    found = cohort(what, 2.5)
    assert found.half is not None and found.nine_of_ten is not None
    assert found.half.high < 0.5 and found.nine_of_ten.high < 0.9


@given(st.lists(st.lists(st.floats(0, 1), min_size=1, max_size=4), max_size=40))
@settings(max_examples=60)
def test_an_interval_holds_its_share_and_few_patients_have_none(below: list[list[float]]) -> None:
    held = coverage([[Look("alt", 20, each) for each in mine] for mine in below])
    (alt,) = (each for each in held if each.outcome == "alt")
    assert alt.patients == len(below) and alt.looks == sum(map(len, below))
    if len(below) < choices()["fewest_patients"]:
        assert alt.half is None and alt.nine_of_ten is None
        return
    for share in (alt.half, alt.nine_of_ten):
        assert share is not None and 0 <= share.low <= share.share <= share.high <= 1
        assert share.high - share.low > 0.01
    plain = np.mean([np.mean([0.25 <= each <= 0.75 for each in mine]) for mine in below])
    assert alt.half is not None and abs(alt.half.share - plain) < 1e-9


@pytest.mark.parametrize(("day", "said"), [(34, False), (35, True), (84, True), (113, False)])
def test_too_soon_and_too_late_say_nothing(day: int, said: bool) -> None:
    band = kept("alt", np.array([20.0, 30.0, 40.0]))
    assert (judged(band, Observed(day, "alt", 30.0), MADE_ON) is not None) == said
    assert judged(band, Observed(day, "iga", 1.0), MADE_ON) is None
