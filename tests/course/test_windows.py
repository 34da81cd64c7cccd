"""Windows to the minute: when they open and close, by whose clock, and that the gate agrees."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.course.asking import asked, base, course, days_of, stopping

from isocourse.course import assess
from isocourse.course.worked import patients

US_ZONES = ("America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/Puerto_Rico")
MINUTE = timedelta(minutes=1)


def windows(name: str, at: str, changes: str = "", **head: Any) -> list[tuple[str, str]]:
    """When each window opens and closes."""
    said = asked(name, at, changes, **head).json()["windows"]
    assert all(each["what"] == "dispense" for each in said)
    return [(each["opens"], each["closes"]) for each in said]


def test_the_window_that_official_guidance_prints() -> None:
    """A specimen of 1 March serves until 7 March, 23:59 Eastern."""
    assert windows("us-woman-march", "2026-03-01") == [
        ("2026-03-01T00:00:00-05:00", "2026-03-07T23:59:00-05:00")
    ]


@pytest.mark.parametrize("zone", US_ZONES)
def test_the_window_of_a_test_closes_by_the_eastern_clock_wherever_the_patient_is(
    zone: str,
) -> None:
    assert windows("us-woman-march", "2026-03-01", time_zone=zone) == [
        ("2026-03-01T00:00:00-05:00", "2026-03-07T23:59:00-05:00")
    ]


def test_clocks_that_go_forward_inside_a_window_take_an_hour_from_it() -> None:
    later = "; ".join(
        f"{kind} on 2026-03-01: at=2026-03-04"
        for kind in ("pregnancy_test", "visit", "counselling", "comprehension", "prescription")
    )
    (window,) = asked("us-woman-march", "2026-03-04", later).windows
    assert window.json()["opens"] == "2026-03-04T00:00:00-05:00"
    assert window.json()["closes"] == "2026-03-10T23:59:00-04:00"
    assert _hours(window.opens, window.closes) == 7 * 24 - 1


def test_clocks_that_go_back_inside_a_window_give_it_an_hour() -> None:
    """The third month's test of 1 November 2026, on the very morning of the change."""
    (window,) = asked("us-woman-third", "2026-11-01", "- dispense on 2026-11-01").windows
    assert window.json()["opens"] == "2026-11-01T00:00:00-04:00"
    assert window.json()["closes"] == "2026-11-07T23:59:00-05:00"
    assert _hours(window.opens, window.closes) == 7 * 24 + 1


def _hours(opens: datetime, closes: datetime) -> float:
    return (closes.timestamp() + 60 - opens.timestamp()) / 3600


@pytest.mark.parametrize(
    ("specimen", "first_day"),
    [
        ("2026-03-01T20:30:00-08:00", "2026-03-01"),  # already 2 March in the East
        ("2026-03-01T23:30:00-05:00", "2026-03-01"),
        ("2026-03-02T00:30:00-04:00", "2026-03-01"),  # Puerto Rico; still 1 March in the East
        ("2026-03-02T04:59:00Z", "2026-03-01"),
        ("2026-03-02T00:00:00-05:00", "2026-03-02"),
    ],
)
def test_day_1_is_the_earlier_of_the_specimens_own_date_and_its_eastern_date(
    specimen: str, first_day: str
) -> None:
    moved = f"pregnancy_test on 2026-03-01: at={specimen}; prescription: at=2026-03-03"
    ((opens, _),) = windows("us-woman-march", "2026-03-03", moved)
    assert opens.startswith(first_day)


def test_a_window_rests_on_the_test_behind_the_prescription() -> None:
    (window,) = asked("us-woman-third", "2026-12-02").json()["windows"]
    held = {each["id"]: each for each in patients()["us-woman-third"]["events"]}
    assert held[window["because"]]["kind"] == "pregnancy_test"
    assert held[window["because"]]["at"] == "2026-12-01"


def test_a_test_after_the_prescription_opens_no_window_for_it() -> None:
    newer = "+ pregnancy_test on 2026-12-05: result=negative, specimen=urine, setting=clinic"
    assert windows("us-woman-third", "2026-12-05", newer) == [
        ("2026-12-01T00:00:00-05:00", "2026-12-07T23:59:00-05:00")
    ]


