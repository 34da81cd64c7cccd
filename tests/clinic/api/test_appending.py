"""Events of an application: checked like a course file's, all or none, each id once."""

import json
import threading
from typing import Any

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clinic import team
from tests.clinic.api.asking import Application

from isocourse import events
from isocourse.clinic.api.appending import BY_PEOPLE, OF_A_PRESCRIBER, TAKEN
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.worklist.models import Standing

WEIGHT = {"id": "ehr-1", **team.WEIGHT}
LAB = {"id": "ehr-2", "kind": "lab", "at": "2026-11-20", "test": "alt", "value": 30, "unit": "U/L"}


def test_events_are_recorded_like_those_of_a_form(database: str) -> None:
    with clock.standing_at(team.NOW):
        course = team.opened(team.clinic())
        application = Application(course.clinic)
        answer = application.send(course.code, [WEIGHT, LAB])
    assert answer.status_code == 201
    told = {"code": course.code, "recorded": ["ehr-1", "ehr-2"], "there_before": []}
    assert answer.json() == told
    one, two = read(course).events
    assert one["by"] == two["by"] == {"role": "other", "name": "EHR of nurse (application)"}
    assert one["recorded_at"].startswith("2026-11-25T11:00:00") and one["value"] == 61
    assert list(verify(None)) == []


def test_sent_again_nothing_changes(database: str) -> None:
    course = team.opened(team.clinic())
    application = Application(course.clinic)
    assert application.send(course.code, [WEIGHT]).status_code == 201
    before = Entry.objects.count()
    again = application.send(course.code, [WEIGHT])
    assert again.status_code == 200 and again.json()["there_before"] == ["ehr-1"]
    assert Entry.objects.count() == before
    more = application.send(course.code, [WEIGHT, LAB])
    assert more.status_code == 201 and more.json()["recorded"] == ["ehr-2"]


def test_an_id_that_says_something_else_keeps_everything_out(sqlite: str) -> None:
    course = team.opened(team.clinic())
    application = Application(course.clinic)
    application.send(course.code, [WEIGHT])
    answer = application.send(course.code, [LAB, WEIGHT | {"value": 62}])
    assert answer.status_code == 409 and "ehr-1" in answer.json()["problems"][0]["where"]
    assert [each["id"] for each in read(course).events] == ["ehr-1"]


def test_an_event_that_was_taken_back_does_not_come_again(sqlite: str) -> None:
    from isocourse.clinic.log.recording import retract

    course = team.opened(team.clinic())
    application = Application(course.clinic)
    application.send(course.code, [WEIGHT])
    retract(course, team.writer(course.clinic), "ehr-1", "wrong patient")
    assert application.send(course.code, [WEIGHT]).json()["there_before"] == ["ehr-1"]
    assert len(read(course).events) == 2


@pytest.mark.parametrize("kind", sorted(BY_PEOPLE))
def test_what_a_person_does_behind_a_gate_is_never_taken(sqlite: str, kind: str) -> None:
    """Two ways in: the kind is refused by name; and it is not among what is described."""
    with clock.standing_at(team.NOW):
        course, supply = team.ready_to_hand_over(team.clinic())
        application = Application(course.clinic, "prescriber")
        before = Entry.objects.count()
        event = {"id": "x", "kind": kind, "at": "2026-11-25", "days": 30, "number": "A1"}
        event |= {"prescription_id": supply.prescription_id, "event": "e3", "active": True}
        answer = application.send(course.code, [event])
    assert answer.status_code == 422 and Entry.objects.count() == before
    assert any(each["where"] == "events[0].kind" for each in answer.json()["problems"])


def test_an_application_never_counts_as_a_prescriber(sqlite: str) -> None:
    """Thoughts of suicide close the gate; an application's "no concern" does not open it again."""
    with clock.standing_at(team.NOW):
        course, _ = team.ready_to_hand_over(team.clinic())
        application = Application(course.clinic, "prescriber")
        mind = {"kind": "mental_health", "assessed": True}
        grave = mind | {"id": "m1", "at": "2026-11-24", "concern": "suicidal_thoughts"}
        better = mind | {"id": "m2", "at": "2026-11-25", "concern": "none"}
        assert Standing.objects.get(course=course).dispense == "allowed"
        assert application.send(course.code, [grave, better]).status_code == 201
        assert Standing.objects.get(course=course).dispense == "blocked"
        by = better | {"id": "m3", "by": {"role": "dermatologist"}}
        assert application.send(course.code, [by]).status_code == 422
        del better["id"]
        record(course, team.writer(course.clinic), [better])
        assert Standing.objects.get(course=course).dispense == "allowed", "a prescriber's does"


