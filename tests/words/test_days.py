"""Day numbers and calendar arithmetic, held against the standard library."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocourse.words.days import (
    as_date,
    civil,
    day_number,
    months_later,
    whole_months,
    whole_years,
)

any_day = st.dates(date(1850, 1, 1), date(2250, 12, 31))


def test_day_0_is_1_january_1970() -> None:
    assert day_number(date(1970, 1, 1)) == 0
    assert day_number(date(1969, 12, 31)) == -1
    assert as_date(day_number(date(2024, 2, 29))) == date(2024, 2, 29)


def test_every_day_of_400_years_has_the_date_that_the_standard_library_gives() -> None:
    """400 years are one whole turn of the Gregorian calendar."""
    first = day_number(date(1800, 1, 1))
    for number in range(first, first + 146_097 + 1):
        day = date(1970, 1, 1) + timedelta(days=number)
        assert civil(number) == (day.year, day.month, day.day)


@given(any_day, st.integers(-5000, 5000))
def test_a_day_later_is_a_number_higher(day: date, days: int) -> None:
    assert day_number(day + timedelta(days=days)) == day_number(day) + days


def months_by_hand(since: date, until: date) -> int:
    """Step month by month, counting those that are complete."""
    months = 0
    while completes(since, months + 1) <= until:
        months += 1
    return months


def completes(since: date, months: int) -> date:
    """The day on which so many months are complete: the same day, or the first of the next."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    if since.day <= calendar.monthrange(year, month + 1)[1]:
        return date(year, month + 1, since.day)
    year, month = divmod(year * 12 + month + 1, 12)
    return date(year, month + 1, 1)


@given(any_day, st.integers(0, 3000))
def test_whole_months_are_those_that_a_calendar_completes(since: date, days: int) -> None:
    until = since + timedelta(days=days)
    counted = whole_months(day_number(since), day_number(until))
    assert counted == months_by_hand(since, until)
    assert whole_years(day_number(since), day_number(until)) == counted // 12


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("2026-10-01", "2026-10-31", 0),
        ("2026-10-01", "2026-11-01", 1),
        ("2026-01-31", "2026-02-28", 0),
        ("2026-01-31", "2026-03-01", 1),
        ("2024-01-30", "2024-02-29", 0),
        ("2024-01-29", "2024-02-29", 1),
        ("2026-01-29", "2026-02-28", 0),
        ("2026-01-29", "2026-03-01", 1),
        ("2026-02-28", "2026-03-28", 1),
        ("2025-12-15", "2026-01-14", 0),
        ("2025-12-15", "2026-01-15", 1),
        ("2026-05-05", "2026-05-05", 0),
        ("2026-05-05", "2026-05-04", -1),
    ],
)
def test_a_month_is_complete_when_its_day_comes_round(since: str, until: str, months: int) -> None:
    numbers = [day_number(date.fromisoformat(each)) for each in (since, until)]
    assert whole_months(*numbers) == months


@pytest.mark.parametrize(
    ("until", "years"),
    [("2027-02-28", 18), ("2027-03-01", 19), ("2028-02-28", 19), ("2028-02-29", 20)],
)
def test_born_on_a_leap_day_a_year_older_on_1_march_of_other_years(until: str, years: int) -> None:
    born = day_number(date(2008, 2, 29))
    assert whole_years(born, day_number(date.fromisoformat(until))) == years


@given(any_day, st.integers(0, 60))
def test_so_many_months_are_complete_on_the_day_they_end_and_not_before(
    day: date, months: int
) -> None:
    since = day_number(day)
    ends = months_later(since, months)
    assert whole_months(since, ends) == months
    assert months == 0 or whole_months(since, ends - 1) == months - 1
