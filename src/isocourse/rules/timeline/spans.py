"""Spans of a course that phases, expectations and tips share."""

from isocourse.words.expressions import shown


def pregnant(course):
    """A pregnancy is known or a test was positive."""
    return course.pregnancy_known | course.positive_test


def ended(course):
    """Stopped, pregnant or relapsed: nothing is taken now."""
    return course.stopped | pregnant(course) | course.relapsed


def on_treatment(course):
    """Treatment has begun and has not ended."""
    return course.begun & ~ended(course)


def from_day(course, day):
    """On treatment, so many days after the first dose or later."""
    return on_treatment(course) & shown(course.days_since_start >= day)


def until_day(course, day):
    """On treatment, before so many days after the first dose."""
    return on_treatment(course) & ~shown(course.days_since_start >= day)


def after(course):
    """Stopped, without a pregnancy or a relapse since."""
    return course.stopped & ~pregnant(course) & ~course.relapsed


def within_days_of_stop(course, days):
    """Stopped, and fewer than so many days ago, whatever else came."""
    return course.stopped & shown(course.days_since_stop < days)
