"""Proved over every row of facts, under the axioms of `patients.py`, for every dated rule set."""

from typing import Any

import pytest
import z3
from tests.proofs.formula import allowed, facts_of, refusals, stops
from tests.proofs.limits import limits_of
from tests.proofs.patients import editions, name_of
from tests.proofs.proving import patient, prove

from isocourse.rules.book import ACTIONS

EDITIONS = editions()


def _limits(rules: Any) -> Any:
    return limits_of(rules.edition.place, rules.edition.day)


every_edition = pytest.mark.parametrize("rules", EDITIONS, ids=name_of)


def _where(held: Any) -> Any:
    """The editions that a statement is about."""
    return pytest.mark.parametrize("rules", [each for each in EDITIONS if held(each)], ids=name_of)


in_the_us = _where(lambda rules: rules.edition.place == "us")
where_prescriptions_lapse = _where(lambda rules: _limits(rules).hand_over_days is not None)
where_days_are_limited = _where(lambda rules: _limits(rules).supply_days is not None)


def _at_most(of: Any, name: str, high: int) -> Any:
    return z3.And(of.known[name], of.value[name] <= high)


def _yes(of: Any, name: str) -> Any:
    return z3.And(of.known[name], of.value[name] != 0)


@every_edition
@pytest.mark.parametrize("action", ("start", "prescribe"))
def test_nobody_able_to_become_pregnant_is_prescribed_without_a_recent_unused_negative_test(
    rules: Any, action: str
) -> None:
    of = patient()
    recent = _at_most(of, "days_since_accepted_test", _limits(rules).test_days - 1)
    unused = of.value["accepted_test_used"] == 0
    goal = z3.Implies(
        z3.And(allowed(rules, action, of), of.value["can_become_pregnant"] == 1),
        z3.And(recent, unused),
    )
    prove(goal, of, f"{action} needs a negative test in its window")


@every_edition
def test_nobody_able_to_become_pregnant_gets_capsules_without_a_negative_test_in_its_window(
    rules: Any,
) -> None:
    of, limits = patient(), _limits(rules)
    last = limits.test_days - 1
    if limits.counted_to == "hand_over":
        us = rules.edition.place == "us"
        fact = "days_since_prescription_test" if us else "days_since_accepted_test"
        tested = _at_most(of, fact, last)
        unused = of.value["accepted_test_used"] == 0
    elif limits.counted_to == "prescription":
        tested = z3.And(
            _at_most(of, "prescription_test_age", last), of.value["prescription_test_age"] >= 0
        )
        unused = of.value["prescription_test_used"] == 0
    else:
        tested = z3.And(
            _at_most(of, "certified_test_age", last), of.value["certified_test_age"] >= 0
        )
        unused = of.value["prescription_test_used"] == 0
    goal = z3.Implies(
        z3.And(allowed(rules, "dispense", of), of.value["can_become_pregnant"] == 1),
        z3.And(tested, unused),
    )
    prove(goal, of, "a hand-over needs a negative test in its window")


@where_prescriptions_lapse
def test_nobody_able_to_become_pregnant_gets_capsules_on_an_old_prescription(rules: Any) -> None:
    of, limits = patient(), _limits(rules)
    since = (
        "days_since_certified" if limits.counted_to == "certified" else "days_since_prescription"
    )
    goal = z3.Implies(
        z3.And(
            allowed(rules, "dispense", of),
            of.value["can_become_pregnant"] == 1,
            of.value["prescription_open"] == 1,
        ),
        _at_most(of, since, limits.hand_over_days - 1),
    )
    prove(goal, of, "a prescription is valid for few days")


@every_edition
@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_able_to_become_pregnant_is_let_through_without_contraception_for_long_enough(
    rules: Any, action: str
) -> None:
    of, limits = patient(), _limits(rules)
    covered = z3.And(
        _yes(of, "contraception_accepted"),
        of.known["days_of_contraception"],
        of.value["days_of_contraception"] >= limits.lead_days,
        of.value["months_of_contraception"] >= 1,
    )
    agreed = of.value["abstinence_agreed"] == 1 if rules.edition.place != "us" else z3.BoolVal(True)
    abstinent = z3.And(of.value["abstinent"] == 1, agreed)
    goal = z3.Implies(
        z3.And(allowed(rules, action, of), of.value["can_become_pregnant"] == 1),
        z3.Or(covered, abstinent),
    )
    prove(goal, of, f"{action} needs accepted contraception, or abstinence as the place accepts it")


