"""What is true of every row of facts: the axioms of the proofs, each a property of the pass.

`tests/agree` shows the axioms on generated courses; here they are taken as given.
"""

from collections.abc import Iterator
from typing import Any

import z3
from tests.proofs.formula import AnyPatient, Formula

from isocourse.course import Settings
from isocourse.course.edition import InForce, rules_in_force
from isocourse.course.place import breakpoints
from isocourse.facts import columns
from isocourse.rules import first_day
from isocourse.words.tokens import PLACES

DEFAULT = Settings()
LAB_DAYS = {"labs_before_days": 30, "labs_first_days": 21, "labs_every_days": 60}
LOCAL = Settings(
    "local",
    local={
        "max_supply_days": 28,
        "enzyme_stop_times": 5,
        "baseline_labs": True,
        "labs_policy": "local",
        **LAB_DAYS,
    },
)
CONSENSUS = Settings("consensus", local={"labs_policy": "consensus"})
LEAST_DAYS_IN_A_MONTH = 28


def editions() -> list[InForce]:
    """The rules of every place under every dated set that ever held there, each set once."""
    found: dict[tuple[str, str], InForce] = {}
    for place in PLACES:
        for day in breakpoints(()):
            if day >= first_day(place, DEFAULT.starts):
                rules = rules_in_force(place, day, DEFAULT)
                found.setdefault((place, _as_read(rules)), rules)
    return list(found.values())


def local_edition() -> InForce:
    """The rules of a clinic that has set everything it can set."""
    return rules_in_force("us", breakpoints(())[-1], LOCAL)


def consensus_edition() -> InForce:
    """The rules of a clinic that follows the published consensus on blood tests."""
    return rules_in_force("us", breakpoints(())[-1], CONSENSUS)


def _as_read(rules: InForce) -> str:
    """Everything that a verdict depends on, as text: equal texts give equal verdicts."""
    return repr(
        [
            (each.rule.name, each.expression, [one.expression for one in each.exceptions])
            for readings in rules.readings.values()
            for each in readings
        ]
    )


def name_of(rules: Any) -> str:
    """An edition in a word, to name a test by."""
    return f"{rules.edition.place}-{rules.edition.day}"


def axioms(of: AnyPatient) -> list[Formula]:
    """Everything that holds of the facts of any course at any moment."""
    return [*_of_each_column(of), *_between_columns(of)]


def _of_each_column(of: AnyPatient) -> Iterator[Formula]:
    for column in columns():
        value = of.value[column.name]
        if column.unit == "yes/no":
            yield z3.And(value >= 0, value <= 1)
        elif column.unit in ("grade", "score"):
            yield z3.And(value >= 0, value <= 4)
        elif column.unit.startswith("code") or not column.unit.startswith(("days", "months")):
            yield value >= 0


def _between_columns(of: AnyPatient) -> Iterator[Formula]:
    for _, formula in named_axioms(of):
        yield formula


def named_axioms(of: AnyPatient) -> Iterator[tuple[str, Formula]]:
    """What holds between facts, each with a sentence."""
    value, known = of.value, of.known
    yield (
        "only a category shown to be 'cannot' takes a person out of pregnancy prevention",
        (value["can_become_pregnant"] == 0)
        == z3.And(known["pregnancy_category"], value["pregnancy_category"] == 0),
    )
    yield (
        "days and months of contraception are known together, with whether it is accepted",
        z3.And(
            known["days_of_contraception"] == known["months_of_contraception"],
            z3.Implies(known["days_of_contraception"], known["contraception_accepted"]),
            z3.Implies(
                z3.And(known["contraception_accepted"], value["contraception_accepted"] == 1),
                known["days_of_contraception"],
            ),
        ),
    )
    yield (
        "a whole month has at least 28 days",
        z3.Implies(
            z3.And(known["days_of_contraception"], value["months_of_contraception"] >= 1),
            value["days_of_contraception"] >= LEAST_DAYS_IN_A_MONTH,
        ),
    )
    yield (
        "contraception rests on hormones only when it is accepted",
        z3.Implies(
            value["relies_on_hormones"] == 1,
            z3.And(known["contraception_accepted"], value["contraception_accepted"] == 1),
        ),
    )
    yield (
        "an open prescription has a day and a number of days",
        z3.Implies(
            value["prescription_open"] == 1,
            z3.And(known["prescription_days"], known["days_since_prescription"]),
        ),
    )
    yield (
        "counselling is recorded or not known, and none is for a prescription alone",
        z3.And(
            *(
                z3.Implies(known[name], z3.And(value[name] == 1, known["counselled"]))
                for name in ("counselled", "counselled_for_next", "prescription_counselled")
            )
        ),
    )
