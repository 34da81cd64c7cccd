"""Laboratory values that mean stop until they are better."""

from isocourse.rules.book import advises, refuses
from isocourse.words.expressions import NEVER, shown

EVERY = ("start", "prescribe", "dispense")


@refuses(
    *EVERY,
    topic="labs",
    layer="label",
    says="Triglycerides are {triglycerides}; above {triglycerides_most} the pancreas is at risk.",
)
def triglycerides_too_high(course, values):
    """Triglycerides high enough to threaten the pancreas mean stop until they are lower."""
    return shown(course.triglycerides > values.triglycerides_most)


def above(course, times):
    """ALT or AST is above so many times its upper limit."""
    alt = course.alt > course.alt_limit * times
    return shown(alt) | shown(course.ast > course.ast_limit * times)


@refuses(
    *EVERY,
    topic="labs",
    layer="label",
    says="ALT or AST is above {enzyme_stop_times} times its upper limit.",
)
def liver_enzymes_too_high(course, values):
    """Liver enzymes high enough to suspect hepatitis mean stop until they are lower."""
    times = values.enzyme_stop_times
    return NEVER if times is None else above(course, times)


@refuses(
    *EVERY,
    topic="labs",
    layer="local",
    says="ALT or AST is above {enzyme_stop_times} times its upper limit, where this clinic stops.",
)
def liver_enzymes_above_the_clinics_line(course, values):
    """A clinic may draw its own line for liver enzymes."""
    times = values.local("enzyme_stop_times")
    return NEVER if times is None else above(course, times)


@refuses(
    *EVERY,
    topic="labs",
    layer="label",
    says="ALT or AST was above {enzyme_repeat_times} times its upper limit {enzyme_repeats} "
    "times in a row.",
)
def liver_enzymes_stay_high(course, values):
    """Liver enzymes that do not readily return to normal mean stop."""
    in_a_row = values.enzyme_repeats
    again = (course.alt_high_in_a_row >= in_a_row) | (course.ast_high_in_a_row >= in_a_row)
    return again & above(course, values.enzyme_repeat_times)


@advises(
    *EVERY,
    topic="labs",
    layer="guideline",
    says="ALT or AST is above {enzyme_repeat_times} times its upper limit: pause or lower the "
    "dose, and repeat.",
)
def liver_enzymes_high(course, values):
    """A first high result is repeated before it means stop."""
    return above(course, values.enzyme_repeat_times)
