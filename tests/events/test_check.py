"""A check tells everything at once: what is wrong, what lies ahead, and what is doubtful."""

import json
from datetime import date
from typing import Any

import pytest
from tests.events.courses import File, an_event, course_with

from isocourse.events import BadCourse, check_course, read_course

TODAY = date(2026, 10, 1)
AFTER = "2026-10-02"
RX = {"prescription_id": "rx", "daily_dose": 40, "unit": "mg/day", "days": 30}


def told(file: File, today: date = TODAY) -> list[str]:
    """What a check says: the severity, then the sentence."""
    return [f"{each.severity}: {each}" for each in check_course(json.dumps(file), today)]


def warned(*events: File) -> str:
    """The one warning about events that are read all the same."""
    file = course_with(*events)
    read_course(json.dumps(file))
    (warning,) = told(file)
    assert warning.startswith("warning: ")
    return warning


def test_a_course_in_order_gives_nothing_to_say() -> None:
    events = [an_event("prescription", **RX), an_event("cancel", "e2", prescription_id="rx")]
    assert told(course_with(*events)) == []


@pytest.mark.parametrize(
    "ahead",
    [
        an_event("menses", at=AFTER),
        an_event("menses", at="2026-10-02T00:00:00-04:00"),
        an_event("menses", recorded_at=AFTER),
        an_event("prescription", certified_on=AFTER, **RX),
    ],
)
def test_what_lies_after_today_is_an_error_of_the_check_alone(ahead: File) -> None:
    read_course(json.dumps(course_with(ahead)))
    (error,) = told(course_with(ahead))
    assert error.startswith("error: events[0]")
    assert "expected 2026-10-01 or earlier; correct the date or record it then." in error
    assert told(course_with(ahead), date(2026, 10, 2)) == []


def test_today_ends_at_midnight_by_the_clock_of_the_course() -> None:
    late = an_event("menses", at="2026-10-02T03:59:59Z")
    assert told(course_with(late)) == []
    assert len(told(course_with(late, time_zone="Europe/Paris"))) == 1


def test_what_is_meant_for_later_may_lie_ahead() -> None:
    later = "2027-06-01"
    for event in (
        an_event("contraception", methods=[{"method": "implant", "since": later}]),
        an_event("taken", daily_dose=20, unit="mg/day", until=later),
        an_event("authorisation", number="7", do_not_dispense_after=later),
    ):
        assert told(course_with(event)) == []


def test_nobody_is_born_tomorrow() -> None:
    (error,) = told(course_with(patient={"birth_date": AFTER, "sex": "female"}))
    assert error == (
        'error: patient.birth_date: found "2026-10-02", expected 2026-10-01 or earlier; '
        "correct the birth date."
    )


@pytest.mark.parametrize("kind", ["dispense", "authorisation", "cancel", "return_to_stock"])
def test_a_prescription_that_the_file_lacks_is_doubtful(kind: str) -> None:
    said = {"dispense": {"days": 30}, "authorisation": {"number": "7"}}.get(kind, {})
    warning = warned(an_event(kind, prescription_id="rx1", **said))
    assert 'found "rx1", expected the id of a prescription of this file' in warning


@pytest.mark.parametrize(
    ("event", "likely"),
    [
        (an_event("condition", condition="diabetis", status="active"), "diabetes"),
        (an_event("allergy", substance="soy"), "soya"),
        (an_event("symptom", symptom="bloody_diarrhea", grade=3), "bloody_diarrhoea"),
        (an_event("visit", mode="remote", role="dermatologyst"), "dermatologist"),
        (an_event("menses", by={"role": "prescribers"}), "prescriber"),
    ],
)
def test_a_word_close_to_one_that_rules_know_is_doubtful(event: File, likely: str) -> None:
    assert f"did you mean {likely}" in warned(event)


def test_a_word_of_its_own_is_not() -> None:
    for event in (
        an_event("condition", condition="lupus", status="active"),
        an_event("condition", condition="pcos", status="active", by={"role": "gp"}),
        an_event("visit", mode="remote", role="pharmacist"),
    ):
        assert told(course_with(event)) == []


def test_an_event_recorded_before_its_day_is_doubtful() -> None:
    assert "no earlier than the event's own" in warned(
        an_event("menses", recorded_at="2026-09-30T12:00:00Z")
    )
    assert told(course_with(an_event("menses", recorded_at="2026-10-01T00:00:00-04:00"))) == []


def test_a_method_listed_twice_is_doubtful() -> None:
    twice = [{"method": "implant", "since": day} for day in ("2026-01-01", "2026-02-01")]
    assert "expected each method once" in warned(an_event("contraception", methods=twice))


def test_an_item_above_its_score_is_doubtful() -> None:
    assert "item_9: found 3, expected at most the score it is part of (2)" in warned(
        an_event("questionnaire", instrument="phq-9", score=2, item_9=3)
    )
    equal = an_event("questionnaire", instrument="phq-9", score=3, item_9=3)
    assert told(course_with(equal)) == []


def test_a_category_without_its_reason_is_doubtful() -> None:
    assert "without one the person is treated as able to become pregnant" in warned(
        an_event("pregnancy_category", can_become_pregnant=False)
    )
    assert told(course_with(an_event("pregnancy_category", can_become_pregnant=True))) == []


def test_errors_future_dates_and_doubts_are_told_together_in_the_order_of_the_file() -> None:
    file = course_with(
        an_event("weight", "e1", value=600, unit="kg"),
        an_event("menses", "e1", at=AFTER),
        an_event("questionnaire", "e3", instrument="phq-9", score=2, item_9=3, by={"role": "gpp"}),
        an_event("dispense", "e4", prescription_id="rx1", days=0),
        an_event("retract", "e5", event="e9"),
        time_zone="Mars/Olympus",
    )
    assert [each.split(": found ")[0].split(" (")[0] for each in told(file)] == [
        "error: events[0]",
        "error: events[1]",
        "error: events[1]",
        "warning: events[2]",
        "warning: events[2]",
        "warning: events[3]",
        "error: events[3]",
        "error: events[4]",
        "error: time_zone",
    ]


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"events": 7}', b"\xff", '{"a": NaN}'])
def test_a_file_that_is_none_is_told_as_by_reading(text: Any) -> None:
    with pytest.raises(BadCourse) as caught:
        read_course(text)
    assert check_course(text, TODAY) == list(caught.value.problems)


WRONG = (7, None, "a", [], {}, [7], {"a": 7}, True)


@pytest.mark.parametrize("key", ["at", "methods", "item_9", "score", "role", "by", "reason"])
def test_a_check_never_stumbles_over_what_is_wrong(key: str) -> None:
    kinds = ("contraception", "questionnaire", "pregnancy_category", "visit", "taken", "retract")
    for wrong in WRONG:
        events = [an_event(kind, **{key: wrong}) for kind in kinds]
        assert told(course_with(*events, an_event("contraception", methods=[wrong])))
