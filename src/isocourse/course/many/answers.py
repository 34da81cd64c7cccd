"""The answers of many courses: verdicts and stage from what each rule says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isocourse.course.edition import InForce
from isocourse.course.schema import STAGES
from isocourse.course.speaking import ASKED, nothing_said, speak
from isocourse.course.stages import AS_PLANNED
from isocourse.facts import columns
from isocourse.facts.many.answering import BLOCKS, UNKNOWN
from isocourse.words.codes import NULL

Array = np.ndarray[Any, Any]
Group = tuple[InForce, Array]
"""An edition of the rules, and the courses that it holds for."""

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
    often: Array  # facts asked for most, by fact and course

    def fact(self, name: str) -> Array:
        """A fact of all courses."""
        if name in _OFTEN:
            found: Array = self.often[_OFTEN[name]]
            return found
        return self.facts[:, FACT[name]]


def answers_of(facts: Array, left: Array, groups: Sequence[Group], day: Array) -> Answers:
    """Ask the rules of each group about the facts of its courses."""
    said = nothing_said(len(facts))
    for in_force, which in groups:
        speak(in_force, facts, which, said)
    verdicts = {action: _OF_EFFECT[said.worst[n]] for n, action in enumerate(ASKED)}
    often = np.ascontiguousarray(facts[:, [FACT[name] for name in _OFTEN]].T)
    told = Answers(facts, left, said.effects, verdicts, _no_stage(facts), groups, day, often)
    tail = np.zeros(len(facts), dtype="i8")
    for in_force, which in groups:
        tail[which] = in_force.value("stopping.contraception_days")
    told.stage[:] = _stages(told, verdicts["start"], tail)
    _set_aside(told)
    return told


_OF_EFFECT = np.full(BLOCKS + 1, ALLOWED, dtype="u1")
"""Blocked when a rule blocks, cannot tell when one cannot, else allowed."""
_OF_EFFECT[[UNKNOWN, BLOCKS]] = CANNOT_TELL, BLOCKED
_OFTEN = {
    name: number
    for number, name in enumerate(
        (
            "begun",
            "prescription_open",
            "days_of_supply_left",
            "days_since_stop",
            "stop_reason",
            "stopped",
            "pregnancy_known",
            "positive_test",
            "relapsed",
            "dose_today",
            "total_prescribed",
            "total_dispensed",
            "total_taken",
            "sound_weight",
            "start_weight",
            "taken_by_day_weights",
            "mean_dose",
            "daily_dose",
            "intermittent",
        )
    )
}


def _no_stage(facts: Array) -> Array:
    return np.zeros(len(facts), dtype="u1")


def _set_aside(told: Answers) -> None:
    """No question of a first dose once treatment has begun, nor of handing over nothing."""
    told.verdicts["start"][_yes(told, "begun")] = NOT_APPLICABLE
    told.verdicts["dispense"][~_yes(told, "prescription_open")] = NOT_APPLICABLE


def _yes(told: Answers, fact: str) -> Array:
    value = told.fact(fact)
    return np.asarray((value != 0) & (value != NULL))


def _stages(told: Answers, start: Array, tail_days: Array) -> Array:
    """Where in the course each patient is: `course.stages`, in columns."""
    left, since_stop = told.fact("days_of_supply_left"), told.fact("days_since_stop")
    as_planned = np.isin(told.fact("stop_reason"), AS_PLANNED)
    begun, stopped = _yes(told, "begun"), _yes(told, "stopped")
    conditions = {
        "pregnant": _yes(told, "pregnancy_known") | _yes(told, "positive_test"),
        "relapsed": _yes(told, "relapsed"),
        "stopped_early": stopped & ~as_planned,
        "follow_up": stopped & (since_stop > tail_days),
        "finished": stopped,
        "ready": ~begun & (start == ALLOWED),
        "screening": ~begun,
        "paused": (left != NULL) & (left < 0),
    }
    found = np.select(
        list(conditions.values()),
        [np.uint8(STAGES.index(name)) for name in conditions],
        np.uint8(STAGES.index("on_treatment")),
    )
    return np.asarray(found)
