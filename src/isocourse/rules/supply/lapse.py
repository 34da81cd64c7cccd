"""When the newest prescription can no longer be handed over, though nobody cancelled it."""

from isocourse.words.expressions import NEVER, shown


def _of(values, name):
    return values.of("supply", name)


def windows(course, values):
    """The windows of a hand-over: for those able to become pregnant or not, since when, how long.

    Each is a yes or no, the days since it opened and the days that it has.
    """
    if values.of("pregnancy", "hand_over_window"):
        yield True, course.days_since_prescription_test, values.of("pregnancy", "test_days")
    for able, since, name in (
        (True, course.days_since_prescription, "valid_days"),
        (True, course.days_since_certified, "certified_days"),
        (False, course.days_since_prescription, "valid_days_cannot"),
        (False, course.days_since_prescribing_visit, "visit_window_days"),
    ):
        days = _of(values, name)
        if days is not None:
            yield able, since, days


def of_those(course, able):
    """Those able to become pregnant, or those who are not."""
    return course.can_become_pregnant if able else ~course.can_become_pregnant


def window_over(course, values, able):
    """It is over, or nothing opened it; of those able to become pregnant, of others, or of all."""
    over = NEVER
    for of_able, since, days in windows(course, values):
        past = ~shown(since < days)
        if able is None:
            over = over | (of_those(course, of_able) & past)
        elif able is of_able:
            over = over | past
    return over


def _test_used(course, values):
    """Capsules were handed over on the test behind it."""
    if not values.of("pregnancy", "one_hand_over"):
        return NEVER
    if values.of("pregnancy", "test_counted_to") != "hand_over":
        return course.prescription_test_used
    if values.of("pregnancy", "hand_over_window"):
        return course.accepted_test_used | course.prescription_test_used
    return NEVER  # the newest test decides, and the tasks for tests see to that


def _test_too_old(course, values):
    """The test behind it was not recent when it was written or certified."""
    ages = {"prescription": course.prescription_test_age, "certified": course.certified_test_age}
    age = ages.get(values.of("pregnancy", "test_counted_to"))
    if age is None:
        return NEVER
    return ~(shown(age < values.of("pregnancy", "test_days")) & shown(age >= 0))


def _certified_ahead(course, values):
    if _of(values, "certified_days") is None:
        return NEVER
    return ~shown(course.days_since_certified >= 0)


def untested(course, values):
    """The test behind it was used, or was not recent."""
    return _test_used(course, values) | _test_too_old(course, values)


def lapsed(course, values, able=None):
    """Its window is over, or it rests on no test that serves.

    `able` says that only those able to become pregnant are asked about, or only the others.
    """
    over = window_over(course, values, able)
    if able is False:
        return over
    unserved = untested(course, values) | _certified_ahead(course, values)
    return over | (unserved if able else course.can_become_pregnant & unserved)


def ready(course, values, able=None):
    """A prescription waits to be handed over, and still may be."""
    return course.prescription_open & ~lapsed(course, values, able)
