"""Rules asked of many courses: a list of steps, each done for a block of courses at once.

An answer is 0 for no, 1 for not known, 2 for yes, so that "and" is the lesser, "or" the greater.
What the steps are is told by `course.steps`, which makes them from the expressions of the
rules. Part of the compiled loop.
"""

from enum import IntEnum

from isocourse.facts.compiled import kept_free, part
from isocourse.words.codes import NULL

NO, NOT_KNOWN, YES = 0, 1, 2
SILENT, ADVISES, UNKNOWN, BLOCKS = 0, 1, 2, 3
BLOCK = 128
"""So many courses at a time, so that the facts of a block stay near, each fact in a row."""
APART = 8
"""So many places more in each row of facts: rows of a round number of bytes share a few places of
the processor's nearest memory and push each other out."""
FIELDS = 6
NONE = -1


class Step(IntEnum):
    """What a step does with its arguments."""

    CONSTANT = 0  # an answer
    FACT = 1  # a fact: yes when it is not zero
    MISSING = 2  # a fact: not known while it is missing, else no
    AGAINST_NUMBER = 3  # LESS, MORE, EQUAL or UNEQUAL, fact, number
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
    COMPARED = 14  # LESS, AT_MOST, EQUAL or UNEQUAL, two earlier numbers


LESS, AT_MOST, MORE, AT_LEAST, EQUAL, UNEQUAL = range(6)
SIGNS = {"<": LESS, "<=": AT_MOST, ">": MORE, ">=": AT_LEAST, "==": EQUAL, "!=": UNEQUAL}


@part
def turn(facts, which, begin, count, columns):
    """The facts of a block with a row for each fact, written course by course."""
    for lane in range(count):
        row = facts[which[begin + lane]]
        for fact in range(row.shape[0]):
            columns[fact, lane] = row[fact]


@part
def compared(sign, one, other, out):
    """Whether numbers stand as the sign says; not known where one of them is not.

    Here and below each sign has a loop of its own, which does many courses in one instruction.
    """
    count = out.shape[0]
    if sign == LESS:
        for lane in range(count):
            known = (one[lane] != NULL) & (other[lane] != NULL)
            out[lane] = YES * (one[lane] < other[lane]) if known else NOT_KNOWN
    elif sign == AT_MOST:
        for lane in range(count):
            known = (one[lane] != NULL) & (other[lane] != NULL)
            out[lane] = YES * (one[lane] <= other[lane]) if known else NOT_KNOWN
    else:
        for lane in range(count):
            known = (one[lane] != NULL) & (other[lane] != NULL)
            held = (one[lane] == other[lane]) == (sign == EQUAL)
            out[lane] = YES * held if known else NOT_KNOWN


@part
def against(sign, values, number, out):
    """The same of a fact and one number."""
    count = out.shape[0]
    if sign == LESS:
        for lane in range(count):
            out[lane] = NOT_KNOWN if values[lane] == NULL else YES * (values[lane] < number)
    elif sign == MORE:
        for lane in range(count):
            out[lane] = NOT_KNOWN if values[lane] == NULL else YES * (values[lane] > number)
    else:
        for lane in range(count):
            held = (values[lane] == number) == (sign == EQUAL)
            out[lane] = NOT_KNOWN if values[lane] == NULL else YES * held


@part
def from_facts(step, columns, out):
    """The steps that read facts."""
    kind, count = step[0], out.shape[0]
    if kind == Step.FACT:
        values = columns[step[1]]
        for lane in range(count):
            a = values[lane]
            out[lane] = NOT_KNOWN if a == NULL else YES * (a != 0)
    elif kind == Step.MISSING:
        values = columns[step[1]]
        for lane in range(count):
            out[lane] = NOT_KNOWN * (values[lane] == NULL)
    else:
        against(step[1], columns[step[2]], step[3], out)


@part
def count_up(step, columns, numbers, out):
    """The steps whose answer is a number, NULL where it is not known."""
    kind, count = step[0], out.shape[0]
    for lane in range(count):
        if kind == Step.NUMBER:
            out[lane] = step[1]
        elif kind == Step.VALUE:
            out[lane] = columns[step[1], lane]
        elif kind == Step.TIMES:
            a = numbers[step[1], lane]
            out[lane] = NULL if a == NULL else a * step[2]
        else:
            a, b = numbers[step[1], lane], numbers[step[2], lane]
            if kind == Step.GREATEST:
                out[lane] = max(a, b)
            else:
                out[lane] = NULL if a == NULL or b == NULL else a + b


@part
def from_steps(step, answers, out):
    """The steps that join the answers of earlier ones."""
    kind, count, one = step[0], out.shape[0], answers[step[1]]
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
            out[lane] = YES * (one[lane] == YES)


@part
def effect(step, answers, out):
    """What a rule does to each course: silent, advises, not known, blocks."""
    held = answers[step[1]]
    exempt, advises = answers[max(0, step[2])], answers[max(0, step[3])]
    may_be_exempt, may_advise, blocks = step[2] != NONE, step[3] != NONE, step[4] == 1
    for lane in range(out.shape[0]):
        silent = (held[lane] == NO) | (may_be_exempt & (exempt[lane] == YES))
        gates = blocks & ~(may_advise & (advises[lane] == YES))
        known = held[lane] == YES
        said = (BLOCKS if known else UNKNOWN) if gates else (ADVISES if known else SILENT)
        out[lane] = SILENT if silent else said


@kept_free
def answer(steps, facts, which, concerns, columns, answers, numbers, effects, worst):
    """Fill `effects` (a row for each rule) and `worst` (a row for each action) from facts.

    `which` are the rows of facts to ask about, and the columns that are filled, which hold nothing;
    `concerns` the mask of the actions that each rule concerns, whose most serious effect is told.
    `columns` is room for each fact, BLOCK and APART wide; `answers` for a row for each step, one
    more and one for each action, `numbers` for a row for each step, BLOCK wide.
    """
    spoken, gravest = answers[steps.shape[0]], answers[steps.shape[0] + 1 :]
    for begin in range(0, which.shape[0], BLOCK):
        count = min(BLOCK, which.shape[0] - begin)
        turn(facts, which, begin, count, columns)
        gravest[:, :count] = SILENT
        for s in range(steps.shape[0]):
            step, out = steps[s], answers[s, :count]
            if step[0] == Step.CONSTANT:
                out[:] = step[1]
            elif step[0] == Step.EFFECT:
                effect(step, answers, spoken[:count])
                tell(step[5], spoken[:count], which, begin, concerns, effects, gravest)
            elif step[0] <= Step.AGAINST_NUMBER:
                from_facts(step, columns, out)
            elif step[0] <= Step.SHOWN:
                from_steps(step, answers, out)
            elif step[0] == Step.COMPARED:
                compared(step[1], numbers[step[2]], numbers[step[3]], out)
            else:
                count_up(step, columns, numbers, numbers[s, :count])
        for action in range(worst.shape[0]):
            for lane in range(count):
                worst[action, which[begin + lane]] = gravest[action, lane]


@part
def tell(rule, spoken, which, begin, concerns, effects, gravest):
    """Write down what a rule does, and the most serious of what is said of each action."""
    said = 0
    for lane in range(spoken.shape[0]):
        said |= spoken[lane]
    if said == 0:
        return
    for lane in range(spoken.shape[0]):
        effects[rule, which[begin + lane]] = spoken[lane]
    for action in range(gravest.shape[0]):
        if (concerns[rule] >> action) & 1 == 1:
            of_action = gravest[action]
            for lane in range(spoken.shape[0]):
                of_action[lane] = max(of_action[lane], spoken[lane])
