"""The same drug model in general solvers, to measure ours against: SciPy and libRoadRunner."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.models.reference import START, STATES, Person, solved

from isocourse.models.kernel.rows import PERSON

Solve = Callable[[Person, float], NDArray[Any]]
DAYS = [7 * week for week in range(1, 53)]
COURSE_DAYS, SLOTS, DOSE = 168, 2, 0.5  # 336 doses of 0.5 mg/kg
HOURS = 24.0
_SLOW = {
    "gland": "(1-gland)*(stem_source+regrowth*gland)-apoptosis*hit*gland",
    "lipogenesis": "lipid_rate*(1-lipid_block*hit-lipogenesis)",
    "keratin": "keratin_rate*(1-keratin_block*hit-keratin)",
    "bacteria": "bacteria_rate*(sebum*sebum-bacteria)",
    "gain": "calm_off*(1-gain)-calm_on*hit*(gain-calm_floor)",
    "primed": "-flare_rate*hit*primed",
    "follicles": "-release*hit*follicles",
    "micro": "micro_rate*(sqrt(sebum)*keratin*follicles-micro)-micro_loss*hit*micro",
    "comedones": "comedone_rate*(micro-comedones)-comedone_loss*hit*comedones",
    "papules": "papule_rate*(gain*drive*(from_comedones*comedones+(1-from_comedones)*micro)"
    "+flare_gain*hit*primed*comedones-papules)",
    "nodules": "nodule_rate*(gain*papules-nodules)",
    "lipid": "lipid_onset*(hit_lipid-lipid)",
    "tolerance": "tolerance_rate*(lipid-tolerance)",
    "dryness": "dryness_rate*(conc-dryness)",
}
_DRUG = {
    "depot": "come-absorption*depot",
    "centre": "absorption*depot-clearance/v1*centre-flow*(centre/v1-periphery/v2)",
    "periphery": "flow*(centre/v1-periphery/v2)",
    "oxo": "oxo_rate*(oxo_ratio*conc-oxo)",
}


def doses(person: Person) -> list[tuple[float, float]]:
    """Every dose with its hour."""
    mg = DOSE * person.row["weight"]
    step = HOURS / SLOTS
    return [(step * n, mg) for n in range(COURSE_DAYS * SLOTS)]


def scipy_lsoda(person: Person, tolerance: float) -> NDArray[Any]:
    """SciPy's LSODA, from bend to bend of the input."""
    return solved(person, doses(person), DAYS, tolerance)


def roadrunner() -> Solve | None:
    """libRoadRunner (CVODE, compiled by LLVM), doses as events; None when it is not installed."""
    try:
        import roadrunner as rr
    except ImportError:
        return None
    rr.Logger.disableLogging()
    model = _build(rr.RoadRunner())
    names = [*PERSON, "lag", "duration", "need", "half", "from_comedones"]

    def solve(person: Person, tolerance: float) -> NDArray[Any]:
        model.reset()
        values = {**person.row, **person.common}
        for name in names:
            if name in _USED:
                model.setValue(name, float(values[name]))
        for name, value in _kinetic(person).items():
            model.setValue(name, float(value))
        for name, value in zip(STATES, START, strict=True):
            model.setValue(name, float(value))
        model.setValue("come", 0.0)
        model.setValue("begin", float(person.common["lag"]))
        model.setValue("stop", float(person.common["lag"] + person.common["duration"]))
        model.setValue("dose_rate", float(doses(person)[0][1] * person.share / values["duration"]))
        model.integrator.relative_tolerance = tolerance
        model.integrator.absolute_tolerance = tolerance * 1e-3
        model.integrator.setValue("maximum_num_steps", 1_000_000)
        made = model.simulate(0, HOURS * DAYS[-1], len(DAYS) + 1, ["time", *STATES])
        return np.asarray(made)[1:, 1:]

    return solve


def _kinetic(person: Person) -> dict[str, float]:
    return {
        "absorption": person.absorption, "clearance": person.clearance, "v1": person.centre,
        "flow": person.flow, "v2": person.periphery, "oxo_rate": person.oxo_rate,
        "oxo_ratio": person.oxo_ratio,
    }  # fmt: skip


_USED = {name for name in (*PERSON, "need", "half", "from_comedones", "duration", "lag")}


def _build(model: Any) -> Any:
    """The equations, with doses given and ended by events."""
    given = ["come", "begin", "stop", "dose_rate", *_USED]
    given += ["absorption", "clearance", "v1", "flow", "v2", "oxo_rate", "oxo_ratio"]
    for name in given:
        model.addParameter(name, 1.0, False)
    rules = {
        "conc": "1000*centre/v1",
        "hit": "conc/(conc+half_skin)",
        "hit_lipid": "conc/(conc+half_lipid)",
        "sebum": "sebum_floor+(1-sebum_floor)*gland*lipogenesis",
        "drive": "1-need+need*bacteria*(1+half)/(bacteria+half)",
    }
    for name in (*STATES, *rules):
        model.addParameter(name, 0.5, False)
    for name, formula in rules.items():
        model.addAssignmentRule(name, formula, False)
    for name in STATES:
        slow = name in _SLOW
        formula = f"({_SLOW[name]})/24" if slow else _DRUG[name]
        model.addRateRule(name, formula, False)
    last = COURSE_DAYS * HOURS
    every = HOURS / SLOTS
    for event, trigger, changes in (
        ("given", f"time >= begin && time < {last}", ("come", "dose_rate", "begin")),
        ("ended", "time >= stop && come > 0", ("come", "0", "stop")),
    ):
        model.addEvent(event, False, trigger, False)
        model.addEventAssignment(event, "come", changes[1], False)
        model.addEventAssignment(event, changes[2], f"{changes[2]}+{every}", False)
    model.regenerateModel()
    return model