@every_edition
@pytest.mark.parametrize("action", ACTIONS)
def test_a_positive_test_a_known_pregnancy_or_a_doubt_closes_everything(
    rules: Any, action: str
) -> None:
    of = patient()
    pregnant = z3.Or(of.value["positive_test"] == 1, of.value["pregnancy_known"] == 1)
    in_doubt = z3.And(of.value["pregnancy_in_doubt"] == 1, of.value["can_become_pregnant"] == 1)
    goal = z3.Implies(z3.Or(pregnant, in_doubt), z3.Not(allowed(rules, action, of)))
    prove(goal, of, f"nothing is open for {action} in a pregnancy or while one is in doubt")


@every_edition
@pytest.mark.parametrize("action", ACTIONS)
def test_a_required_fact_that_is_not_known_never_opens_a_gate(rules: Any, action: str) -> None:
    of, limits = patient(), _limits(rules)
    shown = z3.And(
        of.known["pregnancy_category"],
        *(z3.Implies(of.value["can_become_pregnant"] == 1, _yes(of, f)) for f in limits.needs),
        *(_yes(of, fact) for fact in limits.needs_all),
    )
    prove(z3.Implies(allowed(rules, action, of), shown), of, f"{action} needs what has to be shown")


@in_the_us
@pytest.mark.parametrize("action", ACTIONS)
def test_counselling_and_answers_in_the_us_belong_to_the_prescription(
    rules: Any, action: str
) -> None:
    of = patient()

    def done(what: str) -> Any:
        for_next, for_this = (
            ("counselled_for_next", "prescription_counselled")
            if what == "talk"
            else ("comprehension_for_next", "prescription_comprehension")
        )
        if action == "dispense":
            return _yes(of, for_this)
        open_one = z3.And(of.value["prescription_open"] == 1, _yes(of, for_this))
        if action == "prescribe":
            open_one = z3.And(open_one, of.value["days_since_prescription"] == 0)
        return z3.Or(_yes(of, for_next), open_one)

    goal = z3.Implies(
        z3.And(allowed(rules, action, of), of.value["can_become_pregnant"] == 1),
        z3.And(done("talk"), done("answers")),
    )
    prove(goal, of, f"{action} needs a talk and answers of its own prescription")


@in_the_us
def test_a_hand_over_in_the_us_needs_the_registry_and_the_pharmacy(rules: Any) -> None:
    of = patient()
    goal = z3.Implies(
        allowed(rules, "dispense", of),
        z3.And(
            _yes(of, "authorised"),
            _yes(of, "pharmacy_enrolled"),
            z3.Implies(
                of.known["authorisation_days_left"], of.value["authorisation_days_left"] >= 0
            ),
        ),
    )
    prove(goal, of, "the registry's word is needed and not out of date")


@where_days_are_limited
def test_nobody_gets_more_than_the_days_allowed_nor_a_refill(rules: Any) -> None:
    of, limits = patient(), _limits(rules)
    bound = z3.BoolVal(True) if limits.supply_binds_all else of.value["can_become_pregnant"] == 1
    goal = z3.Implies(
        z3.And(allowed(rules, "dispense", of), bound, of.value["prescription_open"] == 1),
        z3.And(
            of.value["prescription_days"] <= limits.supply_days,
            of.value["prescription_refills"] == 0,
            z3.Implies(of.known["quantity_days"], of.value["quantity_days"] <= limits.supply_days),
        ),
    )
    prove(goal, of, "one supply is for a limited number of days, without refills")


CLOSERS = (
    "positive_test", "pregnancy_known", "pregnancy_in_doubt", "accepted_test_used",
    "guardian_missing", "comprehension_mismatch", "contains_soya", "contains_parabens",
    "contains_tartrazine", "loose_capsules", "prescription_test_used", "mind_concern",
    "item_nine", "stopped", "headache_with_visual_disturbance", "other_emergency",
    "last_visit_remote", "earlier_course",
)  # fmt: skip
ZERO = z3.IntVal(0)
PREFIXES = ("condition_", "allergy_", "takes_", "symptom_")


@every_edition
@pytest.mark.parametrize("action", ACTIONS)
def test_adding_a_contraindication_never_turns_stop_into_go(rules: Any, action: str) -> None:
    of = patient()
    open_lists = [name for name in of.value if name.startswith(PREFIXES)]
    goals = [
        z3.Implies(
            z3.And(of.value[name] > 0, z3.substitute(stops(rule, of), (of.value[name], ZERO))),
            stops(rule, of),
        )
        for name in (*CLOSERS, *open_lists)
        for rule in refusals(rules, action)
        if name in facts_of(rule)
    ]
    prove(z3.And(goals), of, f"a rule that stops {action} without a finding stops it with it")
