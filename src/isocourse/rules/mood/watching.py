"""When mind and sexual function are to be asked about again."""

from isocourse.rules.book import Due
from isocourse.words.expressions import greatest, shown


def not_ended(course):
    """Treatment lies ahead or goes on."""
    return ~course.stopped & ~course.pregnancy_known & ~course.positive_test


def on_treatment(course):
    """Capsules are being taken."""
    return course.begun & not_ended(course)


def ahead(course):
    """The first dose still lies ahead."""
    return ~course.begun & not_ended(course)


def left_out(course, since):
    """The last visit went by without a look."""
    return (course.visits > 0) & ~shown(since <= course.days_since_visit)


def next_look(course, since, days, also):
    """Due so many days after the last look, or after the first dose when none came since."""
    last = greatest(-since, -course.days_since_start)
    return Due(on_treatment(course) & also, due=last + days)


def late(course, since, days):
    """So many days are past since the last look and since the first dose."""
    past = shown(course.days_since_start > days) & ~shown(since <= days)
    return on_treatment(course) & past


def psychiatric_history(course):
    """Depression or a suicide attempt is recorded."""
    return course.condition_depression | course.condition_suicide_attempt
