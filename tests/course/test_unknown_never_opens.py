"""What is not recorded opens nothing: taking an event out of a record never turns no into yes."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.course.asking import (
    ACTIONS,
    CLOSED,
    answer,
    as_text,
    base,
    days_of,
    open_among,
    without,
)

from isocourse.course import Assessment, assess
from isocourse.course.worked import Case, cases, changed, patients
from isocourse.course.worked.running import moment
from isocourse.events import Course, Event, read_course

EVERY = (*ACTIONS, "eligibility")
USES_UP = ("prescription", "dispense")
"""These close by themselves: a hand-over uses up its test, a prescription its talk and answers."""


def closed(said: Assessment) -> list[str]:
    return [action for action in EVERY if answer(said, action).verdict in CLOSED]


def moments(whole: Course) -> list[date]:
    """The first days of the record, its last, and days on which windows and supplies are over."""
    days = days_of(whole)
    after = [days[-1] + timedelta(days=days_on) for days_on in (0, 1, 4, 8, 31)]
    return sorted({days[0], *days[-2:], *after})


@pytest.mark.parametrize("name", sorted(patients()))
def test_taking_one_event_out_of_a_base_course_opens_nothing(name: str) -> None:
    whole = base(name)
    for day in moments(whole):
        shut = closed(assess(whole, day))
        for number, event in enumerate(whole.events):
            if shut and event.kind not in USES_UP:
                opened = open_among(assess(without(whole, number), day), shut)
                assert opened == [], f"{event.kind} {event.id} on {day}"


@pytest.mark.parametrize("name", sorted(patients()))
def test_an_empty_record_allows_nothing_and_says_what_is_missing(name: str) -> None:
    empty = base(name).model_copy(update={"events": (), "earlier_courses": ()})
    said = assess(empty, days_of(base(name))[-1])
    assert open_among(said, EVERY) == []
    for action in ("start", "prescribe"):
        missing = {each for reason in answer(said, action).reasons for each in reason.missing}
        assert "pregnancy_category" in missing and "contraception_accepted" in missing


def only_opens(event: Event) -> bool:
    """An event that can open a gate and never closes one."""
    match event.kind:
        case "counselling" | "menses" | "history_review" | "authorisation" | "restart":
            return True
        case "prescriber_agreement" | "prior_treatment" | "sexual_function" | "diagnosis":
            return True
        case "consent":
            return event.by_guardian is True
        case "enrolment":
            return event.active
        case "condition":
            return event.status == "resolved"
        case "medicine":
            return event.status == "stopped"
        case "mental_health":
            return event.concern == "none"
    return False


CLOSED_CASES = sorted(
    (case for case in cases().values() if case.verdict in (*CLOSED, "closed")),
    key=lambda case: case.name,
)


@settings(max_examples=60)
@given(st.sampled_from(CLOSED_CASES), st.data())
def test_taking_out_what_only_opens_leaves_a_closed_case_closed(
    case: Case, data: st.DataObject
) -> None:
    whole = read_course(json.dumps(changed(dict(patients()[case.course]), case.changes)))
    named = {event.event for event in whole.events if event.kind == "retract"}
    chosen = [n for n, e in enumerate(whole.events) if only_opens(e) and e.id not in named]
    assume(chosen)
    number = data.draw(st.sampled_from(chosen))
    said = assess(without(whole, number), moment(case.asked))
    assert answer(said, case.action).verdict not in ("allowed", "eligible")


@settings(max_examples=40)
@given(st.sampled_from(sorted(patients())), st.data())
def test_what_happens_later_changes_no_answer_of_today(name: str, data: st.DataObject) -> None:
    """Asked for a day, a record answers as it would have before what came after was written."""
    whole = base(name)
    day = data.draw(st.sampled_from(days_of(whole)))
    until = [event for event in whole.events if _day(event) <= day]
    before = whole.model_copy(update={"events": tuple(until)})
    assert as_text(assess(before, day)) == as_text(assess(whole, day))


def _day(event: Event) -> date:
    return date.fromisoformat(str(event.at)[:10])
