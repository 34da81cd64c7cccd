"""What the time of a course page is spent on, step by step, in one process without a browser."""

import json
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from isocourse.clinic.log.chain import check
from isocourse.clinic.log.models import Course, Entry, Head
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.worklist.standing import assessed


def spent(codes: Sequence[str]) -> dict[str, float]:
    """Milliseconds for each step, the median over some courses."""
    held = [_of(code) for code in codes]
    return {step: round(median(each[step] for each in held), 2) for step in held[0]}


def _of(code: str) -> dict[str, float]:
    took: dict[str, float] = {}
    course = _timed(took, "the course and its key", lambda: _course(code))
    entries = _timed(took, "its entries from the database", lambda: _entries(course))
    head = Head.objects.get(course=course)
    _timed(took, "the chain computed anew", lambda: check(course, entries, head))
    cipher = _timed(took, "the key unlocked", lambda: Cipher(course.key))
    _timed(took, "the entries decrypted", lambda: [cipher.opened(e.body) for e in entries])
    from isocourse.clinic.log.reading import read

    whole = read(course)
    _timed(took, "put together as a course file", lambda: json.dumps(whole.file))
    _timed(took, "read by the engine", lambda: whole.as_read)
    _timed(took, "assessed", lambda: assessed(whole))
    return took


def _course(code: str) -> Course:
    return Course.objects.select_related("clinic", "key").get(code=code)


def _entries(course: Course) -> list[Entry]:
    rows = Entry.objects.filter(course=course).select_related("by").order_by("number")
    return list(rows)


def _timed(took: dict[str, float], step: str, run: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    made = run()
    took[step] = (time.perf_counter() - begun) * 1000
    return made
