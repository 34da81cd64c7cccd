"""When a pregnancy test is wanted, and of which kind."""

from isocourse.rules.standing import goes_on, recorded
from isocourse.rules.supply.lapse import ready
from isocourse.words.expressions import NEVER, shown


def fresh(course, values):
    """The newest test that counts serves a prescription written today."""
    recent = shown(course.days_since_accepted_test < values.test_days)
    used = course.accepted_test_used if values.one_hand_over else NEVER
    return recent & ~used


def _unserved(course, values):
    """Able to become pregnant, and no prescription waits that rests on a test that serves."""
    asked = goes_on(course) & course.can_become_pregnant
    if values.test_counted_to == "hand_over" and not values.hand_over_window:
        return asked  # there the newest test itself decides
    return asked & ~ready(course, values, able=True)


def only_wanted(course, values):
    """The one test before the first dose is wanted."""
    return _unserved(course, values) & ~course.begun_as_able & ~fresh(course, values)


def during(course, values):
    """A test is wanted during treatment."""
    return _unserved(course, values) & course.begun_as_able & ~fresh(course, values)


def _of_two(course, values):
    """Before the first dose, where two tests are asked for and the second never counted yet."""
    none = ~recorded(course.days_since_accepted_test)
    return _unserved(course, values) & ~course.begun_as_able & none


def first_wanted(course, values):
    """The first of two tests is wanted."""
    return _of_two(course, values) & ~recorded(course.days_since_first_test)


def second_wanted(course, values):
    """The first of two tests is made, and the second was never accepted."""
    return _of_two(course, values) & recorded(course.days_since_first_test)


def again_wanted(course, values):
    """The second test was accepted, and no longer serves."""
    return only_wanted(course, values) & recorded(course.days_since_accepted_test)


def in_first_days_of_menses(course, values):
    """Regular cycles, and a period that has just begun."""
    return shown(course.days_since_menses < values.menses_days)


def menses_asked(course, values):
    """With regular cycles the second test falls in the first days of a period."""
    return shown(course.cycle_regular) if values.menses_days else NEVER
