"""Stopping and starting again: a stop holds until a restart, and a second course waits."""

from isocourse.rules.book import advises, refuses
from isocourse.words.expressions import NEVER

EVERY = ("start", "prescribe", "dispense")


@refuses(
    *EVERY,
    topic="stopping",
    layer="label",
    says="Treatment was stopped {days_since_stop} days ago ({stop_reason}); a restart comes first.",
)
def stopped(course, values):
    """After a stop nothing is prescribed or handed over until a restart is recorded."""
    return course.stopped if values.stop_closes else NEVER


@refuses(
    *EVERY,
    topic="retreatment",
    layer="label",
    says="The last dose of the earlier course was {days_since_earlier_course} days ago; the skin "
    "goes on improving, and a second course waits {gap_days} days or more.",
)
def too_soon_after_earlier_course(course, values):
    """A second course waits until the first has shown all it can do."""
    if not values.gap_days:
        return NEVER
    too_few = course.days_since_earlier_course < values.gap_days
    return ~course.begun & course.earlier_course & too_few


@refuses(
    *EVERY,
    topic="retreatment",
    layer="label",
    says="Since the last dose of the earlier course {months_since_earlier_course} of {gap_months} "
    "whole calendar months have passed; the skin goes on improving, and a second course waits.",
)
def too_few_months_after_earlier_course(course, values):
    """A second course waits for so many calendar months where the place counts in months."""
    if not values.gap_months:
        return NEVER
    too_few = course.months_since_earlier_course < values.gap_months
    return ~course.begun & course.earlier_course & too_few


@advises(
    "start",
    "prescribe",
    topic="retreatment",
    layer="label",
    says="Isotretinoin was taken before; make sure that at least {gap_days} days have passed.",
)
def earlier_course_not_recorded(course, values):
    """When an earlier course is only mentioned, its end has to be asked for."""
    return _only_mentioned(course) if values.gap_days else NEVER


@advises(
    "start",
    "prescribe",
    topic="retreatment",
    layer="label",
    says="Isotretinoin was taken before; make sure that at least {gap_months} whole calendar "
    "months have passed.",
)
def earlier_course_not_recorded_months(course, values):
    """The same where the place counts in months."""
    return _only_mentioned(course) if values.gap_months else NEVER


def _only_mentioned(course):
    """Before the first dose an earlier course is known of, and not when it ended."""
    return ~course.begun & course.isotretinoin_before & ~course.earlier_course
