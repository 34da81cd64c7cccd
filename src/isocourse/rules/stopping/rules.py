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
    too_few_days = course.days_since_earlier_course < values.gap_days
    too_few_months = course.months_since_earlier_course < values.gap_months
    return ~course.begun & course.earlier_course & (too_few_days | too_few_months)


@advises(
    "start",
    "prescribe",
    topic="retreatment",
    layer="label",
    says="Isotretinoin was taken before; make sure that at least {gap_days} days have passed.",
)
def earlier_course_not_recorded(course, values):
    """When an earlier course is only mentioned, its end has to be asked for."""
    mentioned = course.isotretinoin_before & ~course.earlier_course
    return ~course.begun & mentioned if values.gap_days else NEVER
