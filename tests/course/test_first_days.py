"""Before the first rules that are known nothing is answered; there is no default."""

from datetime import date, datetime, timedelta

import pytest
from tests.course.asking import asked, base

from isocourse.course import NoValue, Settings, assess
from isocourse.rules import Starts, first_day
from isocourse.words.tokens import PLACES

FIRST = {
    "us": date(2021, 12, 13),
    "uk": date(2018, 6, 21),
    "eu": date(2018, 6, 21),
    "de": date(2018, 6, 21),
    "fr": date(2018, 6, 21),
    "it": date(2018, 6, 21),
    "in": date(2018, 12, 19),
}


def test_the_first_day_of_each_place() -> None:
    assert {place: first_day(place, Starts()) for place in PLACES} == FIRST


@pytest.mark.parametrize("place", PLACES)
def test_the_day_before_is_refused_and_the_first_is_answered(place: str) -> None:
    whole = base(f"{place}-man")
    assert assess(whole, FIRST[place]).rules_in_force
    with pytest.raises(NoValue) as refused:
        assess(whole, FIRST[place] - timedelta(days=1))
    said = str(refused.value)
    assert repr(place) in said and f"known from {FIRST[place]} on" in said
    assert "Ask for a later day" in said


@pytest.mark.parametrize(
    ("name", "last", "first"),
    [
        ("us-man", "2021-12-12T23:59:59-05:00", "2021-12-13T00:00:00-05:00"),
        ("in-man", "2018-12-18T18:29:59Z", "2018-12-18T18:30:00Z"),
    ],
)
def test_the_day_begins_by_the_clock_of_the_course(name: str, last: str, first: str) -> None:
    with pytest.raises(NoValue):
        assess(base(name), datetime.fromisoformat(last))
    assert assess(base(name), datetime.fromisoformat(first)).stage == "screening"


def test_rules_change_at_midnight_by_the_clock_of_the_course() -> None:
    for at, source in (
        ("2026-11-14T23:59:59-05:00", "us-ipledge-2021"),
        ("2026-11-15T00:00:00-05:00", "us-ipledge-2026"),
    ):
        assert asked("us-man", at).rules_in_force[-1][0] == source
    pacific = asked("us-man", "2026-11-15T00:00:00-05:00", time_zone="America/Los_Angeles")
    assert pacific.rules_in_force[-1][0] == "us-ipledge-2021"


def test_a_programme_moved_by_the_clinic_moves_the_first_day() -> None:
    moved = Settings("later", Starts({"in-cdsco-2018": date(2020, 1, 1)}))
    with pytest.raises(NoValue, match="known from 2020-01-01 on"):
        assess(base("in-man"), date(2019, 12, 31), settings=moved)
    assert assess(base("in-man"), date(2020, 1, 1), settings=moved).rules_in_force


def test_far_ahead_the_last_rules_hold() -> None:
    assert (
        asked("uk-man", "2099-12-31").rules_in_force == asked("uk-man", "2026-03-02").rules_in_force
    )


@pytest.mark.parametrize("asked_as", ["at", "known_at"])
def test_an_instant_without_an_offset_is_refused(asked_as: str) -> None:
    """It is another instant on every machine."""
    moments = {"at": date(2026, 12, 7)} | {asked_as: datetime(2026, 12, 7, 23, 30)}
    with pytest.raises(ValueError, match="2026-12-07T23:30:00 names no offset"):
        assess(base("us-woman-third"), moments.pop("at"), **moments)
