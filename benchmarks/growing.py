"""How the cost of one assessment grows with the entries of a course."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.measuring import Run, Timing, in_turns
from benchmarks.peers import REPLAY, VALIDATOR, plain_replay, validate
from isocourse.course import assess
from isocourse.events import read_course

SIZES = {10: 60, 100: 20, 1000: 3, 10_000: 3}
"""How many entries, and in how many rounds."""
PEERS_UP_TO = 1000
"""Beyond this the replay, which reads the whole log for every fact, and the validator take
minutes."""
_FIRST = date(2019, 1, 7)


def growing() -> Iterator[tuple[int, list[Timing]]]:
    """Courses of more and more entries of the usual kinds, by their number."""
    replay = plain_replay()
    for size, rounds in SIZES.items():
        text = json.dumps(course_of(size))
        course = read_course(text)
        assert len(course.events) == size
        day = _FIRST + timedelta(days=size)
        peers: dict[str, Run] = {
            "json.loads alone, the same file": lambda text=text: json.loads(text),
            "isocourse: assess": lambda course=course, day=day: assess(course, day),
            "isocourse: read": lambda text=text: read_course(text),
        }
        if size <= PEERS_UP_TO:
            peers[VALIDATOR] = lambda text=text: validate(text)
        if replay is not None and size <= PEERS_UP_TO:
            peers[REPLAY] = lambda course=course, day=day: replay(course, day)
        yield size, in_turns(peers, rounds, warm=1)


def course_of(size: int) -> dict[str, Any]:
    """A course of so many entries, month by month, with a hand-over in each."""
    events: list[dict[str, Any]] = []
    number = 0
    while len(events) < size:
        events += _month(number)
        number += 1
    return {
        "format": "isocourse.course/1",
        "course_id": f"grown-to-{size}",
        "place": "uk",
        "patient": {"birth_date": "2001-05-04", "sex": "female"},
        "events": [{"id": f"e{n}", **event} for n, event in enumerate(events[:size])],
    }


def _month(number: int) -> list[dict[str, Any]]:
    """What is recorded of one month: seen, weighed, tested, prescribed, handed over."""
    day = _FIRST + timedelta(days=9 * number)  # close together, so that ten thousand fit
    at, rx = day.isoformat(), f"rx{number}"
    lab = {"kind": "lab", "unit": "U/L", "upper_limit": 40}
    dose = {"daily_dose": 30, "unit": "mg/day", "days": 30, "role": "dermatologist"}
    said: list[dict[str, Any]] = [
        {"kind": "visit", "mode": "in_person", "role": "dermatologist"},
        {"kind": "weight", "value": 60 + number % 5, "unit": "kg"},
        {**lab, "test": "alt", "value": 18 + number % 7},
        {"kind": "mental_health", "assessed": True, "concern": "none"},
        {"kind": "symptom", "symptom": "dry_skin", "grade": 1},
        {"kind": "contraception", "methods": [{"method": "copper_iud", "since": "2018-03-01"}]},
        {"kind": "pregnancy_test", "result": "negative", "specimen": "urine", "setting": "clinic"},
        {"kind": "prescription", "prescription_id": rx, **dose},
        {"kind": "dispense", "prescription_id": rx, "days": 30},
    ]
    return [{"at": at, **each} for each in said]