def test_no_event_that_is_taken_carries_a_prescribers_word() -> None:
    """Every field that speaks for a prescriber is refused, whatever kind comes to have one."""
    speaking = {
        (kind, name)
        for kind in TAKEN
        for name in events.KINDS[kind].model_fields
        if name == "role" or "prescriber" in name
    }
    assert speaking == set(OF_A_PRESCRIBER.items())


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "visit", "mode": "in_person", "role": "dermatologist"},
        {"kind": "contraception", "abstinence": True, "agreed_by_prescriber": True},
    ],
)
def test_a_prescribers_word_is_refused_and_the_rest_of_the_event_is_taken(
    sqlite: str, said: dict[str, Any]
) -> None:
    with clock.standing_at(team.NOW):
        course, _ = team.ready_to_hand_over(team.clinic())
        application = Application(course.clinic, "prescriber")
        event = said | {"id": "a1", "at": "2026-11-20"}
        own = OF_A_PRESCRIBER[event["kind"]]
        answer = application.send(course.code, [event])
        assert answer.status_code == 422 and f"events[0].{own}" in answer.content.decode()
        del event[own]
        assert application.send(course.code, [event]).status_code == 201


WRONG: list[tuple[Any, str]] = [
    (b"", "line 1"),
    (b"{", "line 1"),
    (b"null", "the file"),
    (b"[]", "the file"),
    (b'"events"', "the file"),
    (b'{"events": ' + b"[" * 50 + b"]" * 50 + b"}", "events[0]"),
    (b'{"events": [{' + b",".join(b'"a%d": 1' % n for n in range(1001)) + b"}]}", "events[0]"),
    (b'{"events": [{"id": "a", "id": "b"}]}', "events[0]"),
    (b'{"events": [{"id": "a", "value": NaN}]}', "events[0]"),
    ([], "events"),
    ([1], "events[0]"),
    ([WEIGHT] * 201, "events"),
    ([{"kind": "weight", "at": "2026-11-20", "value": 1, "unit": "kg"}], "events[0].id"),
    ([WEIGHT, WEIGHT], "events[1].id"),
    ([WEIGHT | {"recorded_at": "2020-01-01"}], "events[0].recorded_at"),
    ([LAB, WEIGHT | {"unit": "stone"}], "events[1]"),
    ([WEIGHT | {"kind": "wish"}], "events[0]"),
    ([WEIGHT | {"at": "2027-01-01"}], "events[0]"),
    ([WEIGHT | {"colour": "red"}], "events[0]"),
]


@pytest.mark.parametrize(("sent", "where"), WRONG)
def test_what_is_wrong_is_named_with_what_to_do(sqlite: str, sent: Any, where: str) -> None:
    with clock.standing_at(team.NOW):
        course = team.opened(team.clinic())
        before = Entry.objects.count()
        answer = Application(course.clinic).send(course.code, sent)
    assert answer.status_code == 422 and Entry.objects.count() == before
    problems = answer.json()["problems"]
    assert all(each["do"] and each["expected"] for each in problems)
    assert any(each["where"].startswith(where) for each in problems), problems


def test_the_same_events_at_one_instant_are_recorded_once(database: str, vendor: str) -> None:
    course = team.opened(team.clinic())
    application = Application(course.clinic)
    told: list[int] = []

    def send() -> None:
        told.append(application.send(course.code, [WEIGHT, LAB]).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(told) == [200, 200, 200, 201]
    assert [each["id"] for each in read(course).events] == ["ehr-1", "ehr-2"]


KINDS = st.sampled_from(
    sorted({"weight", "lab", "visit", "menses", "symptom", "nothing", *BY_PEOPLE})
)
EVENTS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["a", "b", "c"]), "kind": KINDS, "at": st.just("2026-11-20")},
        optional={"value": st.floats(0, 200), "unit": st.sampled_from(["kg", "lb", "U/L"])},
    ),
    min_size=1,
    max_size=3,
)


def test_all_or_none_whatever_is_sent(sqlite: str) -> None:
    """Held against the log itself: what the answer says was recorded is what stands there."""
    course = team.opened(team.clinic())
    application = Application(course.clinic)
    there: dict[str, Any] = {}
    told = set()

    @settings(max_examples=60)
    @given(events=EVENTS)
    def send(events: Any) -> None:
        with clock.standing_at(clock.now()):
            answer = application.send(course.code, events)
        told.add(answer.status_code)
        if answer.status_code == 429:
            return
        if answer.status_code in (200, 201):
            there.update({each["id"]: each for each in json.loads(json.dumps(events))})
        else:
            assert answer.status_code in (409, 422)
        held = {
            e["id"]: {k: e[k] for k in e if k not in ("by", "recorded_at")}
            for e in read(course).events
        }
        assert held == there

    send()
    assert {201, 422} <= told


def test_too_much_at_once_and_a_fault_of_ours_are_told_in_json(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from isocourse.clinic.api import appending

    course = team.opened(team.clinic())
    application = Application(course.clinic)
    answer = application.send(course.code, b"[" + b" " * 2_600_000 + b"]")
    assert answer.status_code == 413 and answer["Content-Type"] == "application/problem+json"
    monkeypatch.setattr(appending, "append", lambda *_: 1 / 0)
    answer = application.send(course.code, [WEIGHT], raised=False)
    assert answer.status_code == 500 and answer["Content-Type"] == "application/problem+json"
    assert "ZeroDivision" not in answer.content.decode() and not read(course).events
