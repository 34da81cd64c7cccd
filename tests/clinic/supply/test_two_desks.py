"""Two desks at one instant: one hands over, the rest are refused; never twice, never lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from threading import Barrier
from typing import Any

from django.db import connections
from tests.clinic import team
from tests.clinic.soaking import report, rounds, times
from tests.clinic.team import NOW

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Writer
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.supply.handing_over import AlreadyHandedOver, Supply, hand_over

FORKED = get_context("fork")
ROUNDS, DESKS, PROCESSES = (2, 500), times(4, 8), 2


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


def at_many_desks(course: Course, supply: Supply, by: Writer, start: Any, desks: int) -> list[str]:
    with ThreadPoolExecutor(desks) as hands:
        done = [hands.submit(at_a_desk, course, supply, by, start) for _ in range(desks)]
        return [each.result() for each in done]


class Tried:
    """What became of every hand-over that was tried."""

    def __init__(self, url: str, desks: int) -> None:
        self.begun, self.vendor, self.desks = time.monotonic(), url.partition(":")[0], desks
        self.rounds = self.once = self.twice = self.lost = 0

    def add(self, told: list[str], course: Course, supply: Supply) -> None:
        """One round: of all who tried, one was told that it is done, and it was done once."""
        given = given_of(course, supply)
        self.rounds += 1
        self.once += given == 1
        self.twice += given > 1
        self.lost += told.count("handed over") > given
        assert sorted(told) == ["handed over", *["refused"] * (self.desks - 1)]
        assert given == 1

    def end(self, name: str) -> None:
        """All chains hold; a soak writes down what was found."""
        assert list(verify(None)) == []
        took = round(time.monotonic() - self.begun)
        found = {"rounds": self.rounds, "desks": self.desks, "once": self.once}
        found |= {"twice": self.twice, "lost": self.lost, "seconds": took}
        report(f"{name}-{self.vendor}", vendor=self.vendor, **found)


def test_many_threads_hand_one_prescription_over_once(database: str) -> None:
    clinic = team.clinic()
    by, tried = team.writer(clinic, "pharmacist"), Tried(database, DESKS)
    for turn in rounds(*ROUNDS):
        course, supply = team.ready_to_hand_over(clinic, woman=turn % 2 == 0)
        tried.add(at_many_desks(course, supply, by, Barrier(DESKS), DESKS), course, supply)
    tried.end("threads")


def in_a_process(course: Course, supply: Supply, by: Writer, start: Any, told: Any) -> None:
    for each in at_many_desks(course, supply, by, start, DESKS // PROCESSES):
        told.put(each)


def test_many_processes_hand_one_prescription_over_once(database: str) -> None:
    """Each of them with threads of its own."""
    clinic = team.clinic()
    by, tried, forked = team.writer(clinic, "pharmacist"), Tried(database, DESKS), FORKED
    for _ in rounds(*ROUNDS):
        course, supply = team.ready_to_hand_over(clinic)
        connections.close_all()
        start, told = forked.Barrier(DESKS), forked.Queue()
        given = (course, supply, by, start, told)
        desks = [forked.Process(target=in_a_process, args=given) for _ in range(PROCESSES)]
        for desk in desks:
            desk.start()
        tried.add([told.get(timeout=60) for _ in range(DESKS)], course, supply)
        for desk in desks:
            desk.join(30)
    tried.end("processes")
