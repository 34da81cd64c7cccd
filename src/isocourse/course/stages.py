"""Where in the course the patient is."""

from isocourse.facts import Established
from isocourse.words.codes import Stop

AS_PLANNED = (Stop.COMPLETED, Stop.CLEAR)


def stage(known: Established, may_start: bool, tail_days: int) -> str:
    """One of the stages of the contract.

    `may_start` tells whether a first dose would be allowed today, `tail_days` how many days after
    the stop precautions go on.
    """
    facts = known.facts
    if facts["pregnancy_known"] or facts["positive_test"]:
        return "pregnant"
    if facts["relapsed"]:
        return "relapsed"
    if facts["stopped"]:
        return _after_the_stop(facts, tail_days)
    if not facts["begun"]:
        return "ready" if may_start else "screening"
    left = facts["days_of_supply_left"]
    return "paused" if left is not None and left < 0 else "on_treatment"


def _after_the_stop(facts: dict[str, int | None], tail_days: int) -> str:
    if facts["stop_reason"] not in AS_PLANNED:
        return "stopped_early"
    return "follow_up" if (facts["days_since_stop"] or 0) > tail_days else "finished"
