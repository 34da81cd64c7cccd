"""Kinetics: exact against a general solver, and mass is kept."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from tests.models.reference import NG, Person, solved

from isocourse.models.disposition import concentration, disposition
from isocourse.models.parameters import parameters
from isocourse.models.people import Population, disposition_of, draw, release
from isocourse.models.regimen import Phase
from isocourse.models.running import Taking, run

OF = parameters()
PEOPLE = draw(Population(), OF, 20, seed=3)
ONCE = Taking((Phase(80, 1 / 7, "mg/day"),))
HOW = [("conventional", "high_fat"), ("conventional", "fasted"), ("lidose", "ordinary")]


@pytest.mark.parametrize(("formulation", "food"), HOW)
@pytest.mark.parametrize("number", [0, 7])
def test_a_dose_is_that_of_the_general_solver(formulation: str, food: str, number: int) -> None:
    taking = Taking(ONCE.phases, formulation, food)
    person = Person(PEOPLE, OF, taking, number)
    exact = solved(person, [(0.0, 80.0)], [1, 2, 3])
    made = disposition_of(PEOPLE, OF, formulation, food)
    at, mg = np.array([24.0, 48.0, 72.0]), np.full(len(PEOPLE), 80.0)
    duration = release(OF, formulation, food)
    parent = concentration(made.rates, made.gains, [(0.0, mg)], at, duration, OF["lag"])
    oxo = concentration(made.oxo_rates, made.oxo_gains, [(0.0, mg)], at, duration, OF["lag"])
    assert parent[:, number] == pytest.approx(NG * exact[:, 1] / person.centre, rel=1e-6)
    assert oxo[:, number] == pytest.approx(exact[:, 3], rel=1e-6)


def test_all_that_is_absorbed_is_eliminated_and_the_metabolite_is_made_in_its_ratio() -> None:
    made = disposition_of(PEOPLE, OF, "conventional", "high_fat")
    area = (made.gains / made.rates).sum(axis=0)
    heavy = (PEOPLE["weight"] / OF["reference_weight"]) ** OF["clearance_by_weight"]
    assert area * PEOPLE["clearance"] * heavy == pytest.approx(np.full(len(PEOPLE), NG))
    oxo = (made.oxo_gains / made.oxo_rates).sum(axis=0)
    assert oxo / area == pytest.approx(PEOPLE["oxo_ratio"])


@settings(max_examples=30)
@given(st.lists(st.floats(0.2, 5.0), min_size=7, max_size=7))
def test_the_area_is_the_dose_over_clearance_for_any_numbers(factors: list[float]) -> None:
    usual = (8.0, 35.0, 9.0, 100.0, 0.9, 2.5, 0.04)
    values = [np.array([a * b]) for a, b in zip(usual, factors, strict=True)]
    made = disposition(*values)
    assert made.clearance == pytest.approx(values[0], rel=1e-6)
    total, _ = quad(
        lambda hour: concentration(
            made.rates, made.gains, [(0.0, np.ones(1))], np.array([hour]), 3.0, 0.5
        )[0, 0],
        0,
        60,
        points=[0.5, 3.5],
        limit=200,
    )
    assert 0 < total <= float((made.gains / made.rates).sum()) * (1 + 1e-9)


def test_equal_rates_are_no_trouble() -> None:
    base = disposition(*[np.array([x]) for x in (8.0, 35.0, 9.0, 100.0, 0.9, 2.5, 0.04)])
    for rate in base.rates[1:, 0]:
        same = [np.array([x]) for x in (8.0, 35.0, 9.0, 100.0, rate, 2.5, rate)]
        made = disposition(*same)
        assert np.isfinite(made.gains).all() and np.isfinite(made.oxo_gains).all()
        assert made.clearance == pytest.approx([8.0], rel=1e-6)


def test_the_mean_of_a_day_at_steady_state_is_the_dose_over_clearance() -> None:
    for slots in (1, 2, 3, 4):
        taking = Taking((Phase(60, 8, "mg/day", doses_per_day=slots),))
        course = run(PEOPLE, OF, taking, [56], threads=1)
        expected = 60 / course.kinetics.clearance / 24 * NG
        assert course.at("concentration", 56) == pytest.approx(expected, rel=1e-3)


def test_kinetics_are_linear_in_the_dose() -> None:
    one, two = (
        run(PEOPLE, OF, Taking((Phase(dose, 4, doses_per_day=2),)), [28]).at("concentration", 28)
        for dose in (0.4, 0.8)
    )
    assert two == pytest.approx(2 * one, rel=1e-6)
