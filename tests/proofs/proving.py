"""Proving: the goal holds for every patient, or the patient for whom it does not is printed."""

from collections.abc import Iterable

import z3
from tests.proofs.formula import AnyPatient, Formula, any_patient
from tests.proofs.patients import axioms

from isocourse.facts import columns


class Refuted(AssertionError):
    """A goal that does not hold, with a patient who shows it."""


def found(conditions: Iterable[Formula], of: AnyPatient) -> dict[str, int] | None:
    """A patient for whom all conditions hold, by the facts that are known; None without any."""
    solver = z3.Solver()
    solver.add(*axioms(of), *conditions)
    answer = solver.check()
    if answer == z3.unknown:
        raise Refuted(f"The solver could not decide: {solver.reason_unknown()}.")
    if answer == z3.unsat:
        return None
    model = solver.model()
    return {
        each.name: model.eval(of.value[each.name], model_completion=True).as_long()
        for each in columns()
        if z3.is_true(model.eval(of.known[each.name], model_completion=True))
    }


def prove(goal: Formula, of: AnyPatient, sentence: str) -> None:
    """The goal holds for every patient; else the failure prints one for whom it does not."""
    patient = found([z3.Not(goal)], of)
    if patient is not None:
        shown = "\n".join(f"  {name} = {value}" for name, value in patient.items() if value)
        raise Refuted(f"Not so: {sentence}. A patient for whom it fails (the rest is 0):\n{shown}")


def patient() -> AnyPatient:
    """A patient of whom nothing is fixed."""
    return any_patient()
