"""Where a course stands, in words that the tasks and alerts of several topics share."""

from isocourse.words.expressions import greatest, not_recorded, shown


def pregnant(course):
    """A pregnancy is known or a test was positive."""
    return course.pregnancy_known | course.positive_test


def goes_on(course):
    """Treatment lies ahead or is under way: neither stopped nor ended by a pregnancy."""
    return ~course.stopped & ~pregnant(course)


def ahead(course):
    """The first dose lies ahead."""
    return ~course.begun & goes_on(course)


def on_treatment(course):
    """Capsules are being taken, or would be if there were any left."""
    return course.begun & goes_on(course)


def recorded(fact):
    """The record tells a fact, whatever it says."""
    return shown(~not_recorded(fact))


def least(*each):
    """The least of those quantities that are known."""
    return -greatest(*(-one for one in each))
