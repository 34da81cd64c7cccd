"""The compiled pass and the plain replay of the log say the same of every course."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.agree.asking import disagreements, examples, rules_asked, the_pass, told
from tests.agree.by_topic.story import Moment
from tests.agree.logs import (
    TIME_ZONES,
    asked_courses,
    course_of,
    courses,
    moment_of,
    questions,
    shuffled,
)
from tests.agree.replay import replay

from isocourse.course import assess
from isocourse.course.assessing import day_asked
from isocourse.events import read_course, write_course
from isocourse.facts import columns
from isocourse.words.tokens import PLACES

Question = tuple[dict[str, Any], Moment, Moment | None]
ACTIONS = ("start", "prescribe", "dispense")


@examples(150)
@given(asked_courses())
def test_every_fact_is_the_same(question: Question) -> None:
    file, at, known_at = question
    assert not disagreements(course_of(file), at, known_at), told(file, at, known_at)


@pytest.mark.parametrize("place", PLACES)
@examples(25)
@given(data=st.data())
def test_every_fact_is_the_same_at_every_place(place: str, data: st.DataObject) -> None:
    file = data.draw(courses(place))
    at, known_at = data.draw(questions(file))
    assert not disagreements(course_of(file), at, known_at), told(file, at, known_at)


def test_the_replay_gives_every_column() -> None:
    course = course_of(_file([]))
    assert replay(course, moment_of("2026-12-01")).keys() == {each.name for each in columns()}


@examples(60)
@given(asked_courses(), st.data())
def test_any_order_of_the_file_gives_the_same_facts(
    question: Question, data: st.DataObject
) -> None:
    file, at, known_at = question
    other = data.draw(shuffled(file))
    assert the_pass(course_of(file), at, known_at) == the_pass(course_of(other), at, known_at)
    assert replay(course_of(other), at, known_at) == replay(course_of(file), at, known_at)


@examples(40)
@given(asked_courses())
def test_writing_and_reading_again_changes_no_fact(question: Question) -> None:
    file, at, known_at = question
    course = course_of(file)
    again = read_course(write_course(course))
    assert the_pass(again, at, known_at) == the_pass(course, at, known_at)


@examples(60)
@given(st.data(), st.integers(1, 60))
def test_a_refusal_for_want_of_a_test_does_not_pass_with_time(
    data: st.DataObject, days: int
) -> None:
    """With no new event and the same rules, waiting opens nothing that a test kept shut."""
    course = course_of(data.draw(courses()))
    last = max((day_asked(course, event.at) for event in course.events), default=None)
    now = moment_of("2026-03-01") if last is None else last
    later = now + timedelta(days=days)
    if rules_asked(course, now) is not rules_asked(course, later):
        return
    before, after = assess(course, now), assess(course, later)
    if not before.facts["can_become_pregnant"]:
        return
    for action in ACTIONS:
        shut = any(r.topic == "pregnancy_test" and r.stops for r in before.actions[action].reasons)
        assert not (shut and after.actions[action].verdict == "allowed"), action


def _file(events: list[dict[str, Any]], place: str = "us", **said: Any) -> dict[str, Any]:
    return {
        "format": "isocourse.course/1",
        "course_id": "by-the-clock",
        "place": place,
        "patient": {"birth_date": "2008-02-29", "sex": "female"},
        "events": [{"id": f"e{n}", **event} for n, event in enumerate(events)],
        **said,
    }


# Moments at which clocks and calendars play tricks: daylight saving nights of either side of the
# Atlantic, a leap day, midnight in the East of the US, the turn of the rules, the turn of a year.
TRICKY = (
    "2026-03-08T01:59:59-05:00",
    "2026-03-08T03:00:00-04:00",
    "2026-11-01T01:30:00-04:00",
    "2026-11-01T01:30:00-05:00",
    "2026-03-29T00:59:59Z",
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "2024-02-29T12:00:00Z",
    "2024-02-28T23:59:59-10:00",
    "2028-02-29T04:59:59Z",
    "2026-12-07T23:59:59-05:00",
    "2026-12-08T00:00:00-05:00",
    "2026-12-07T21:30:00-08:00",
    "2026-11-14T23:59:59-05:00",
    "2026-11-15T00:00:00-05:00",
    "2026-12-31T23:30:00+05:30",
    "2027-01-01T08:00:00+10:00",
)
tricky = st.sampled_from(TRICKY) | st.sampled_from(TRICKY).map(lambda text: text[:10])


@st.composite
def entries_by_the_clock(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Tests, menses, a prescription and a hand-over, all at tricky moments or soon after one."""
    test = {"kind": "pregnancy_test", "result": "negative", "specimen": "urine"}
    rx = {"kind": "prescription", "daily_dose": 20, "unit": "mg/day", "days": 30}
    kinds: list[dict[str, Any]] = [
        {**test, "setting": "clinic"},
        {**test, "setting": "laboratory"},
        {"kind": "menses"},
        {"kind": "cycle", "regular": draw(st.booleans())},
        {"kind": "visit", "mode": "in_person", "role": "dermatologist"},
        {"kind": "consent", "form": "general"},
        {**rx, "prescription_id": "rx"},
        {"kind": "authorisation", "number": "1", "do_not_dispense_after": "2026-12-07"},
        {"kind": "dispense", "prescription_id": "rx", "days": 30},
    ]
    chosen = draw(st.lists(st.sampled_from(range(len(kinds))), min_size=1, unique=True))
    return [{"at": draw(tricky), **kinds[number]} for number in chosen]


@pytest.mark.parametrize("zone", TIME_ZONES)
@examples(30)
@given(entries_by_the_clock(), tricky, st.sampled_from(("us", "uk", "it", "in")))
def test_clocks_and_calendars_play_no_tricks(
    zone: str, events: list[dict[str, Any]], at: str, place: str
) -> None:
    file, asked = _file(events, place, time_zone=zone), moment_of(at)
    assert not disagreements(course_of(file), asked), told(file, asked)


@example("2027-02-28", 18)
@example("2027-03-01", 19)
@example("2028-02-29", 20)
@given(st.dates(moment_of("2024-01-01"), moment_of("2030-12-31")).map(str), st.none())
def test_age_turns_on_the_birthday(at: str, years: int | None) -> None:
    """Born on a leap day, a year older on 1 March of other years."""
    facts = the_pass(course_of(_file([])), moment_of(at))
    day = moment_of(at)
    by_hand = day.year - 2008 - ((day.month, day.day) < (2, 29))
    assert facts["age_years"] == (by_hand if years is None else years)
