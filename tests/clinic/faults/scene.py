"""A clinic at work while it is killed, and what must hold of its log afterwards."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any

from django.db import connections
from django.utils import timezone
from tests.clinic import team
from tests.clinic.faults.hands import Hand, Tally, hand_over, session_of, write_visits

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Form
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.people.models import Clinic

HANDS, TO_GIVE = 4, 2
WHOLE = ["visit", "weight", "symptom"]


@dataclass
class Count:
    """What was found over all the killings."""

    killed: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    in_flight_recorded: int = 0
    handed_over: int = 0
    missing: int = 0
    half: int = 0
    twice: int = 0

    def add(self, tally: Tally, found: set[str]) -> None:
        """One killing more."""
        self.killed += 1
        self.acknowledged += len(tally.acknowledged)
        self.in_flight += len(tally.unanswered)
        self.in_flight_recorded += len(tally.unanswered & found)
        self.missing += len(tally.acknowledged - found)


class Work:
    """Courses to be written to between two killings."""

    def __init__(self, clinic: Clinic) -> None:
        now = timezone.now()
        self.nurse, self.pharmacist = (
            session_of(team.writer(clinic, each).user)  # type: ignore[arg-type]
            for each in ("nurse", "pharmacist")
        )
        self.day = now.astimezone(clinic.zone).date().isoformat()
        with clock.standing_at(now):
            self.visited = [team.opened(clinic).code for _ in range(HANDS)]
        made = [team.ready_to_hand_over(clinic, False, now) for _ in range(TO_GIVE)]
        self.given = [(course.code, supply.prescription_id) for course, supply in made]

    def until(
        self, port: int, kill: Callable[[], None], dice: random.Random
    ) -> tuple[Tally, Tally]:
        """Everybody writes; in the midst of it comes the killing."""
        visits, given, stop = Tally(), Tally(), Event()
        with ThreadPoolExecutor(HANDS + 1) as desks:
            for code in self.visited:
                hand = Hand(port, self.nurse)
                desks.submit(write_visits, hand, code, self.day, visits, stop)
            desks.submit(hand_over, Hand(port, self.pharmacist), self.given, given, stop)
            assert visits.first.wait(60), "nothing was acknowledged before the killing"
            stop.wait(dice.uniform(0, 0.4))
            kill()
            stop.set()
        assert not visits.strange + given.strange, visits.strange + given.strange
        return visits, given

    def check(self, visits: Tally, given: Tally, count: Count) -> None:
        """Every acknowledged form is there, once and whole; the chains hold."""
        connections.close_all()  # opened anew: as after a crash
        found: set[str] = set()
        for code in self.visited:
            marks, half = whole_visits(code)
            count.twice += len(marks) - len(set(marks))
            count.half += half
            found |= set(marks)
        count.add(visits, found)
        handed = {
            code for code, prescription in self.given if handed_over(code, prescription, count)
        }
        count.missing += len(given.acknowledged - handed)
        count.handed_over += len(handed)
        count.in_flight += len(given.unanswered)
        count.in_flight_recorded += len(given.unanswered & handed)


def _lines(code: str) -> tuple[Any, ...]:
    return read(Course.objects.select_related("clinic", "key").get(code=code)).lines


def whole_visits(code: str) -> tuple[list[str], int]:
    """The marks of the visits that are there, and how many are not there in full."""
    said = [line.said for line in _lines(code) if line.form == Form.EVENT]
    visits = [said[at : at + len(WHOLE)] for at in range(0, len(said), len(WHOLE))]
    half = sum([each["kind"] for each in visit] != WHOLE for visit in visits)
    return [visit[0].get("note", "") for visit in visits], half


def handed_over(code: str, prescription: str, count: Count) -> int:
    """How often a prescription was handed over; the decision must stand beside each."""
    lines = _lines(code)
    given = [
        line
        for line in lines
        if line.form == Form.EVENT
        and line.said["kind"] == "dispense"
        and line.said["prescription_id"] == prescription
    ]
    led_to = [each.said["led_to"] for each in lines if each.form == Form.DECISION]
    count.twice += max(0, len(given) - 1)
    count.half += sum(each.said["id"] not in led_to for each in given)
    return len(given)


def holds(count: Count) -> None:
    """What must be true after all the killings."""
    assert (count.missing, count.half, count.twice) == (0, 0, 0), count
    assert count.acknowledged >= count.killed > 0
    assert list(verify(None)) == []
