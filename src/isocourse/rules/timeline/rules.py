"""The phases of a course by its weeks. Every course is in one phase and in no other."""

from isocourse.rules.book import expect, phase
from isocourse.words.expressions import shown


def _pregnant(course):
    return course.pregnancy_known | course.positive_test


def _ended(course):
    return course.stopped | _pregnant(course) | course.relapsed


def _on_treatment(course):
    return course.begun & ~_ended(course)


def _from_day(course, day):
    """On treatment, so many days after the first dose or later."""
    return _on_treatment(course) & shown(course.days_since_start >= day)


def _until_day(course, day):
    """On treatment, before so many days after the first dose."""
    return _on_treatment(course) & ~shown(course.days_since_start >= day)


@phase("before_treatment", says="Treatment has not begun.", cites="shared-practice#baseline")
def before_treatment(course, values):
    """Nothing was handed over or taken yet."""
    return ~course.begun & ~_ended(course)


@phase(
    "first_weeks",
    says="The first weeks: lips and skin become dry and oil falls fast; spots may get worse first.",
)
def first_weeks(course, values):
    """The first weeks after the first dose."""
    return _until_day(course, values.first_weeks_days)


@phase("first_healing", says="First healing: clear benefit comes within the first two months.")
def first_healing(course, values):
    """From the first weeks until the first benefit shows."""
    begun = _from_day(course, values.first_weeks_days)
    return begun & _until_day(course, values.healing_days)


@phase("clearing", says="Clearing: the skin goes on getting better, the face before the trunk.")
def clearing(course, values):
    """From the first benefit until the longest usual course is over."""
    return _from_day(course, values.healing_days) & _until_day(course, values.course_days)


@phase(
    "longer_than_usual",
    says="Treatment has gone on longer than a usual course of {course_days} days.",
)
def longer_than_usual(course, values):
    """Treatment goes on beyond the longest usual course."""
    return _from_day(course, values.course_days)


def _after(course):
    """Stopped, without a pregnancy or a relapse since."""
    return course.stopped & ~_pregnant(course) & ~course.relapsed


def _still_improving(course, values):
    return ~shown(course.days_since_stop >= values.still_improving_days)


@phase(
    "still_improving",
    says="Treatment has ended. The skin can go on improving for {still_improving_days} days.",
)
def still_improving(course, values):
    """The weeks after the last dose in which the skin still improves."""
    return _after(course) & _still_improving(course, values)


@phase("afterwards", says="Treatment ended a while ago; what counts now is whether acne returns.")
def afterwards(course, values):
    """After the skin has shown all that the course can do."""
    return _after(course) & ~_still_improving(course, values)


@phase(
    "relapse",
    says="A relapse was recorded after this course.",
    cites="shared-practice#relapse-definition",
)
def relapse(course, values):
    """Acne came back."""
    return course.relapsed & ~_pregnant(course)


@phase(
    "pregnancy",
    says="A pregnancy is known or a test was positive: nothing is taken.",
    cites="isocourse-safety#positive-test-closes",
)
def pregnancy(course, values):
    """A pregnancy ends treatment."""
    return _pregnant(course)


@expect(
    says="About a third have an early flare in the first month, few of them a severe one; it "
    "usually settles in seven to ten days.",
    cites=("flare-2008#how-often", "eu-smpc#flare"),
)
def early_flare(course, values):
    """An early flare is seen in the first month."""
    begun = _from_day(course, values.flare_from_days)
    return begun & _until_day(course, values.flare_until_days)


@expect(says="Lips and skin are dry; oil falls fast.", cites="shared-practice#first-weeks")
def dryness(course, values):
    """Dryness comes with the first doses and stays."""
    return _on_treatment(course)


@expect(says="First healing shows in two to three weeks, clear benefit in four to eight.")
def healing(course, values):
    """The first benefit shows in the second month at the latest."""
    return _until_day(course, values.healing_days)


@expect(
    says="A violent flare with fever and ulcers is not normal at any time: it needs dermatology "
    "the same day. It can come at six to eight weeks."
)
def late_flare(course, values):
    """A violent late flare is an emergency."""
    begun = _from_day(course, values.late_flare_from_days)
    return begun & _until_day(course, values.course_days)


@expect(says="Most are clear by now at label dose, the face before the trunk.")
def mostly_clear(course, values):
    """Most are clear after four to six months."""
    return _from_day(course, values.clear_from_days)


@expect(
    says="About one in four or five relapses within a year; about one in twelve has a second "
    "course.",
    cites="relapse-cohort-2025#rates",
)
def relapse_within_a_year(course, values):
    """Some relapse within a year."""
    return _after(course)
