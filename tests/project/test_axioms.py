"""What the proofs take as given holds of the facts of generated courses."""

from typing import Any

import z3
from hypothesis import given
from tests.agree.asking import examples, the_pass
from tests.agree.logs import asked_courses, course_of
from tests.proofs.formula import AnyPatient, any_patient
from tests.proofs.patients import axioms, named_axioms

OF: AnyPatient = any_patient()
NAMED = {str(axiom): axiom for axiom in axioms(OF)} | dict(named_axioms(OF))


ALL = z3.And(list(NAMED.values()))


def holds(axiom: Any, facts: dict[str, int | None]) -> bool:
    """Whether an axiom holds of the facts of one course."""
    values = [(OF.value[n], z3.IntVal(0 if said is None else said)) for n, said in facts.items()]
    known = [
        (OF.known[name], z3.BoolVal(said is not None))
        for name, said in facts.items()
        if not z3.is_true(OF.known[name])
    ]
    return z3.is_true(z3.simplify(z3.substitute(axiom, values + known)))


@examples(25)
@given(asked_courses())
def test_the_axioms_of_the_proofs_hold_of_the_pass(question: Any) -> None:
    file, at, known_at = question
    facts = the_pass(course_of(file), at, known_at)
    if not holds(ALL, facts):
        assert not [sentence for sentence, axiom in NAMED.items() if not holds(axiom, facts)]
    silent = [n for n, said in facts.items() if said is None and z3.is_true(OF.known[n])]
    assert not silent, "what silence means no to is always known"


def test_an_axiom_that_does_not_hold_is_found() -> None:
    """The test can fail: covered for 20 days and a whole month is no patient."""
    facts: dict[str, int | None] = dict.fromkeys(OF.value, 0)
    assert holds(NAMED["a whole month has at least 28 days"], facts)
    facts |= {"days_of_contraception": 20, "months_of_contraception": 1}
    assert not holds(NAMED["a whole month has at least 28 days"], facts)
