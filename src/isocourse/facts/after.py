"""Pregnancy known, tests still wanted, and what follows a stop. Part of the compiled pass.

Gates rest on none of this; alerts and tasks do.
"""

from isocourse.facts.calendar import day_of_months
from isocourse.facts.compiled import part
from isocourse.facts.prevention import before_first_dose
from isocourse.words.codes import NULL, Kind

_TWO_MONTHS = 2


@part
def pregnancy_since(event, course, why, work):
    """The day on which a pregnancy became known that no prescriber has ended."""
    if course.pregnancy_known == 0 and course.positive_test == 0:
        work.pregnancy_day = NULL
    elif work.pregnancy_day == NULL:
        work.pregnancy_day = event.day
        why.days_since_pregnancy_known = event.index


@part
def tests_since(event, why, work):
    """Which events the days since tests and periods rest on."""
    if work.first_negative_test == NULL:
        why.days_since_first_test = -1
    elif event.kind == Kind.PREGNANCY_TEST and why.days_since_first_test == -1:
        why.days_since_first_test = event.index
    why.days_since_opening_test = why.days_since_accepted_test
    if event.kind == Kind.MENSES:
        why.days_since_menses = event.index


@part
def after_event(event, course, why, work, starts, begun):
    """Note what an event says; `starts` and `begun` are how things stood before it."""
    pregnancy_since(event, course, why, work)
    tests_since(event, why, work)
    if work.new_starts != starts and begun == 1:
        work.treated_before = 1
    course.treated = max(course.begun, work.treated_before)
    if course.begun == 1:
        why.treated = why.begun


@part
def months_to_come(since, months, asked):
    """Days until so many calendar months since a day are complete."""
    return NULL if since == NULL else day_of_months(since, months) - asked


@part
def count_after(course, work, place, patient, asked):
    """Days up to the moment asked, and days still to come."""
    waiting = place.two_tests == 1 and work.accepted_test == NULL and before_first_dose(work)
    if waiting and work.first_negative_test != NULL:
        course.days_since_first_test = asked - work.first_negative_test
    if work.accepted_test_latest != NULL:
        course.days_since_opening_test = asked - work.accepted_test_latest
    if work.menses != NULL:
        course.days_since_menses = asked - work.menses
    if work.pregnancy_day != NULL:
        course.days_since_pregnancy_known = asked - work.pregnancy_day
    course.begun_as_able = 0 if before_first_dose(work) else 1
    course.days_to_month_of_contraception = months_to_come(work.cover_since, 1, asked)
    course.days_to_month_after_stop = months_to_come(work.stop_day, 1, asked)
    course.days_to_two_months_after_stop = months_to_come(work.stop_day, _TWO_MONTHS, asked)
    course.days_to_two_months_after_earlier_course = months_to_come(
        patient.earlier_last_day, _TWO_MONTHS, asked
    )
