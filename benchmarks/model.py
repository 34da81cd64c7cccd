"""The drug model beside general solvers, at the same accuracy: `python -m benchmarks.model`.

One course is 336 doses over 24 weeks and 52 weekly outputs of every state. Each solver's tolerance
is the loosest that stays within 1e-4 on a few people; the error that is told is that on others,
which no tolerance was chosen on: ours on all of them, that of a peer on the first. The reference
is SciPy's LSODA at 1e-10 for those few and, where it is installed, CyRK's DOP853 at 1e-10 for the
many. An error is a difference as a share of the largest value that the state has in that person's
course. Memory is the peak of a process of its own that simulates so many people.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.models.reference import STATES, Person

from benchmarks.model_numba_peer import cyrk, numbalsoda
from benchmarks.model_peers import (
    COURSE_DAYS,
    DAYS,
    DOSE,
    SLOTS,
    Solve,
    doses,
    roadrunner,
    scipy_lsoda,
)
from isocourse.models import Phase, Population, Taking, simulate_population
from isocourse.models.kernel.rows import OUTPUTS
from isocourse.models.parameters import parameters
from isocourse.models.people import People, draw
from isocourse.models.running import run
from isocourse.on_screen.machine import machine

AIM, TIGHT = 1e-4, 1e-10
TOLERANCES = (1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 1e-7, 1e-8)
TUNED = 3
SHARED = [name for name in OUTPUTS if name in STATES]
COLUMNS = [STATES.index(name) for name in SHARED]
TAKING = Taking((Phase(DOSE * SLOTS, COURSE_DAYS / 7, doses_per_day=SLOTS),))
OF = parameters().with_values({"hazard": 1e-12})  # relapse is drawn, and no equation


def ours(people: People, threads: int, taking: Taking = TAKING) -> NDArray[Any]:
    """All courses by our model: [person, day, state]."""
    made = run(people, OF, taking, DAYS, threads)
    return made.out[:, [OUTPUTS.index(name) for name in SHARED]].transpose(2, 0, 1)


def errors(found: NDArray[Any], exact: NDArray[Any]) -> NDArray[Any]:
    """The largest error of each person, over all days and states."""
    most = np.maximum(exact.max(axis=1, keepdims=True), 1e-12)
    made: NDArray[Any] = (np.abs(found - exact) / most).max(axis=(1, 2))
    return made


def exactly(people: list[Person], solve: Solve = scipy_lsoda) -> NDArray[Any]:
    """The reference for some people."""
    return np.array([solve(each, TIGHT)[:, COLUMNS] for each in people])


def loosest(solve: Solve, people: list[Person], exact: NDArray[Any]) -> float | None:
    """The loosest tolerance with which a solver meets the aim on these people."""
    for tolerance in TOLERANCES:
        try:
            found = np.array([solve(each, tolerance)[:, COLUMNS] for each in people])
        except RuntimeError:
            continue  # the solver gave up
        if errors(found, exact).max() < AIM:
            return tolerance
    return None


def rate(work: Callable[[], object], courses: int, rounds: int = 3) -> float:
    """Courses in a second, the best of some rounds: what a busy machine takes away is not ours."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return courses / min(taken)


