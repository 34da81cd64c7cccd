"""Capsules are handed over only while the gate is open, once, and what was decided is kept."""

from datetime import timedelta

import pytest
from tests.clinic import team
from tests.clinic.team import NOW

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Form
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import once_only, record, retract, writing
from isocourse.clinic.supply.handing_over import AlreadyHandedOver, Closed, Supply, hand_over
from isocourse.clinic.worklist.models import Standing


@pytest.mark.parametrize("woman", [True, False])
def test_an_open_gate_lets_capsules_out_once(database: str, woman: bool) -> None:
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic, woman)
    by = team.writer(clinic, "pharmacist")
    with clock.standing_at(NOW):
        found = hand_over(course, by, supply)
        assert found.actions["dispense"].verdict == "allowed"
        for _ in range(2):
            with pytest.raises(AlreadyHandedOver):
                hand_over(course, by, supply)
    given = [each for each in read(course).events if each["kind"] == "dispense"]
    assert len(given) == 2 and given[-1]["prescription_id"] == supply.prescription_id
    assert given[-1]["by"]["role"] == "pharmacist"


def test_what_was_decided_is_kept_with_its_facts_and_events(database: str) -> None:
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic)
    with clock.standing_at(NOW):
        hand_over(course, team.writer(clinic, "pharmacist"), supply)
    held = read(course)
    (*_, decision) = [each.said for each in held.lines if each.form == Form.DECISION]
    assert decision["answer"]["verdict"] == "allowed" and decision["action"] == "dispense"
    assert decision["led_to"] == held.events[-1]["id"]
    assert decision["rules_in_force"] and decision["facts"] and decision["release"]
    assert decision["windows"][0]["because"] in held.ids


def test_a_shut_gate_says_why_and_nothing_is_written(database: str) -> None:
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic)
    before = read(course).events
    with clock.standing_at(NOW + timedelta(days=12)), pytest.raises(Closed) as closed:
        hand_over(course, team.writer(clinic, "pharmacist"), supply)
    topics = {each.topic for each in closed.value.answer.reasons if each.stops}
    assert "window" in topics or "pregnancy_test" in topics
    assert read(course).events == before


def test_a_positive_test_recorded_meanwhile_shuts_the_gate(database: str) -> None:
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic)
    with clock.standing_at(NOW):
        test = {"kind": "pregnancy_test", "at": "2026-11-25", "result": "positive"}
        where = {"specimen": "urine", "setting": "clinic"}
        record(course, team.writer(clinic, "nurse"), [{**test, **where}])
        with pytest.raises(Closed):
            hand_over(course, team.writer(clinic, "pharmacist"), supply)


def test_another_prescription_than_the_newest_is_refused(sqlite: str) -> None:
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic)
    old = next(e["prescription_id"] for e in read(course).events if e["kind"] == "prescription")
    assert old != supply.prescription_id
    with clock.standing_at(NOW), pytest.raises(AlreadyHandedOver):
        hand_over(course, team.writer(clinic, "pharmacist"), Supply(old, 30))


def test_a_hand_over_that_was_retracted_cannot_be_done_again(database: str) -> None:
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic)
    by = team.writer(clinic, "pharmacist")
    with clock.standing_at(NOW):
        hand_over(course, by, supply)
        retract(course, by, read(course).events[-1]["id"], "wrong button")
        with pytest.raises((AlreadyHandedOver, Closed)):
            hand_over(course, by, supply)


def test_were_the_lock_to_fail_the_database_keeps_it_unique(database: str) -> None:
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic)
    by = team.writer(clinic, "pharmacist")
    with clock.standing_at(NOW):
        with writing(course, by) as pen:
            once = once_only(course, "dispense", supply.prescription_id, 1)
            pen.write(Form.DECISION, {"another desk": "was faster"}, once)
        with pytest.raises(AlreadyHandedOver):
            hand_over(course, by, supply)


def test_the_worklist_knows_at_once(database: str) -> None:
    clinic = team.clinic()
    with clock.standing_at(NOW):
        course, supply = team.ready_to_hand_over(clinic)
        assert Standing.objects.get(course=course).dispense == "allowed"
        hand_over(course, team.writer(clinic, "pharmacist"), supply)
        assert Standing.objects.get(course=course).dispense == "not_applicable"
