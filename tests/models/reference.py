"""The same model written plainly as differential equations, for a general solver: slow and exact.

It shares no code with the compiled course: no modes, no averaging, no steps.
"""

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from isocourse.models.kernel.rows import PERSON
from isocourse.models.people import People, common_of, release, rows_of
from isocourse.models.people import disposition_of as modes_of
from isocourse.models.running import Taking

STATES = (
    "depot", "centre", "periphery", "oxo", "gland", "lipogenesis", "keratin", "bacteria", "gain",
    "primed", "follicles", "micro", "comedones", "papules", "nodules", "lipid", "tolerance",
    "dryness",
)  # fmt: skip
START = np.array([0.0] * 4 + [1.0] * 11 + [0.0] * 3)
NG = 1000


class Person:
    """One person with the constants of every equation."""

    def __init__(self, people: People, of: Any, taking: Taking, number: int) -> None:
        """Take the numbers of person `number`."""
        rows = rows_of(people, of, modes_of(people, of, taking.formulation, taking.food), 1.0)
        self.row = dict(zip(PERSON, rows[:, number], strict=True))
        duration = release(of, taking.formulation, taking.food)
        names = "lag duration need half from_comedones"
        common = common_of(of, duration)
        self.common = dict(zip(names.split(), common[:5], strict=True))
        heavy = people["weight"][number] / of["reference_weight"]
        flow, volume = heavy ** of["clearance_by_weight"], heavy ** of["volume_by_weight"]
        fed = "fed" if taking.food != "fasted" and taking.formulation != "suspension" else "fasted"
        own = {name: people[name][number] for name in people.values}
        share = of[f"share_{taking.formulation}_{taking.food}"]
        self.share = share * (own["fasted_absorption"] if taking.food == "fasted" else 1.0)
        self.clearance, self.flow = own["clearance"] * flow, own["flow"] * flow
        self.centre, self.periphery = own["volume_1"] * volume, own["volume_2"] * volume
        self.absorption = own[f"absorption_{fed}"]
        self.oxo_ratio = own["oxo_ratio"]
        self.oxo_rate = np.log(2) / own["oxo_half_life"]

    def slopes(self, state: NDArray[Any], rate_in: float, recruit: bool) -> NDArray[Any]:
        """Every state's rate of change, per hour."""
        r, c = self.row, self.common
        depot, centre, periphery, oxo, *slow = state
        conc = NG * centre / self.centre
        out = self.clearance / self.centre * centre
        across = self.flow * (centre / self.centre - periphery / self.periphery)
        drug = [
            rate_in - self.absorption * depot,
            self.absorption * depot - out - across,
            across,
            self.oxo_rate * (self.oxo_ratio * conc - oxo),
        ]
        m, l, k, b, n, f, z, u, co, p, nd, e, t, d = slow  # noqa: E741
        hit, lip = conc / (conc + r["half_skin"]), conc / (conc + r["half_lipid"])
        sebum = r["sebum_floor"] + (1 - r["sebum_floor"]) * m * l
        drive = 1 - c["need"] + c["need"] * b * (1 + c["half"]) / (b + c["half"])
        source = n * drive * (c["from_comedones"] * co + (1 - c["from_comedones"]) * u)
        source += r["flare_gain"] * hit * f * co
        per_day = [
            (1 - m) * (r["stem_source"] + r["regrowth"] * m) - r["apoptosis"] * hit * m,
            r["lipid_rate"] * (1 - r["lipid_block"] * hit - l),
            r["keratin_rate"] * (1 - r["keratin_block"] * hit - k),
            r["bacteria_rate"] * (sebum**2 - b),
            r["calm_off"] * (1 - n) - r["calm_on"] * hit * (n - r["calm_floor"]),
            -r["flare_rate"] * hit * f,
            -r["release"] * hit * z + (r["recruit"] * (1 - z) if recruit else 0.0),
            r["micro_rate"] * (np.sqrt(sebum) * k * z - u) - r["micro_loss"] * hit * u,
            r["comedone_rate"] * (u - co) - r["comedone_loss"] * hit * co,
            r["papule_rate"] * (source - p),
            r["nodule_rate"] * (n * p - nd),
            r["lipid_onset"] * (lip - e),
            r["tolerance_rate"] * (e - t),
            r["dryness_rate"] * (conc - d),
        ]
        return np.array(drug + [each / 24 for each in per_day])


def solved(
    person: Person, doses: list[tuple[float, float]], days: list[int], tol: float = 1e-10
) -> NDArray[Any]:
    """States [day, state] at the ends of days, after doses (hour, mg), without any relapse."""
    lag, duration = person.common["lag"], person.common["duration"]
    begins = [(hour + lag, mg * person.share / duration) for hour, mg in doses if mg > 0]
    bends = {0.0, *(24.0 * d for d in days)}
    bends |= {h for h, _ in begins} | {h + duration for h, _ in begins}
    stops = sorted(each for each in bends if each <= 24.0 * max(days))
    state, found = START.copy(), {}
    for begin, end in itertools.pairwise(stops):
        middle = (begin + end) / 2
        come = sum(rate for hour, rate in begins if hour <= middle < hour + duration)
        made = solve_ivp(
            lambda _, y, come=come: person.slopes(y, come, False),
            (begin, end), state, method="LSODA", rtol=tol, atol=tol * 1e-3,
        )  # fmt: skip
        assert made.success, made.message
        state = made.y[:, -1]
        found[end] = state
    return np.array([found[24.0 * day] for day in days])
