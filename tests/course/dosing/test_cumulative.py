"""What was prescribed, handed over and taken, by examples worked out by hand."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from isocourse.course import assess
from isocourse.events import read_course

FIRST = date(2026, 1, 1)
Event = dict[str, Any]


def day(number: int) -> str:
    """The so-manieth day of the course, the first being number 1."""
    return (FIRST + timedelta(days=number - 1)).isoformat()


def on(number: int, kind: str, **said: Any) -> Event:
    return {"at": day(number), "kind": kind, **said}


def weighs(number: int, kg: float) -> Event:
    return on(number, "weight", value=kg, unit="kg")


def rx(number: int, name: str, mg: float, days: int, **said: Any) -> Event:
    dose = {"daily_dose": mg, "unit": "mg/day", "days": days}
    return on(number, "prescription", prescription_id=name, **dose, **said)


def given(number: int, name: str, days: int, **said: Any) -> Event:
    return on(number, "dispense", prescription_id=name, days=days, **said)


def took(number: int, mg: float, **said: Any) -> Event:
    return on(number, "taken", daily_dose=mg, unit="mg/day", **said)


def said(events: list[Event], number: int, **head: Any) -> dict[str, Any]:
    """The dose of a man in the UK who has these events, on the so-manieth day."""
    file = {
        "format": "isocourse.course/1",
        "course_id": "by-hand",
        "place": "uk",
        "patient": {"birth_date": "1999-05-05", "sex": "male"},
        "events": [{"id": f"e{n}", **event} for n, event in enumerate(events)],
        **head,
    }
    found: dict[str, Any] = assess(
        read_course(json.dumps(file)), date.fromisoformat(day(number))
    ).json()
    return dict(found["dose"])


SIXTY = weighs(1, 60)
FORTY_A_DAY = [SIXTY, rx(1, "a", 40, 90), given(1, "a", 90)]
TWENTY_THEN_FORTY = [
    SIXTY,
    rx(1, "a", 20, 30),
    given(1, "a", 30),
    rx(31, "b", 40, 60),
    given(31, "b", 60),
]


@pytest.mark.parametrize("asked", [91, 92, 400])
@pytest.mark.parametrize(
    ("events", "mg", "per_kg"), [(FORTY_A_DAY, 3600, 60.0), (TWENTY_THEN_FORTY, 3000, 50.0)]
)
def test_the_two_examples(events: list[Event], mg: int, per_kg: float, asked: int) -> None:
    dose = said(events, asked)
    assert dose["cumulative_mg"] == {"prescribed": mg, "dispensed": mg, "taken": mg}
    bases = ("start_weight", "latest_weight", "day_by_day")
    assert dose["cumulative_mg_per_kg"] == dict.fromkeys(bases, per_kg)


def taken(events: list[Event], number: int, **head: Any) -> float | None:
    """The mg taken before the so-manieth day."""
    mg: float | None = said(events, number, **head)["cumulative_mg"]["taken"]
    return mg


def test_a_day_counts_once_it_is_over() -> None:
    """On the first day nothing is taken yet; its dose stands under today."""
    assert [taken(FORTY_A_DAY, n) for n in (1, 2, 90, 91, 92)] == [0, 40, 3560, 3600, 3600]
    assert [said(FORTY_A_DAY, n)["today_mg_per_day"] for n in (1, 90, 91)] == [40, 40, 0]
    assert said(FORTY_A_DAY, 1)["today_mg_per_kg"] == 0.67


def test_before_the_first_hand_over_nothing_was_taken() -> None:
    dose = said([SIXTY, rx(1, "a", 40, 30, refills=1)], 5)
    assert dose["cumulative_mg"] == {"prescribed": 2400, "dispensed": 0, "taken": 0}
    assert set(dose["cumulative_mg_per_kg"].values()) == {0.0}
    assert dose["today_mg_per_day"] == 0


def test_a_supply_that_comes_early_waits_and_one_that_comes_late_leaves_a_gap() -> None:
    early = [SIXTY, rx(1, "a", 20, 30), given(1, "a", 30), rx(21, "b", 40, 30), given(21, "b", 30)]
    assert [taken(early, n) for n in (31, 32, 61, 70)] == [600, 640, 1800, 1800]
    late = [SIXTY, rx(1, "a", 20, 30), given(1, "a", 30), rx(41, "b", 40, 30), given(41, "b", 30)]
    assert [taken(late, n) for n in (31, 41, 42)] == [600, 600, 640]


def test_what_was_really_taken_stands_before_what_was_handed_over() -> None:
    """Ten days at half the dose; what was left over is not added at the end."""
    half = [*FORTY_A_DAY, took(11, 20, until=day(20))]
    assert [taken(half, n) for n in (11, 12, 21, 22, 91)] == [400, 420, 600, 640, 3400]
    none = [*FORTY_A_DAY, took(11, 0, until=day(20))]
    assert [taken(none, n) for n in (21, 91)] == [400, 3200]


def test_without_a_last_day_it_holds_until_the_next_record_or_a_stop() -> None:
    events = [
        *FORTY_A_DAY,
        took(11, 20),
        took(21, 30, until=day(22)),
        on(51, "stop", reason="clear"),
    ]
    assert [taken(events, n) for n in (21, 23, 24, 51, 60)] == [600, 660, 700, 1780, 1780]
    on_and_on = [*FORTY_A_DAY, took(81, 20)]
    assert [taken(on_and_on, n) for n in (91, 101)] == [3400, 3600]
    stopped = [*on_and_on, on(91, "stop", reason="clear")]
    assert taken(stopped, 400) == 3400


def test_a_stop_halts_the_supply_and_a_restart_goes_on_with_what_is_left() -> None:
    events = [*FORTY_A_DAY, on(31, "stop", reason="other"), on(51, "restart")]
    assert [taken(events, n) for n in (31, 51, 52, 111, 112, 200)] == [
        1200,
        1200,
        1240,
        3600,
        3600,
        3600,
    ]
    assert [said(events, n)["today_mg_per_day"] for n in (31, 51, 110, 111)] == [0, 40, 40, 0]


def test_a_record_with_a_last_day_holds_beyond_a_stop_and_the_supply_does_not() -> None:
    """Half the dose on days 11 to 20 with a stop on day 15, and a restart on day 31."""
    stopped = [*FORTY_A_DAY, took(11, 20, until=day(20)), on(15, "stop", reason="other")]
    assert [taken(stopped, n) for n in (15, 21, 22, 91)] == [480, 600, 600, 600]
    again = [*stopped, on(31, "restart")]
    assert [taken(again, n) for n in (31, 32, 107, 108, 200)] == [600, 640, 3640, 3640, 3640]


def test_dosing_on_some_days() -> None:
    """Every other day: the first day of a supply has a dose."""
    turns = [SIXTY, rx(1, "a", 20, 31, days_on=1, cycle_days=2), given(1, "a", 31)]
    assert [taken(turns, n) for n in (2, 3, 4, 32)] == [20, 20, 40, 320]
    assert [said(turns, n)["today_mg_per_day"] for n in (1, 2, 3)] == [20, 0, 20]
    assert said(turns, 40)["cumulative_mg"] == {"prescribed": 320, "dispensed": 320, "taken": 320}
    week_in_four = [SIXTY, rx(1, "a", 30, 56, days_on=7, cycle_days=28), given(1, "a", 56)]
    assert [taken(week_in_four, n) for n in (8, 29, 30, 57)] == [210, 210, 240, 420]


def test_what_came_back_or_was_recorded_in_error_was_not_handed_over() -> None:
    back = [*FORTY_A_DAY, on(3, "return_to_stock", prescription_id="a")]
    assert said(back, 100)["cumulative_mg"] == {"prescribed": 3600, "dispensed": 0, "taken": 0}
    wrong = [*FORTY_A_DAY, on(3, "retract", event="e2")]
    assert said(wrong, 100)["cumulative_mg"] == {"prescribed": 0, "dispensed": 0, "taken": 0}
    void = [SIXTY, rx(1, "a", 40, 90), on(2, "cancel", prescription_id="a")]
    assert said(void, 100)["cumulative_mg"]["prescribed"] == 0


def test_an_older_prescription_counts_as_often_as_it_was_handed_over() -> None:
    events = [SIXTY, rx(1, "a", 40, 30, refills=2), given(1, "a", 30), rx(31, "b", 20, 30)]
    assert said(events, 30)["cumulative_mg"]["prescribed"] == 3600
    assert said(events, 31)["cumulative_mg"]["prescribed"] == 1200 + 600


def test_capsules_handed_over_are_counted_as_they_are() -> None:
    capsules = [{"mg": 20, "quantity": 60}, {"mg": 10, "quantity": 10}]
    dose = said([SIXTY, rx(1, "a", 40, 30), given(1, "a", 30, capsules=capsules)], 31)
    assert dose["cumulative_mg"] == {"prescribed": 1200, "dispensed": 1300, "taken": 1200}


def test_three_weights() -> None:
    """30 days at 60 kg and 30 at 80 kg, 40 mg each: 20.00 and 15.00 mg/kg."""
    events = [SIXTY, rx(1, "a", 40, 60), given(1, "a", 60), weighs(31, 80)]
    assert said(events, 61)["cumulative_mg_per_kg"] == {
        "start_weight": 40.0,
        "latest_weight": 30.0,
        "day_by_day": 35.0,
    }


def test_a_weight_that_is_not_known_is_null_and_never_zero() -> None:
    late = [rx(1, "a", 40, 60), given(1, "a", 60), weighs(31, 80)]
    assert said(late, 61)["cumulative_mg_per_kg"] == {
        "start_weight": None,
        "latest_weight": 30.0,
        "day_by_day": None,
    }
    never = said([rx(1, "a", 40, 60), given(1, "a", 60)], 61)
    assert set(never["cumulative_mg_per_kg"].values()) == {None}
    assert never["cumulative_mg"]["taken"] == 2400
    assert never["finish_between"] is None


def test_a_weight_in_doubt_is_no_base() -> None:
    events = [*FORTY_A_DAY, weighs(31, 132)]
    assert set(said(events, 91)["cumulative_mg_per_kg"].values()) == {60.0}


def test_a_supply_whose_prescription_is_not_in_the_record_makes_the_sum_unknown() -> None:
    dose = said([SIXTY, given(1, "lost", 30)], 10)
    assert dose["cumulative_mg"] == {"prescribed": 0, "dispensed": None, "taken": None}
    assert dose["today_mg_per_day"] is None
    counted = said([SIXTY, given(1, "lost", 30, capsule_mg=20, quantity=60)], 10)
    assert counted["cumulative_mg"] == {"prescribed": 0, "dispensed": 1200, "taken": None}


def test_an_earlier_course_is_not_counted() -> None:
    earlier = {
        "format": "isocourse.course/1",
        "course_id": "old",
        "place": "uk",
        "events": [
            {"id": "o1", "at": "2024-01-01", **rx(1, "z", 40, 60), "kind": "prescription"},
            {"id": "o2", **given(1, "z", 60), "at": "2024-01-01"},
        ],
    }
    earlier["events"][0]["at"] = "2024-01-01"  # type: ignore[index]
    assert taken(FORTY_A_DAY, 91, earlier_courses=[earlier]) == 3600


def test_missed_doses_are_told_and_only_a_record_of_what_was_taken_changes_the_sum() -> None:
    report = on(40, "patient_report", what="missed_doses", count=3)
    dose = said([*FORTY_A_DAY, report], 91)
    assert dose["doses_missed"] == 3
    assert dose["cumulative_mg"]["taken"] == 3600


def test_the_finish_is_the_day_of_the_last_dose_needed() -> None:
    """60 kg: 7200 and 9000 mg at 40 mg a day are day 180 and day 225."""
    assert said(FORTY_A_DAY, 1)["finish_between"] == [day(180), day(225)]
    assert said(FORTY_A_DAY, 90)["finish_between"] == [day(180), day(225)]
    heavier = [*FORTY_A_DAY, weighs(50, 66)]
    assert said(heavier, 60)["finish_between"] == [day(198), day(248)]
    assert said(FORTY_A_DAY, 1)["target_mg_per_kg"] == [120, 150]


def test_a_target_that_is_reached_is_reached_on_the_day_asked() -> None:
    long = [SIXTY, rx(1, "a", 40, 300), given(1, "a", 300)]
    assert said(long, 200)["finish_between"] == [day(200), day(225)]
    assert said(long, 300)["finish_between"] == [day(300), day(300)]


def test_there_is_no_finish_without_treatment_to_go_on_with() -> None:
    stopped = [*FORTY_A_DAY, on(31, "stop", reason="other")]
    assert said(stopped, 40)["finish_between"] is None
    assert said([SIXTY], 40)["finish_between"] is None
    assert said([*FORTY_A_DAY, on(31, "pregnancy")], 40)["finish_between"] is None
    between = said(FORTY_A_DAY, 100)
    assert between["finish_between"] == [day(189), day(234)]


def test_doses_in_turn_finish_by_their_mean() -> None:
    turns = [SIXTY, rx(1, "a", 40, 300, days_on=1, cycle_days=2), given(1, "a", 300)]
    assert said(turns, 1)["finish_between"] == [day(360), day(450)]
