"""Every refusal is shown by a worked case that it stops, and by one where the action is allowed."""

from functools import cache

from isocourse.course.worked import Case, Outcome, cases, changed, patients, run
from isocourse.rules import rules

# A case has no settings of a clinic: what a clinic adds is shown in `tests/course`.
REFUSALS = sorted(
    name for name, rule in rules().items() if rule.effect == "blocks" and rule.layer != "local"
)
OPEN = ("allowed", "eligible")


@cache
def outcomes() -> tuple[tuple[str, Outcome], ...]:
    """Every shipped case with its place and its answer."""
    held = [each for each in map(run, cases().values()) if isinstance(each, Outcome)]
    return tuple((_place(each.case), each) for each in held)


def _place(case: Case) -> str:
    return str(changed(dict(patients()[case.course]), case.changes)["place"])


@cache
def stopped_by() -> dict[str, set[tuple[str, str]]]:
    """For each rule where it stops something in a case: place and action."""
    found: dict[str, set[tuple[str, str]]] = {}
    for place, each in outcomes():
        for reason in each.answer.reasons:
            if reason.stops:
                found.setdefault(reason.rule, set()).add((place, each.case.action))
    return found


@cache
def opened() -> set[tuple[str, str]]:
    """Where an action is allowed in a case: place and action."""
    return {(place, each.case.action) for place, each in outcomes() if each.answer.verdict in OPEN}


def test_a_refusal_is_shown_where_it_stops_and_where_it_does_not() -> None:
    stops = stopped_by()
    assert [name for name in REFUSALS if name not in stops] == [], "stopped by these in no case"
    never_open = {name: sorted(stops[name]) for name in REFUSALS if not stops[name] & opened()}
    assert never_open == {}, "where these stop, no case shows the action allowed"


def test_at_every_place_each_action_is_allowed_in_some_case_and_stopped_in_another() -> None:
    stopped = {each for held in stopped_by().values() for each in held}
    everywhere = {(place, "dispense") for place, _ in opened() | stopped}
    assert everywhere <= opened() and everywhere <= stopped
    assert {action for _, action in opened() & stopped} == {
        "start",
        "prescribe",
        "dispense",
        "eligibility",
    }
