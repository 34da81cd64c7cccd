"""Rules asked of many courses: a list of steps, each done for a block of courses at once.

An answer is 0 for no, 1 for not known, 2 for yes, so that "and" is the lesser, "or" the greater.
What the steps are is told by `course.many.steps`, which makes them from the expressions of the
rules. Part of the compiled loop.
"""

from enum import IntEnum

from numba import njit

from isocourse.facts.compiled import kept_free
from isocourse.words.codes import NULL

NO, NOT_KNOWN, YES = 0, 1, 2
SILENT, ADVISES, UNKNOWN, BLOCKS = 0, 1, 2, 3
BLOCK = 128
"""So many courses at a time, so that the facts of a block stay near."""
FIELDS = 6
NONE = -1


class Step(IntEnum):
    """What a step does with its arguments."""

    CONSTANT = 0  # an answer
    FACT = 1  # a fact: yes when it is not zero
    MISSING = 2  # a fact: not known while it is missing, else no
    AGAINST_NUMBER = 3  # sign, fact, factor, number
    BOTH = 4  # two earlier steps
    EITHER = 5
    NOT = 6  # an earlier step
    SHOWN = 7
    EFFECT = 8  # held, exempt or NONE, only advises or NONE, 1 if it blocks, number of the rule
    # Steps whose answer is a number, and what is asked of them.
    NUMBER = 9  # a number
    VALUE = 10  # a fact
    TIMES = 11  # an earlier number, a factor
    PLUS = 12  # two earlier numbers
    GREATEST = 13
    COMPARED = 14  # sign, two earlier numbers


LESS, AT_MOST, MORE, AT_LEAST, EQUAL, UNEQUAL = range(6)
SIGNS = {"<": LESS, "<=": AT_MOST, ">": MORE, ">=": AT_LEAST, "==": EQUAL, "!=": UNEQUAL}


@njit
def compared(sign, a, b):
    """Whether two numbers stand as the sign says."""
    if sign == LESS:
        return a < b
    if sign == AT_MOST:
        return a <= b
    if sign == MORE:
        return a > b
    if sign == AT_LEAST:
        return a >= b
    return a == b if sign == EQUAL else a != b


@njit
def from_facts(step, facts, begin, count, out):
    """The steps that read facts."""
    kind = step[0]
    for lane in range(count):
        row = facts[begin + lane]
        if kind == Step.FACT:
            value = row[step[1]]
            out[lane] = NOT_KNOWN if value == NULL else (NO if value == 0 else YES)
        elif kind == Step.MISSING:
            out[lane] = NOT_KNOWN if row[step[1]] == NULL else NO
        else:
            a = row[step[2]]
            held = compared(step[1], a * step[3], step[4])
            out[lane] = NOT_KNOWN if a == NULL else (YES if held else NO)


@njit
def from_numbers(step, numbers, count, out):
    """A number against another; not known when one of them is not."""
    one, other = numbers[step[2]], numbers[step[3]]
    for lane in range(count):
        a, b = one[lane], other[lane]
        held = compared(step[1], a, b)
        out[lane] = NOT_KNOWN if a == NULL or b == NULL else (YES if held else NO)


@njit
def count_up(step, facts, begin, numbers, count, out):
    """The steps whose answer is a number, NULL where it is not known."""
    kind = step[0]
    for lane in range(count):
        if kind == Step.NUMBER:
            out[lane] = step[1]
        elif kind == Step.VALUE:
            out[lane] = facts[begin + lane, step[1]]
        elif kind == Step.TIMES:
            a = numbers[step[1], lane]
            out[lane] = NULL if a == NULL else a * step[2]
        else:
            a, b = numbers[step[1], lane], numbers[step[2], lane]
            if kind == Step.GREATEST:
                out[lane] = max(a, b)
            else:
                out[lane] = NULL if a == NULL or b == NULL else a + b


@njit
def from_steps(step, answers, count, out):
    """The steps that join the answers of earlier ones."""
    kind, one = step[0], answers[step[1]]
    if kind == Step.BOTH:
        other = answers[step[2]]
        for lane in range(count):
            out[lane] = min(one[lane], other[lane])
    elif kind == Step.EITHER:
        other = answers[step[2]]
        for lane in range(count):
            out[lane] = max(one[lane], other[lane])
    elif kind == Step.NOT:
        for lane in range(count):
            out[lane] = YES - one[lane]
    else:
        for lane in range(count):
            out[lane] = YES if one[lane] == YES else NO


@njit
def effect(step, answers, lane):
    """What a rule does to one course: silent, advises, not known, blocks."""
    held = answers[step[1], lane]
    exempt = step[2] != NONE and answers[step[2], lane] == YES
    if held == NO or exempt:
        return SILENT
    only_advises = step[3] != NONE and answers[step[3], lane] == YES
    if held == NOT_KNOWN:
        return UNKNOWN if step[4] == 1 and not only_advises else SILENT
    return BLOCKS if step[4] == 1 and not only_advises else ADVISES


@kept_free
def answer(steps, facts, answers, numbers, effects):
    """Fill `effects` (a row for each rule, a column for each course) from rows of facts.

    `answers` and `numbers` are room for one row for each step, BLOCK wide.
    """
    for begin in range(0, facts.shape[0], BLOCK):
        count = min(BLOCK, facts.shape[0] - begin)
        for s in range(steps.shape[0]):
            step = steps[s]
            if step[0] == Step.CONSTANT:
                answers[s, :] = step[1]
            elif step[0] == Step.EFFECT:
                for lane in range(count):
                    effects[step[5], begin + lane] = effect(step, answers, lane)
            elif step[0] <= Step.AGAINST_NUMBER:
                from_facts(step, facts, begin, count, answers[s])
            elif step[0] <= Step.SHOWN:
                from_steps(step, answers, count, answers[s])
            elif step[0] == Step.COMPARED:
                from_numbers(step, numbers, count, answers[s])
            else:
                count_up(step, facts, begin, numbers, count, numbers[s])
