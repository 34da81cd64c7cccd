"""Two desks at one instant: one hands over, the rest are refused; never twice, never lost."""

import os
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from threading import Barrier
from typing import Any

from django.db import connections
from tests.clinic import team
from tests.clinic.team import NOW

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Writer
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.supply.handing_over import AlreadyHandedOver, Supply, hand_over

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
ROUNDS, DESKS = (500, 8) if SOAK else (2, 4)


def given_of(course: Course, supply: Supply) -> int:
    events = read(course).events
    return sum(
        each["kind"] == "dispense" and each["prescription_id"] == supply.prescription_id
        for each in events
    )


def at_a_desk(course: Course, supply: Supply, by: Writer, start: Any) -> str:
    try:
        own = Course.objects.select_related("clinic", "key").get(pk=course.pk)
        start.wait()
        with clock.standing_at(NOW):
            hand_over(own, by, supply)
        return "handed over"
    except AlreadyHandedOver:
        return "refused"
    finally:
        connections.close_all()


def test_many_threads_hand_one_prescription_over_once(database: str) -> None:
    clinic = team.clinic()
    by = team.writer(clinic, "pharmacist")
    for turn in range(ROUNDS):
        course, supply = team.ready_to_hand_over(clinic, woman=turn % 2 == 0)
        start = Barrier(DESKS)
        with ThreadPoolExecutor(DESKS) as desks:
            done = [desks.submit(at_a_desk, course, supply, by, start) for _ in range(DESKS)]
        told = sorted(each.result() for each in done)
        assert told == ["handed over", *["refused"] * (DESKS - 1)]
        assert given_of(course, supply) == 1
    assert list(verify(None)) == []


def a_desk_of_its_own(course: Course, supply: Supply, by: Writer, start: Any, told: Any) -> None:
    told.put(at_a_desk(course, supply, by, start))


def test_two_processes_hand_one_prescription_over_once(database: str) -> None:
    clinic = team.clinic()
    by = team.writer(clinic, "pharmacist")
    forked = get_context("fork")
    for _ in range(ROUNDS):
        course, supply = team.ready_to_hand_over(clinic)
        connections.close_all()
        start, told = forked.Barrier(2), forked.Queue()
        given = (course, supply, by, start, told)
        desks = [forked.Process(target=a_desk_of_its_own, args=given) for _ in range(2)]
        for desk in desks:
            desk.start()
        assert sorted(told.get(timeout=60) for _ in desks) == ["handed over", "refused"]
        for desk in desks:
            desk.join(30)
        assert given_of(course, supply) == 1
    assert list(verify(None)) == []
