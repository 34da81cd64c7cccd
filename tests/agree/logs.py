"""Invented courses that look like real ones, month by month, with what goes wrong in between.

`courses()` makes a course file as a dict; `questions(file)` the moment asked, and sometimes until
when things were known. Days crowd together on purpose: it is on one day that order matters.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.agree.author import Author, File
from tests.agree.by_topic.story import Moment
from tests.agree.incidents import INCIDENTS, opening, work_up

from isocourse.events import Course, read_course
from isocourse.words import tokens

FIRST, LAST = date(2025, 9, 1), date(2027, 2, 28)
TIME_ZONES = (
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Asia/Kolkata",
    "America/New_York",
    "Europe/Dublin",
)
CLOCKS = ("00:00", "00:30", "03:30", "09:00", "12:00", "18:29", "21:30", "23:59:59")
OFFSETS = ("Z", "-05:00", "-08:00", "-10:00", "+10:00", "+01:00", "+05:30")
BIRTHS = ("2002-04-17", "2008-02-29", "2008-10-03", "2009-01-01", "1980-06-30", "2000-02-29")
_PLACES = ("us", "us", "us", "uk", "eu", "de", "fr", "it", "in")


def course_of(file: File) -> Course:
    """The course that a file holds."""
    return read_course(json.dumps(file))


def moments(days: st.SearchStrategy[date]) -> st.SearchStrategy[str]:
    """A day, or a time on it by some clock."""
    plain = days.map(date.isoformat)
    at = st.builds("{}T{}{}".format, plain, st.sampled_from(CLOCKS), st.sampled_from(OFFSETS))
    return plain | plain | at


@st.composite
def courses(draw: st.DrawFn, place: str | None = None) -> File:
    """A course file of any place, a few months long."""
    begins = draw(st.dates(FIRST, date(2026, 11, 30)))
    author = Author(draw, begins, moments)
    opening(author)
    for number in range(draw(st.integers(0, 4))):
        _month(author, number)
        for _ in range(draw(st.integers(0, 3))):
            author.go(draw(st.integers(0, 3)))
            draw(st.sampled_from(INCIDENTS))(author)
        author.go(draw(st.sampled_from((0, 1, 5, 20, 26, 30))))
    author.take_back()
    file = _head(place or draw(st.sampled_from(_PLACES)), "course") | {
        "patient": {"birth_date": draw(st.sampled_from(BIRTHS)), "sex": "female"},
        "events": author.events,
    }
    if draw(st.integers(0, 2)) == 0:
        file["time_zone"] = draw(st.sampled_from(TIME_ZONES))
    if draw(st.integers(0, 3)) == 0:
        earlier = draw(_earlier(file["place"], begins))
        file["earlier_courses"] = earlier
        old = [e["id"] for each in earlier for e in each["events"] if e["kind"] != "retract"]
        if old and author.one_in(2):
            author.add("retract", event=author.pick(*old))
    return file


def _head(place: str, name: str) -> File:
    return {"format": tokens.COURSE_FORMAT, "course_id": name, "place": place}


@st.composite
def _earlier(draw: st.DrawFn, place: str, begins: date) -> list[File]:
    """One or two earlier courses of the same person, some of them nearly the present one."""
    held = []
    for number in range(draw(st.integers(1, 2))):
        ago = draw(st.sampled_from((20, 57, 75, 400)))
        author = Author(draw, begins - timedelta(days=ago), moments, f"old{number}-")
        for _ in range(draw(st.integers(0, 2))):
            _month(author, 1)
            author.go(draw(st.sampled_from((0, 5, 25))))
        for _ in range(draw(st.integers(0, 3))):
            draw(st.sampled_from(INCIDENTS))(author)
        author.take_back()
        held.append(_head(place, f"old{number}") | {"events": author.events})
    return held


def _month(author: Author, number: int) -> None:
    """A test, a visit, a prescription and its hand-over, mostly in good order."""
    if number == 0:
        _two_tests(author)
    else:
        author.perhaps(8, author.test)
    if author.one_in(3):
        author.perhaps(5, work_up, author)
    author.perhaps(9, author.visit)
    author.perhaps(8, author.add, "counselling")
    author.perhaps(7, author.comprehension)
    author.perhaps(9, author.prescription)
    author.go(author.draw(st.integers(0, 2)))
    author.perhaps(8, author.authorisation)
    author.go(author.draw(st.sampled_from((0, 0, 1, 4, 7))))
    author.perhaps(8, author.dispense)


def _two_tests(author: Author) -> None:
    """The tests before a first dose, the second perhaps in the first days of menses."""
    author.perhaps(9, author.test)
    author.go(author.draw(st.sampled_from((1, 17, 18, 19, 20, 30))))
    author.perhaps(8, author.add, "menses")
    author.go(author.draw(st.sampled_from((0, 0, 1, 4, 5))))
    author.perhaps(9, author.test)


@st.composite
def questions(draw: st.DrawFn, file: File) -> tuple[Moment, Moment | None]:
    """When the facts are asked, mostly soon after an event, and perhaps until when known."""
    held = file["events"] or [{"at": FIRST.isoformat()}]
    days = [date.fromisoformat(event["at"][:10]) for event in held]
    near = st.builds(
        lambda day, on: day + timedelta(days=on),
        st.sampled_from(days),
        st.sampled_from((0, 0, 1, 3, 6, 7, 30)),
    )
    late = st.just(max(days)) | st.dates(max(days), max(days) + timedelta(days=60))
    asked = draw(moments(late | near))
    known = draw(moments(near)) if draw(st.integers(0, 4)) == 0 else None
    return moment_of(asked), None if known is None else moment_of(known)


def moment_of(text: str) -> Moment:
    """A day or an instant, as a course file writes it."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


@st.composite
def asked_courses(draw: st.DrawFn) -> tuple[File, Moment, Moment | None]:
    """A course and a question about it."""
    file = draw(courses())
    return (file, *draw(questions(file)))


@st.composite
def shuffled(draw: st.DrawFn, file: File) -> File:
    """The same file with its events in another order."""
    changed: dict[str, Any] = {**file, "events": draw(st.permutations(file["events"]))}
    if "earlier_courses" in file:
        changed["earlier_courses"] = [
            {**each, "events": draw(st.permutations(each["events"]))}
            for each in file["earlier_courses"]
        ]
    return changed
