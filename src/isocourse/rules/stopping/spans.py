"""Spans after a stop that tasks and alerts share."""

from isocourse.rules.standing import pregnant
from isocourse.words.expressions import shown


def after_treatment(course):
    """Stopped after capsules were handed over or taken."""
    return course.stopped & course.treated


def up_to_day(course, day):
    """After treatment, up to so many days after the stop, that day included."""
    return after_treatment(course) & shown(course.days_since_stop <= day)


def to_day(course, day):
    """Days from the day asked to a day that is counted from the stop."""
    return day - course.days_since_stop


def able_after(course):
    """After treatment, able to become pregnant and not known to be."""
    return after_treatment(course) & course.can_become_pregnant & ~pregnant(course)


def seen_about(course, values, day):
    """A visit came so many days after the stop, or up to a few days earlier."""
    return shown(course.days_since_visit <= course.days_since_stop - (day - values.early_days))


def tested_from(course, day):
    """A negative test that counts was made so many days after the stop or later."""
    return shown(course.days_since_accepted_test <= course.days_since_stop - day)