def main() -> None:
    """Print the table, and write it where asked."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.model", description=__doc__)
    wanted.add_argument("--out", type=Path, metavar="FILE")
    wanted.add_argument(
        "--others", type=int, default=20, help="people for the error of a peer (20)"
    )
    wanted.add_argument("--all-others", type=int, default=1000, help="people for ours (1000)")
    wanted.add_argument("--many", type=int, default=8192, help="courses of ours in a round (8192)")
    given = wanted.parse_args()
    print("\n".join(f"{name:<10}{said}" for name, said in machine().items()))
    few = draw(Population(), OF, TUNED + given.others, seed=11)
    persons = [Person(few, OF, TAKING, n) for n in range(len(few))]
    exact = exactly(persons)
    tuned, others = slice(0, TUNED), slice(TUNED, None)
    numba_peer = cyrk(DAYS, doses)
    crowd, apart = few, exact[others]
    if numba_peer is not None:
        crowd = draw(Population(), OF, TUNED + given.all_others, seed=11)
        many = [Person(crowd, OF, TAKING, n) for n in range(TUNED, len(crowd))]
        apart = exactly(many, numba_peer)
        between = errors(exact[others], apart[: given.others]).max()
        print(f"LSODA and CyRK at {TIGHT:g} differ by {between:.1e}")
    rows = [_ours(crowd, apart, given.many, threads) for threads in (1, 2)]
    peers: dict[str, Solve] = {"SciPy LSODA": scipy_lsoda}
    others_found = {
        "libRoadRunner": roadrunner(),
        "CyRK DOP853": numba_peer,
        "numbalsoda LSODA": numbalsoda(DAYS, doses),
    }
    peers |= {name: solve for name, solve in others_found.items() if solve is not None}
    for name in others_found.keys() - peers.keys():
        print(f"{name} is not installed and is left out")
    for name, solve in peers.items():
        tolerance = loosest(solve, persons[tuned], exact[tuned])
        if tolerance is None:
            print(f"{name} gave up or stayed beyond {AIM:g} with every tolerance")
            continue
        rows.append(_peer(name, solve, tolerance, persons[others], exact[others]))
    best = rows[1]["courses a second"]
    print(f"\n{'one core each unless told':<44}{'courses/s':>12}{'ours / it':>11}{'error':>10}")
    for row in rows:
        row["ours by it"] = best / row["courses a second"]
        print(
            f"  {row['name']:<42}{row['courses a second']:>12,.1f}"
            f"{row['ours by it']:>10,.1f}x{row['largest error']:>10.1e}"
        )
    shares = ", ".join(f"{r['name']} {r['above']:.1%} of {r['people']}" for r in rows)
    print(f"errors above {AIM:g}: {shares}")
    rows += _more(given.many)
    if given.out is not None:
        text = json.dumps({"machine": machine(), "method": __doc__, "rows": rows}, indent=1)
        given.out.write_text(text + "\n", encoding="utf-8")


def _told(name: str, speed: float, apart: NDArray[Any]) -> dict[str, Any]:
    return {
        "name": name,
        "courses a second": speed,
        "largest error": float(apart.max()),
        "above": float((apart > AIM).mean()),
        "people": len(apart),
    }


def _ours(few: People, exact: NDArray[Any], many: int, threads: int) -> dict[str, Any]:
    people = draw(Population(), OF, many, seed=12)
    run(people, OF, TAKING, DAYS, threads)
    speed = rate(lambda: run(people, OF, TAKING, DAYS, threads), many)
    apart = errors(ours(few, 1)[TUNED:], exact)
    return _told(f"isocourse, {threads} core{'s' if threads > 1 else ''}", speed, apart)


def _peer(
    name: str, solve: Solve, tolerance: float, people: list[Person], exact: NDArray[Any]
) -> dict[str, Any]:
    found = np.array([solve(each, tolerance)[:, COLUMNS] for each in people])
    some = people[:4]
    speed = rate(lambda: [solve(each, tolerance) for each in some], len(some))
    return _told(f"{name}, tolerance {tolerance:g}", speed, errors(found, exact))


def _more(many: int) -> list[dict[str, Any]]:
    """Our own speed for other regimens, and ten thousand twins with their summary."""
    people = draw(Population(), OF, many, seed=13)
    regimens = {
        "alternate days": Taking((Phase(1.0, 24, days_on=1, cycle_days=2),)),
        "one week in four": Taking((Phase(1.0, 24, days_on=7, cycle_days=28),)),
        "taper in six steps": Taking(tuple(Phase(1.2 - 0.2 * n, 4) for n in range(6))),
        "one dose in five missed": Taking(TAKING.phases, adherence=0.8),
    }
    rows = []
    print(f"\n{'isocourse, all cores':<44}{'courses/s':>12}")
    for name, taking in regimens.items():
        run(people, OF, taking, DAYS)
        speed = rate(lambda taking=taking: run(people, OF, taking, DAYS), many)
        rows.append({"name": name, "courses a second": speed})
        print(f"  {name:<42}{speed:>12,.0f}")
    return [*rows, *_twins(), *map(_grown, SIZES)]


def _twins() -> list[dict[str, Any]]:
    """Ten thousand twins of one patient with their summary: the median and the best of 21."""
    patient = Population(weight_mean=62, weight_sd=0, age_mean=17, age_sd=0, male=0)
    rows = []
    for name, seed in (("", 1), (", none of them drawn before", 2)):
        taken = []
        for number in range(22):
            drawn = seed if seed == 1 else seed + number
            begun = time.perf_counter()
            simulate_population(TAKING, patient, 10_000, seed=drawn)
            taken.append((time.perf_counter() - begun) * 1000)
        middle, best = statistics.median(taken[1:]), min(taken[1:])
        print(f"  ten thousand twins{name:<27}{middle:>11,.0f} ms, at best {best:,.0f}")
        rows.append({"name": f"ten thousand twins{name}", "ms": middle, "best ms": best})
    return rows


SIZES = (1_000, 10_000, 100_000, 1_000_000)
_GROWN = """
import resource, sys, time
from isocourse.models import Phase, Taking, simulate_population
taking = Taking((Phase(1.0, 24),))
simulate_population(taking, people=100)
begun = time.perf_counter()
simulate_population(taking, people=int(sys.argv[1]))
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _grown(people: int) -> dict[str, Any]:
    """How long so many people take with their summary, and how much memory, in a fresh process."""
    words = [sys.executable, "-c", _GROWN, str(people)]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603
    seconds, peak = float(said[0]), int(said[1]) / 1024
    each = f"{seconds / people * 1e6:.1f} µs each"
    print(f"  {people:>9,} people with their summary {seconds:>12.2f} s {peak:>8.0f} MiB  {each}")
    return {"name": f"{people} people", "seconds": seconds, "MiB": peak}


if __name__ == "__main__":
    main()
