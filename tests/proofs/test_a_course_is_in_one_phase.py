"""Every course is in exactly one phase, whatever is recorded of it."""

from itertools import combinations

import pytest
import z3
from tests.proofs.formula import any_patient, yes_and_no
from tests.proofs.patients import editions
from tests.proofs.proving import found

OF = any_patient()
EDITIONS = dict(enumerate(editions()))


@pytest.mark.parametrize("number", EDITIONS)
def test_a_course_is_in_one_phase_and_in_no_other(number: int) -> None:
    phases = {each.rule.name: each for each in EDITIONS[number].beside["phase"]}
    held = {name: yes_and_no(each.expression, OF)[0] for name, each in phases.items()}
    assert found([z3.Not(z3.Or(list(held.values())))], OF) is None, "in no phase"
    for one, other in combinations(held, 2):
        assert found([held[one], held[other]], OF) is None, f"in {one} and {other}"
