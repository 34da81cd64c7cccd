"""What must hold between the events of a file."""

import json
from typing import Any

import pytest
from tests.events.courses import File, an_event, course_with, refusal_of

from isocourse.events import read_course

RX = {"prescription_id": "rx", "daily_dose": 40, "unit": "mg/day", "days": 30}


def read(file: File) -> Any:
    return read_course(json.dumps(file))


def earlier_with(*events: File) -> File:
    return {"course_id": "old", "place": "us", "events": list(events)}


def test_an_id_that_stands_twice_is_refused() -> None:
    told = refusal_of(course_with(an_event("menses", "e1"), an_event("pregnancy", "e1")))
    assert told == (
        'demo.json: events[1] (id "e1", pregnancy): id: found "e1", expected an id that no other '
        "event of the file has; give it another id."
    )


def test_an_earlier_course_shares_the_ids_of_the_file() -> None:
    old = [earlier_with(an_event("menses", "e1"))]
    told = refusal_of(course_with(an_event("menses", "e1"), earlier_courses=old))
    assert 'earlier_courses[0].events[0] (id "e1", menses): id: found "e1"' in told
    read(course_with(an_event("menses", "e2"), earlier_courses=old))


def test_a_retract_names_an_event_of_the_file_wherever_it_stands() -> None:
    back = an_event("retract", "e2", "2020-01-01", event="e1")
    for events in ([back, an_event("menses", "e1")], [an_event("menses", "e1"), back]):
        read(course_with(*events))
    read(course_with(back, earlier_courses=[earlier_with(an_event("menses", "e1"))]))


def test_a_retract_that_names_no_event_is_refused() -> None:
    for name in ("e7", "E1", "e"):
        told = refusal_of(course_with(an_event("menses"), an_event("retract", "e2", event=name)))
        assert f'event: found "{name}", expected the id of an event of this file' in told


def test_a_retract_cannot_be_retracted_not_even_by_itself() -> None:
    first = an_event("retract", "e2", event="e1")
    for name, event in (("e3", "e2"), ("e3", "e3")):
        again = an_event("retract", name, event=event)
        told = refusal_of(course_with(an_event("menses"), first, again))
        assert "expected an event other than a retract; a retract cannot be taken back" in told


def test_an_event_may_be_retracted_twice() -> None:
    read(
        course_with(
            an_event("menses"),
            an_event("retract", "e2", event="e1"),
            an_event("retract", "e3", event="e1"),
        )
    )


def test_a_prescription_id_belongs_to_one_prescription_of_a_course() -> None:
    two = [an_event("prescription", "e1", **RX), an_event("prescription", "e2", **RX)]
    assert "an id that no other prescription of the course has" in refusal_of(course_with(*two))
    read(course_with(*two, an_event("retract", "e3", event="e1")))
    read(course_with(two[0], earlier_courses=[earlier_with(two[1])]))


def test_nothing_happens_before_birth() -> None:
    born = {"patient": {"birth_date": "2002-04-17", "sex": "female"}}
    read(course_with(an_event("menses", at="2002-04-17"), **born))
    for at in ("2002-04-16", "2002-04-17T01:00:00+09:00"):
        told = refusal_of(course_with(an_event("menses", at=at), **born))
        assert f'at: found "{at}", expected the day of birth (2002-04-17) or later' in told


def test_what_was_taken_does_not_end_before_it_begins() -> None:
    said = {"daily_dose": 20, "unit": "mg/day"}
    read(course_with(an_event("taken", until="2026-10-01", **said)))
    told = refusal_of(course_with(an_event("taken", until="2026-09-30", **said)))
    assert 'until: found "2026-09-30", expected 2026-10-01 or later' in told


@pytest.mark.parametrize("wrong", [7, None, [], {}, ["e1"], {"id": "e1"}, True, 1.5])
@pytest.mark.parametrize("key", ["id", "at", "kind", "event", "prescription_id", "until"])
def test_what_cannot_be_read_is_passed_over_here_and_refused_all_the_same(
    key: str, wrong: Any
) -> None:
    """Checks between events look at the file as written, whatever stands in it."""
    events = [
        an_event("prescription", "e1", **RX),
        an_event("taken", "e2", daily_dose=20, unit="mg/day", until="2026-10-02"),
        an_event("retract", "e3", event="e1"),
    ]
    for each in events:
        each[key] = wrong
    assert key in refusal_of(course_with(*events))
