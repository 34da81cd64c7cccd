"""The pregnancy tests of each part of a course, and when the next one may be made."""

from isocourse.rules.book import Due, task
from isocourse.rules.pregnancy.rules import LAYER
from isocourse.rules.pregnancy.wanted import (
    again_wanted,
    during,
    first_wanted,
    in_first_days_of_menses,
    menses_asked,
    only_wanted,
    second_wanted,
)
from isocourse.rules.standing import goes_on, recorded
from isocourse.words.codes import TestFault
from isocourse.words.expressions import NEVER, greatest, shown

SILENT = Due(NEVER)


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer=LAYER,
    says="A first pregnancy test, now that treatment is planned; the second follows "
    "{test_gap_days} days later or more.",
)
def first_test(course, values):
    """Where two tests are asked for, the first is made when treatment is decided on."""
    if not (values.two_tests and values.test_gap_days):
        return SILENT
    return Due(first_wanted(course, values))


def _second_opens(course, values):
    return values.test_gap_days - course.days_since_first_test


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer=LAYER,
    says="The second pregnancy test, {test_gap_days} days after the first or later and right "
    "before treatment.",
)
def second_test(course, values):
    """Without regular cycles the second test waits only for the days since the first."""
    if not values.two_tests:
        return SILENT
    opens = _second_opens(course, values)
    when = second_wanted(course, values) & ~menses_asked(course, values)
    return Due(when, opens=opens, due=greatest(opens, 0))


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer=LAYER,
    says="The second pregnancy test now: it falls in the first {menses_days} days of a period.",
)
def second_test_this_period(course, values):
    """With regular cycles the second test is made in the first days of a period."""
    if not (values.two_tests and values.menses_days):
        return SILENT
    when = second_wanted(course, values) & menses_asked(course, values)
    now = in_first_days_of_menses(course, values) & _gap_over(course, values)
    return Due(when & now, closes=values.menses_days - 1 - course.days_since_menses)


def _gap_over(course, values):
    return shown(course.days_since_first_test >= values.test_gap_days)


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer=LAYER,
    says="The second pregnancy test in the first {menses_days} days of a period, {test_gap_days} "
    "days after the first or later.",
)
def second_test_next_period(course, values):
    """With regular cycles the second test waits for a period."""
    if not (values.two_tests and values.menses_days):
        return SILENT
    when = second_wanted(course, values) & menses_asked(course, values)
    now = in_first_days_of_menses(course, values) & _gap_over(course, values)
    return Due(when & ~now, opens=_second_opens(course, values), due=None)


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer=LAYER,
    says="The first window was missed: a new test, {lock_out_days} days after the last one or "
    "later.",
)
def test_after_missed_window(course, values):
    """After a missed first window the next test keeps the distance that the place names."""
    if not values.two_tests:
        return SILENT
    opens = values.lock_out_days - course.days_since_opening_test
    return Due(again_wanted(course, values), opens=opens, due=greatest(opens, 0))


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer=LAYER,
    says="A pregnancy test for the first prescription; it counts for {test_days} days, its own "
    "day included.",
)
def only_test_before_start(course, values):
    """Where one test is asked for, it is made just before the first prescription."""
    return SILENT if values.two_tests else Due(only_wanted(course, values))


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer=LAYER,
    says="The pregnancy test for the next supply; it counts for {test_days} days, its own day "
    "included.",
)
def test_for_next_supply(course, values):
    """Each supply has its own test: from then on it still counts on the last day with capsules."""
    if not values.one_hand_over:
        return SILENT
    left = course.days_of_supply_left
    when = during(course, values) & shown(left >= 0)
    return Due(when, opens=left - (values.test_days - 1), due=left, closes=left + 1)


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer=LAYER,
    says="No capsules are in hand: a pregnancy test before the next supply.",
)
def test_after_gap(course, values):
    """When the supply has run out, the test is needed at once."""
    if not values.one_hand_over:
        return SILENT
    return Due(during(course, values) & ~shown(course.days_of_supply_left >= 0))


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer="pregnancy.doubt_layer",
    says="A missed period or unprotected contact was reported: a pregnancy test now.",
)
def test_to_end_doubt(course, values):
    """After a missed period or unprotected contact a test comes at once."""
    if not values.doubt_closes:
        return SILENT
    return Due(goes_on(course) & course.can_become_pregnant & course.pregnancy_in_doubt)


@task(
    "cycle",
    topic="pregnancy_test",
    layer=LAYER,
    says="Record whether cycles are regular; the second test depends on it.",
)
def cycle_to_record(course, values):
    """Whether cycles are regular decides when the second test may be made."""
    if not values.menses_days:
        return SILENT
    undecided = shown(course.test_fault == TestFault.CYCLE_NOT_RECORDED)
    matters = ~course.begun_as_able | undecided
    asked = goes_on(course) & course.can_become_pregnant
    return Due(asked & matters & ~recorded(course.cycle_regular))
