"""Values are dated, by place, and nothing stands in for one that is missing."""

from datetime import date, timedelta

import pytest

from isocourse.course import DEFAULT, NoValue, Settings
from isocourse.course.edition import rules_in_force
from isocourse.course.place import breakpoints
from isocourse.rules import PARENTS, Starts, Value, first_day, in_force, values
from isocourse.rules.values import Row
from isocourse.words.tokens import PLACES

STARTS = Starts()


@pytest.mark.parametrize("place", PLACES)
def test_every_value_holds_at_every_place_from_its_first_day(place: str) -> None:
    first = first_day(place, STARTS)
    for day in (first, *(each for each in breakpoints(()) if each > first), date(2100, 1, 1)):
        for value in values().values():
            in_force(value, place, day, STARTS)


def test_no_two_rows_of_a_place_begin_on_one_day() -> None:
    for name, value in values().items():
        begun = [(row.place, STARTS.day(row.since)) for row in value.rows]
        assert len(set(begun)) == len(begun), name


@pytest.mark.parametrize("place", PLACES)
def test_the_day_before_the_first_is_refused_by_name(place: str) -> None:
    first = first_day(place, STARTS)
    rules_in_force(place, first, DEFAULT)
    with pytest.raises(NoValue, match=f"{place!r}.*{first}"):
        rules_in_force(place, first - timedelta(days=1), DEFAULT)


def test_a_missing_row_is_an_error_that_names_the_value_the_place_and_the_day() -> None:
    rows = (Row("us", date(2020, 1, 1), 7, ("us-ipledge-2021#window",)),)
    value = Value("pregnancy", "test_days", "days", "For a test.", rows)
    with pytest.raises(NoValue, match=r"pregnancy\.test_days for 'uk' on 2026-03-02"):
        in_force(value, "uk", date(2026, 3, 2), STARTS)


def test_only_these_places_take_what_they_lack_from_the_eu() -> None:
    assert PARENTS == {"de": "eu", "fr": "eu", "it": "eu"}


def test_a_clinic_moves_the_start_of_a_programme_to_the_day() -> None:
    later = Settings("later", Starts({"us-ipledge-2026": date(2026, 12, 1)}))
    for settings, first in ((DEFAULT, date(2026, 11, 15)), (later, date(2026, 12, 1))):
        before = rules_in_force("us", first - timedelta(days=1), settings)
        after = rules_in_force("us", first, settings)
        assert before.value("pregnancy.lock_out_days") == 19
        assert after.value("pregnancy.lock_out_days") == 0
