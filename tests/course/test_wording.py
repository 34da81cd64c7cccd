"""A rule's sentence reads as people write: one day is a day, and none ago is today."""

import pytest

from isocourse.course.edition import rules_in_force
from isocourse.course.settings import DEFAULT
from isocourse.course.wording import filled
from isocourse.words.days import as_date

SAYS = "The test was {days_since_accepted_test} days ago; it counts for {visits} days."


@pytest.mark.parametrize(
    ("ago", "counts", "said"),
    [
        (0, 7, "The test was today; it counts for 7 days."),
        (1, 1, "The test was 1 day ago; it counts for 1 day."),
        (2, 0, "The test was 2 days ago; it counts for 0 days."),
        (21, 11, "The test was 21 days ago; it counts for 11 days."),
        (-3, -1, "The test was -3 days ago; it counts for -1 days."),
        (None, 30, "The test was not recorded; it counts for 30 days."),
    ],
)
def test_days_are_counted_as_people_write_them(ago: int | None, counts: int, said: str) -> None:
    reading = rules_in_force("uk", as_date(20_700), DEFAULT).readings["dispense"][0]
    assert filled(SAYS, reading, {"days_since_accepted_test": ago, "visits": counts}) == said
