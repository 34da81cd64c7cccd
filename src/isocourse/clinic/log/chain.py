"""The chain of a course: each entry seals the one before it, and the head seals the last.

The key lies outside the database, so whoever can write there cannot make a chain that holds.
"""

from collections.abc import Iterable
from datetime import UTC

from isocourse.clinic.log.models import Course, Entry, Head
from isocourse.clinic.log.sealing import chained, same


class Broken(Exception):
    """The log of a course is not what was written; says at which entry."""

    def __init__(self, code: str, number: int, what: str) -> None:
        self.code, self.number, self.what = code, number, what
        super().__init__(f"course {code}, entry {number}: {what}")


def root(course: Course) -> str:
    """What the first entry is chained to: which course it is, whose, and under which rules."""
    return chained("", course.code, course.clinic_id, course.place, course.time_zone)


def link(before: str, entry: Entry) -> str:
    """The digest of an entry after the one before it."""
    return chained(
        before,
        entry.number,
        entry.recorded_at.astimezone(UTC).isoformat(),
        entry.by_id,
        entry.form,
        entry.once,
        entry.body,
    )


def seal(code: str, number: int, mac: str) -> str:
    """The digest of where a chain ends."""
    return chained("head", code, number, mac)


def head_of(course: Course, number: int, mac: str) -> Head:
    """The sealed end of a chain."""
    return Head(course=course, number=number, mac=mac, seal=seal(course.code, number, mac))


def check(course: Course, entries: Iterable[Entry], head: Head | None) -> None:
    """Raises Broken at the first entry that is not as it was written, or if the end is not."""
    mac, number = root(course), 0
    for number, entry in enumerate(entries, start=1):
        if entry.number != number:
            raise Broken(course.code, number, f"missing; the next one found is {entry.number}")
        mac = link(mac, entry)
        if not same(mac, entry.mac):
            raise Broken(course.code, number, "changed, or sealed with another key")
    _check_end(course, number, mac, head)


def _check_end(course: Course, number: int, mac: str, head: Head | None) -> None:
    if head is None:
        raise Broken(course.code, number, "the sealed end of the log is missing")
    if not same(head.seal, seal(course.code, head.number, head.mac)):
        raise Broken(course.code, head.number, "the end of the log was changed")
    if head.number > number:
        raise Broken(course.code, number + 1, f"missing; the log ended at entry {head.number}")
    if head.number < number or not same(head.mac, mac):
        raise Broken(course.code, number, "added without the sealed end of the log")
