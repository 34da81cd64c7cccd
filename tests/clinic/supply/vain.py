"""A registry that could not be reached."""

from typing import Any

from tests.clinic import team

from isocourse.clinic.log.models import Course, Form
from isocourse.clinic.log.recording import writing

TRIED = {
    "about": "authorise",
    "how": "no_answer",
    "done": "Told to come back tomorrow.",
    "tried_at": "2026-11-24T10:15:00-05:00",
}


def tried_in_vain(course: Course, prescription: str, **said: Any) -> int:
    """The registry was tried for a prescription; the number of the entry."""
    with writing(course, team.writer(course.clinic, "pharmacist")) as pen:
        written = pen.write(Form.OUTAGE, {**TRIED, "prescription_id": prescription, **said})
    return int(written.number)
