"""When the tasks of many courses are due, in columns: `course.beside.due` for a registry."""

from functools import cache

import numpy as np

from isocourse.course.many.answers import FACT, Answers, Array
from isocourse.course.speaking import rule_numbers
from isocourse.facts.many.answering import ADVISES
from isocourse.rules import rules
from isocourse.rules.reading import Reading
from isocourse.words.codes import NULL
from isocourse.words.expressions import Fact, Greatest, Number, Plus, Quantity, Times, quantity

NEVER = np.iinfo("i8").max


@cache
def tasks() -> tuple[str, ...]:
    """The tasks that may fall due, each once."""
    held = (rule for rule in rules().values() if rule.effect == "due")
    return tuple(sorted({rule.names for rule in held}))


def due_days(answers: Answers) -> dict[str, Array]:
    """The day number on which each task is due, for each course; NULL where it is not.

    Where several rules ask for one task, the earliest day.
    """
    found = {task: np.full(len(answers.facts), NEVER, dtype="i8") for task in tasks()}
    held = _Facts(answers)
    for in_force, which in answers.groups:
        for reading in in_force.beside["due"]:
            stands = answers.effects[rule_numbers()[reading.rule.name], which] == ADVISES
            courses = which[stands]
            if len(courses):
                of_task = found[reading.rule.names]
                of_task[courses] = np.minimum(of_task[courses], _days(reading, courses, held))
    return {task: np.where(days == NEVER, NULL, days) for task, days in found.items()}


class _Facts(dict[str, Array]):
    """The facts that days are counted from, each laid out once: as rows they stand far apart."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.answers = answers

    def __missing__(self, name: str) -> Array:
        self[name] = np.ascontiguousarray(self.answers.facts[:, FACT[name]])
        return self[name]


def _days(reading: Reading, courses: Array, held: _Facts) -> Array:
    """The days of a task of these courses; NEVER where it has no day."""
    assert reading.due is not None  # noqa: S101
    if reading.due.due is None:
        return np.full(len(courses), NEVER, dtype="i8")
    ahead = _number(quantity(reading.due.due), courses, held)
    return np.where(ahead == NULL, NEVER, held.answers.day[courses] + ahead)


def _number(said: Quantity, courses: Array, held: _Facts) -> Array:
    """What a quantity is for each of these courses; NULL where it is not known."""
    match said:
        case Number(value):
            return np.full(len(courses), value, dtype="i8")
        case Fact(name):
            return np.asarray(held[name][courses])
        case Times(inner, factor):
            times = _number(inner, courses, held)
            return np.where(times == NULL, NULL, times * factor)
        case Plus(left, right):
            one = _number(left, courses, held)
            other = _number(right, courses, held)
            return np.where((one == NULL) | (other == NULL), NULL, one + other)
        case Greatest(inner):
            every = [_number(each, courses, held) for each in inner]
            return np.asarray(np.max(every, axis=0))  # NULL is least
    raise TypeError(f"{said!r} is no quantity.")
