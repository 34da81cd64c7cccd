"""Course files in and out: what another clinic wrote is taken over as it was written."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Form
from isocourse.clinic.log.reading import Held
from isocourse.clinic.log.recording import Opening, Refused, Writer, open_course, writing
from isocourse.clinic.people.models import Clinic
from isocourse.events import check_course, read_course, write_course

NAME = "x-name"
"""The key under which a file of ours carries the patient's name, when it is asked for."""


def exported(held: Held, with_name: bool = False) -> str:
    """A course as a course file. The name is left out unless it is asked for."""
    text = write_course(held.as_read)
    if not with_name:
        return text
    said = json.loads(text)
    said[NAME] = held.identity.get("name", "")
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def every(clinic: Clinic) -> Iterator[Course]:
    """The courses of a clinic that can still be read."""
    yield from clinic.courses.filter(key__isnull=False).order_by("pk").iterator(chunk_size=500)


def taken_in(clinic: Clinic, writer: Writer, data: bytes, name: str = "") -> Course:
    """A new course from a course file. Raises Refused with everything wrong with the file.

    The events keep their ids, days and recorders. When each was taken in stands in the log.
    """
    today = _today(clinic)
    wrong = [each for each in check_course(data, today) if each.severity == "error"]
    if wrong:
        raise Refused(wrong)
    said: dict[str, Any] = json.loads(write_course(read_course(data)))
    opening = Opening(
        patient=said["patient"],
        identity={"name": name or str(said.get(NAME, "")), "came_as": said["course_id"]},
        place=said["place"],
        time_zone=said.get("time_zone", ""),
        earlier=tuple(said.get("earlier_courses", ())),
    )
    with transaction.atomic():
        course = open_course(clinic, writer, opening)
        with writing(course, writer) as pen:
            for event in said["events"]:
                pen.write(Form.IMPORTED, event)
    return course


def _today(clinic: Clinic) -> date:
    return clock.now().astimezone(clinic.zone).date()
