"""Reading a course: the entries are checked, opened and put together as a course file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.clinic.log.chain import check
from isocourse.clinic.log.models import Course, Entry, Form, Head
from isocourse.clinic.log.sealing import Cipher
from isocourse.events import Course as CourseFile
from isocourse.events import read_course
from isocourse.words.places import ZONES
from isocourse.words.tokens import COURSE_FORMAT

File = dict[str, Any]


class Erased(Exception):
    """The person was forgotten: there is nothing left to read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a person reads it: who, when, what."""

    number: int
    recorded_at: datetime
    by: str
    form: str
    said: Mapping[str, Any]


@dataclass
class Held:
    """Everything that is known of a course."""

    course: Course
    lines: tuple[Line, ...]
    head: Head

    def grow(self, line: Line) -> None:
        """One entry more, and what was put together from the entries is put together anew."""
        self.lines = (*self.lines, line)
        for name in ("identity", "file", "as_read"):
            self.__dict__.pop(name, None)

    @property
    def ids(self) -> frozenset[str]:
        """The names of the events."""
        return frozenset(each["id"] for each in self.events)

    @property
    def zone(self) -> ZoneInfo:
        """The clock by which the days of the course are counted."""
        return ZoneInfo(self.course.time_zone or ZONES[self.course.place])

    @property
    def opened(self) -> Mapping[str, Any]:
        """What was said when the course was opened."""
        return self.lines[0].said

    @cached_property
    def identity(self) -> Mapping[str, Any]:
        """The patient's name and what else tells them apart, as last recorded."""
        said = [each.said for each in self.lines if each.form == Form.IDENTITY]
        return said[-1] if said else {}

    @property
    def events(self) -> list[File]:
        """The events of the course in the order in which they were recorded."""
        kept = (Form.EVENT, Form.IMPORTED)
        return [dict(each.said) for each in self.lines if each.form in kept]

    @cached_property
    def file(self) -> File:
        """The course as a course file."""
        course = self.course
        zone = {"time_zone": course.time_zone} if course.time_zone else {}
        earlier = self.opened.get("earlier_courses")
        return {
            "format": COURSE_FORMAT,
            "course_id": course.code,
            "place": course.place,
            **zone,
            "patient": dict(self.opened["patient"]),
            "events": self.events,
            **({"earlier_courses": earlier} if earlier else {}),
        }

    @cached_property
    def as_read(self) -> CourseFile:
        """The course as the engine reads it."""
        return read_course(json.dumps(self.file), self.course.code)


def read(course: Course) -> Held:
    """The log of a course. Raises Broken if it is not what was written, Erased if it is gone."""
    head = Head.objects.filter(course=course).first()
    return read_at(course, head)


def read_at(course: Course, head: Head | None) -> Held:
    """The same, with the end of the log as it was just locked."""
    entries = list(Entry.objects.filter(course=course).select_related("by").order_by("number"))
    check(course, entries, head)
    assert head is not None  # noqa: S101  (checked)
    key = getattr(course, "key", None)
    if key is None:
        raise Erased(f"course {course.code} was erased")
    cipher = Cipher(key)
    return Held(course, tuple(_line(each, cipher) for each in entries), head)


def _line(entry: Entry, cipher: Cipher) -> Line:
    by = str(entry.by) if entry.by else ""
    return Line(entry.number, entry.recorded_at, by, entry.form, cipher.opened(entry.body))
