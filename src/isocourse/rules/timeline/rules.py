"""The phases of a course by its weeks. Every course is in one phase and in no other."""

from isocourse.rules.book import phase
from isocourse.rules.timeline.spans import (
    after,
    ended,
    from_day,
    pregnant,
    until_day,
)
from isocourse.words.expressions import shown


@phase("before_treatment", says="Treatment has not begun.", cites="shared-practice#baseline")
def before_treatment(course, values):
    """Nothing was handed over or taken yet."""
    return ~course.begun & ~ended(course)


@phase(
    "first_weeks",
    says="The first weeks: lips and skin become dry and oil falls fast; spots may get worse first.",
)
def first_weeks(course, values):
    """The first weeks after the first dose."""
    return until_day(course, values.first_weeks_days)


@phase("first_healing", says="First healing: clear benefit comes within the first two months.")
def first_healing(course, values):
    """From the first weeks until the first benefit shows."""
    begun = from_day(course, values.first_weeks_days)
    return begun & until_day(course, values.healing_days)


@phase("clearing", says="Clearing: the skin goes on getting better, the face before the trunk.")
def clearing(course, values):
    """From the first benefit until the longest usual course is over."""
    return from_day(course, values.healing_days) & until_day(course, values.course_days)


@phase(
    "longer_than_usual",
    says="Treatment has gone on longer than a usual course of {course_days} days.",
)
def longer_than_usual(course, values):
    """Treatment goes on beyond the longest usual course."""
    return from_day(course, values.course_days)


def _still_improving(course, values):
    return ~shown(course.days_since_stop >= values.still_improving_days)


@phase(
    "still_improving",
    says="Treatment has ended. The skin can go on improving for {still_improving_days} days.",
)
def still_improving(course, values):
    """The weeks after the last dose in which the skin still improves."""
    return after(course) & _still_improving(course, values)


@phase("afterwards", says="Treatment ended a while ago; what counts now is whether acne returns.")
def afterwards(course, values):
    """After the skin has shown all that the course can do."""
    return after(course) & ~_still_improving(course, values)


@phase(
    "relapse",
    says="A relapse was recorded after this course.",
    cites="shared-practice#relapse-definition",
)
def relapse(course, values):
    """Acne came back."""
    return course.relapsed & ~pregnant(course)


@phase(
    "pregnancy",
    says="A pregnancy is known or a test was positive: nothing is taken.",
    cites="isocourse-safety#positive-test-closes",
)
def pregnancy(course, values):
    """A pregnancy ends treatment."""
    return pregnant(course)
