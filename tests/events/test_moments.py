"""Dates are ISO 8601; a time carries its offset; a course has a clock."""

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.events.courses import an_event, course_with, refusal_of

from isocourse.events import read_course
from isocourse.events.moments import local_day
from isocourse.words.places import ZONES


def moment(at: Any) -> date | datetime:
    person = {"birth_date": "1900-01-01", "sex": "female"}
    return (
        read_course(json.dumps(course_with(an_event("menses", at=at), patient=person))).events[0].at
    )


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("2026-10-01T09:30Z", timedelta(0)),
        ("2026-10-01T09:30:00Z", timedelta(0)),
        ("2026-10-01T09:30:00.000+00:00", timedelta(0)),
        ("2026-10-01T09:30:00.0000000-05:00", timedelta(hours=-5)),
        ("2026-10-01T09:30:00+0530", timedelta(hours=5, minutes=30)),
        ("2026-10-01T09:30:00+14", timedelta(hours=14)),
        ("2026-10-01T09:30:00-00:00", timedelta(0)),
    ],
)
def test_a_time_is_an_instant_with_its_own_offset(text: str, offset: timedelta) -> None:
    read = moment(text)
    assert read == datetime(2026, 10, 1, 9, 30, tzinfo=timezone(offset))
    assert isinstance(read, datetime) and read.utcoffset() == offset


@pytest.mark.parametrize("text", ["1900-01-01", "2028-02-29", "2200-12-31"])
def test_a_date_is_a_whole_day(text: str) -> None:
    assert type(moment(text)) is date
    assert moment(text) == date.fromisoformat(text)


NO_DATES = [
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-10-32",
    "1899-12-31",
    "2201-01-01",
    "2026-1-1",
    "20261001",
    "2026-W40-4",
    "2026-274",
    "2026-10",
    "2026",
    "01/10/2026",
    "10-01-2026",
    " 2026-10-01",
    "2026-10-01 ",
    "２０２６-10-01",
    "-2026-10-01",
    "",
    "today",
    20261001,
    1790812800,
    True,
    [2026, 10, 1],
    {"date": "2026-10-01"},
]
NO_TIMES = [
    "2026-10-01T",
    "2026-10-01T09Z",
    "2026-10-01 09:30:00Z",
    "2026-10-01t09:30:00z",
    "2026-10-01T24:00:00Z",
    "2026-10-01T23:60:00Z",
    "2026-10-01T23:59:60Z",
    "2026-10-01T09:30:00,5Z",
    "2026-10-01T09:30:00+14:01",
    "2026-10-01T09:30:00-15:00",
    "2026-10-01T09:30:00+02:00:30",
    "2026-10-01T09:30:00[Europe/Paris]",
    "2026-10-01T09:30:00 EST",
]


@pytest.mark.parametrize("wrong", NO_DATES + NO_TIMES)
def test_what_is_no_moment_is_refused(wrong: Any) -> None:
    found = json.dumps(wrong, ensure_ascii=False)
    for key in ("at", "recorded_at"):
        event = an_event("menses") | {key: wrong}
        told = refusal_of(course_with(event))
        assert f"{key}: found {found}, expected a date such as 2026-10-01 or a date-time" in told


@pytest.mark.parametrize("text", ["2026-10-01T09:30", "2026-10-01T09:30:00.5"])
def test_a_time_without_its_offset_is_refused_with_what_is_missing(text: str) -> None:
    told = refusal_of(course_with(an_event("menses", at=text)))
    assert told.endswith("; add the offset from UTC to the time.")


@pytest.mark.parametrize("wrong", [*NO_DATES, *NO_TIMES, "2026-10-01T09:30:00Z"])
def test_what_is_no_day_is_refused_where_a_day_is_meant(wrong: Any) -> None:
    person = {"birth_date": wrong, "sex": "female"}
    told = refusal_of(course_with(patient=person))
    found = json.dumps(wrong, ensure_ascii=False)
    assert f"patient.birth_date: found {found}, expected a date such as" in told


def test_a_day_is_asked_for_without_its_time() -> None:
    for kind, key, rest in (
        ("taken", "until", {"daily_dose": 20, "unit": "mg/day"}),
        ("authorisation", "do_not_dispense_after", {"number": "7"}),
        ("contraception", "since", {}),
    ):
        said = {**rest, key: "2026-10-02T09:30:00Z"}
        if kind == "contraception":
            said = {"methods": [{"method": "implant", **said}]}
        told = refusal_of(course_with(an_event(kind, **said)))
        assert f'{key}: found "2026-10-02T09:30:00Z", expected a date' in told
        assert "leave out the time of day" in told


def test_the_clock_is_the_place_s_own_unless_the_file_names_one() -> None:
    for place, zone in ZONES.items():
        assert read_course(json.dumps(course_with(place=place))).zone == ZoneInfo(zone)
    for zone in ("Asia/Tokyo", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC", "EST5EDT"):
        assert read_course(json.dumps(course_with(time_zone=zone))).zone == ZoneInfo(zone)


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Londonn",
        "America",
        "../etc/passwd",
        "/etc/passwd",
        "",
        "+02:00",
        "europe/paris",
        "A" * 300,
    ],
)
def test_a_time_zone_that_nobody_knows_is_refused(zone: str) -> None:
    told = refusal_of(course_with(time_zone=zone))
    assert "expected an IANA time zone such as Europe/Dublin" in told


def test_the_local_day_of_an_instant_is_counted_by_the_clock_of_the_course() -> None:
    night = "2026-10-02T03:59:00Z"
    assert local_day(night, ZoneInfo("America/New_York")) == date(2026, 10, 1)
    assert local_day("2026-10-02T04:00:00Z", ZoneInfo("America/New_York")) == date(2026, 10, 2)
    assert local_day(night, ZoneInfo("Europe/Paris")) == date(2026, 10, 2)
    assert local_day("2026-10-02", ZoneInfo("Asia/Kolkata")) == date(2026, 10, 2)
    assert local_day("2026-10-02T23:30:00-05:00", None) == date(2026, 10, 2)
    assert local_day("2026-10-32", None) is None
