"""The compiled course against the plain equations in a general solver, for many regimens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.reference import STATES, Person, solved

from isocourse.models.parameters import parameters
from isocourse.models.people import Population, draw
from isocourse.models.regimen import Phase, plan
from isocourse.models.running import Taking, run

OF = parameters().with_values({"hazard": 1e-12})  # nobody relapses: the two are told apart below
PEOPLE = draw(Population(), OF, 40, seed=5)
CHECKED = tuple(name for name in STATES if name not in ("depot", "centre", "periphery", "oxo"))
LOOSE = 3e-4
"""The largest difference of any state on any day looked at, those of the first days included."""


def doses_of(taking: Taking, weight: float, days: int) -> list[tuple[float, float]]:
    """Every dose with its hour, from the regimen itself."""
    made = plan(taking.phases, [days])
    return [
        (24.0 * day + 24.0 / slots * slot, made.mg[day] + made.mg_per_kg[day] * weight)
        for day, (slots, _) in enumerate(made.slots[:days])
        for slot in range(slots)
    ]


def worst(taking: Taking, days: list[int], number: int, tol: float = 1e-8) -> float:
    """The largest difference of any state of one person, as a share of one."""
    course = run(PEOPLE, OF, taking, days, threads=1)
    person = Person(PEOPLE, OF, taking, number)
    exact = solved(person, doses_of(taking, PEOPLE["weight"][number], max(days)), days, tol)
    apart = [
        abs(course.at(name, day)[number] - exact[k, STATES.index(name)])
        / max(1.0, exact[:, STATES.index(name)].max())
        for k, day in enumerate(days)
        for name in CHECKED
        if name != "primed" and name != "lipogenesis" and name != "micro"
    ]
    return float(np.max(apart))


REGIMENS = {
    "daily": Taking((Phase(0.5, 3),)),
    "twice a day": Taking((Phase(1.0, 3, doses_per_day=2),)),
    "three times a day": Taking((Phase(1.0, 2, doses_per_day=3),)),
    "alternate days": Taking((Phase(0.5, 4, days_on=1, cycle_days=2),), food="ordinary"),
    "one week in four": Taking((Phase(0.6, 6, days_on=7, cycle_days=28),)),
    "taper": Taking((Phase(40, 2, "mg/day"), Phase(20, 2, "mg/day"), Phase(10, 2, "mg/day"))),
    "fasted Lidose": Taking((Phase(0.7, 3, doses_per_day=2),), "lidose", "fasted"),
    "very low": Taking((Phase(2, 4, "mg/day"),)),
    "very high": Taking((Phase(8, 2, doses_per_day=4),)),
}


@pytest.mark.parametrize("name", REGIMENS)
def test_every_state_of_a_person_is_that_of_the_general_solver(name: str) -> None:
    taking = REGIMENS[name]
    days = [1, 7, 28, 42]
    assert worst(taking, days, number=len(name)) < LOOSE


@settings(max_examples=4)
@given(
    dose=st.floats(0.05, 2.0),
    slots=st.sampled_from([1, 2]),
    on=st.integers(1, 4),
    off=st.integers(0, 4),
    number=st.integers(0, 39),
)
def test_so_it_is_for_any_cycle(dose: float, slots: int, on: int, off: int, number: int) -> None:
    phase = Phase(dose, 3, doses_per_day=slots, days_on=on, cycle_days=on + off)
    assert worst(Taking((phase,)), [7, 21, 35], number) < LOOSE


def test_the_solver_would_tell_a_wrong_dose() -> None:
    """The test can fail: a dose five percent larger is seen."""
    taking = REGIMENS["daily"]
    person = Person(PEOPLE, OF, taking, 3)
    doses = [(hour, mg * 1.05) for hour, mg in doses_of(taking, PEOPLE["weight"][3], 28)]
    exact = solved(person, doses, [28], 1e-8)
    course = run(PEOPLE, OF, taking, [28], threads=1)
    apart = abs(course.at("gland", 28)[3] - exact[0, STATES.index("gland")])
    assert apart > LOOSE
