"""The answers of many courses: verdicts and stage from what each rule says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isocourse.course.edition import InForce
from isocourse.course.schema import STAGES
from isocourse.course.speaking import effects as effects_on
from isocourse.course.speaking import rule_numbers
from isocourse.course.stages import AS_PLANNED
from isocourse.facts import columns
from isocourse.facts.many.answering import BLOCKS, UNKNOWN
from isocourse.rules import ACTIONS
from isocourse.rules.book import ELIGIBILITY
from isocourse.words.codes import NULL

Array = np.ndarray[Any, Any]
Group = tuple[InForce, Array]
"""An edition of the rules, and the courses that it holds for."""

ASKED = (*ACTIONS, ELIGIBILITY)
VERDICTS = ("allowed", "unknown", "blocked", "not_applicable")
ALLOWED, CANNOT_TELL, BLOCKED, NOT_APPLICABLE = range(4)
FACT = {each.name: number for number, each in enumerate(columns())}


@dataclass(frozen=True, slots=True)
class Answers:
    """What holds for each course of a piece: rows of facts, rows of effects by rule."""

    facts: Array  # by course and fact
    left: Array  # why a course went through the code for one (Left), or 0
    effects: Array  # by rule and course
    verdicts: dict[str, Array]  # by action and course, in VERDICTS
    stage: Array  # in STAGES
    groups: Sequence[Group]  # the courses by the edition that holds for them
    day: Array  # the local day number asked about, of each course


def answers_of(facts: Array, left: Array, groups: Sequence[Group], day: Array) -> Answers:
    """Ask the rules of each group about the facts of its courses."""
    count = len(facts)
    effects = np.zeros((len(rule_numbers()), count), dtype="u1")
    verdicts = {action: np.zeros(count, dtype="u1") for action in ASKED}
    stage = np.zeros(count, dtype="u1")
    for in_force, which in groups:
        rows = facts if len(which) == count else facts[which]
        said = effects_on(in_force, np.ascontiguousarray(rows))
        effects[:, which] = said
        of = {action: _verdict(in_force, action, said) for action in ASKED}
        stage[which] = _stages(rows, of["start"], in_force.value("stopping.contraception_days"))
        _set_aside(rows, of)
        for action, found in of.items():
            verdicts[action][which] = found
    return Answers(facts, left, effects, verdicts, stage, groups, day)


def _verdict(in_force: InForce, action: str, effects: Array) -> Array:
    """Blocked when a rule blocks, cannot tell when one cannot, else allowed."""
    numbers = [rule_numbers()[each.rule.name] for each in in_force.readings[action]]
    most = effects[numbers].max(axis=0, initial=0)
    blocked = np.where(most == BLOCKS, BLOCKED, ALLOWED)
    return np.where(most == UNKNOWN, CANNOT_TELL, blocked).astype("u1")


def _set_aside(rows: Array, verdicts: dict[str, Array]) -> None:
    """No question of a first dose once treatment has begun, nor of handing over nothing."""
    verdicts["start"][_yes(rows, "begun")] = NOT_APPLICABLE
    verdicts["dispense"][~_yes(rows, "prescription_open")] = NOT_APPLICABLE


def _yes(rows: Array, fact: str) -> Array:
    value = rows[:, FACT[fact]]
    return np.asarray((value != 0) & (value != NULL))


def _stages(rows: Array, start: Array, tail_days: int) -> Array:
    """Where in the course each patient is: `course.stages`, in columns."""
    left = rows[:, FACT["days_of_supply_left"]]
    since_stop = rows[:, FACT["days_since_stop"]]
    as_planned = np.isin(rows[:, FACT["stop_reason"]], AS_PLANNED)
    begun, stopped = _yes(rows, "begun"), _yes(rows, "stopped")
    conditions = {
        "pregnant": _yes(rows, "pregnancy_known") | _yes(rows, "positive_test"),
        "relapsed": _yes(rows, "relapsed"),
        "stopped_early": stopped & ~as_planned,
        "follow_up": stopped & (since_stop > tail_days),
        "finished": stopped,
        "ready": ~begun & (start == ALLOWED),
        "screening": ~begun,
        "paused": (left != NULL) & (left < 0),
    }
    found = np.select(
        list(conditions.values()),
        [STAGES.index(name) for name in conditions],
        STAGES.index("on_treatment"),
    )
    return found.astype("u1")