def test_a_window_that_served_a_hand_over_is_gone() -> None:
    over = "+ dispense on 2026-12-02: prescription_id=rx-2026-12-01, days=30"
    assert windows("us-woman-third", "2026-12-03", over) == []


def test_who_cannot_become_pregnant_has_thirty_days_from_the_visit_under_the_2021_rules() -> None:
    assert windows("us-man-may", "2026-05-04") == [
        ("2026-05-04T00:00:00-04:00", "2026-06-02T23:59:00-04:00")
    ]
    assert windows("us-man", "2026-12-02") == []


@pytest.mark.parametrize("zone", US_ZONES[1:3])
def test_the_window_from_the_visit_closes_by_the_eastern_clock_too(zone: str) -> None:
    ((_, closes),) = windows("us-man-may", "2026-05-04", time_zone=zone)
    assert datetime.fromisoformat(closes) == datetime.fromisoformat("2026-06-02T23:59:00-04:00")


@pytest.mark.parametrize(
    ("name", "at", "held"),
    [
        (
            "uk-woman-first",
            "2026-03-02",
            ("2026-03-02T00:00:00+00:00", "2026-03-08T23:59:00+00:00"),
        ),
        ("uk-man", "2026-03-02", ("2026-03-02T00:00:00+00:00", "2026-08-29T23:59:00+01:00")),
        (
            "de-woman-first",
            "2026-03-02",
            ("2026-03-02T00:00:00+01:00", "2026-03-08T23:59:00+01:00"),
        ),
        ("de-man", "2026-03-02", ("2026-03-02T00:00:00+01:00", "2026-03-29T23:59:00+02:00")),
        (
            "fr-woman-first",
            "2026-03-02",
            ("2026-03-02T00:00:00+01:00", "2026-03-08T23:59:00+01:00"),
        ),
        ("it-man", "2026-03-02", ("2026-03-02T00:00:00+01:00", "2026-03-08T23:59:00+01:00")),
    ],
)
def test_elsewhere_a_prescription_is_valid_by_the_clock_of_the_place(
    name: str, at: str, held: tuple[str, str]
) -> None:
    assert windows(name, at) == [held]


def test_in_italy_the_window_runs_from_the_certified_day() -> None:
    certified = "prescription: certified_on=2026-03-01; pregnancy_test: at=2026-03-01"
    assert windows("it-woman-first", "2026-03-02", certified) == [
        ("2026-03-01T00:00:00+01:00", "2026-03-07T23:59:00+01:00")
    ]


@pytest.mark.parametrize("name", ["eu-man", "fr-man", "in-man", "in-woman-first"])
def test_where_no_window_is_named_there_is_none(name: str) -> None:
    assert windows(name, "2026-03-02") == []


def test_without_a_prescription_only_the_test_of_a_registry_opens_one() -> None:
    nothing_written = "- prescription; - authorisation"
    assert len(windows("us-woman-march", "2026-03-02", nothing_written)) == 1
    assert windows("uk-woman-first", "2026-03-02", "- prescription") == []


def _with_a_window() -> list[tuple[str, str | None]]:
    return [
        (name, zone)
        for name, file in patients().items()
        for zone in (US_ZONES if file["place"] == "us" else (None,))
        if assess(course(name), days_of(base(name))[-1]).windows
    ]


@pytest.mark.parametrize(("name", "zone"), _with_a_window())
def test_the_gate_closes_in_the_minute_in_which_the_window_does(
    name: str, zone: str | None
) -> None:
    """Both ends included: allowed in the last minute and its last second, blocked after it."""
    whole = course(name, **({} if zone is None else {"time_zone": zone}))
    (window,) = assess(whole, days_of(whole)[-1]).windows
    last_second = window.closes + timedelta(seconds=59)
    for inside in (window.closes - MINUTE, window.closes, last_second):
        assert assess(whole, inside).actions["dispense"].verdict == "allowed"
    after = assess(whole, last_second + timedelta(seconds=1))
    assert after.actions["dispense"].verdict == "blocked"
    assert {rule.partition(".")[0] for rule in stopping(after, "dispense")} == {"supply"}
