"""The days of a course for any calendar program, with titles that tell nothing.

Each deadline keeps its name (UID) for good; a change counts its number (SEQUENCE) up, and what no
longer holds is sent as cancelled, so that a program that follows the address takes it away.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from icalendar import Calendar, Event

from isocourse.clinic.access.needing import needs, seen
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.people.places import Here
from isocourse.clinic.reminders import contact
from isocourse.clinic.reminders.deadlines import Day
from isocourse.clinic.reminders.deadlines import read as day_of
from isocourse.clinic.reminders.keeping import keep
from isocourse.clinic.reminders.models import Deadline, Purpose
from isocourse.clinic.reminders.wording import PORTAL, address
from isocourse.clinic.worklist.standing import assessed

_FILE = "text/calendar; charset=utf-8"


def calendar(course: Course, code: str = "") -> bytes:
    """The calendar of a course; `code` stands before each title where the team reads it."""
    made = Calendar()
    made.add("prodid", "-//isocourse//calendar//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", code or _("Reminders"))
    cipher = Cipher(course.key)
    for row in _rows(course):
        made.add_component(_event(row, day_of(cipher.opened(row.body)), code))
    written: bytes = made.to_ical()
    return written


def _rows(course: Course) -> Iterable[Deadline]:
    return Deadline.objects.filter(course=course).order_by("pk")


def _event(row: Deadline, day: Day, code: str) -> Event:
    """One deadline, from its first day to its last one, whole days."""
    first = day.opens if day.opens and day.opens < day.last else day.last
    made = Event()
    made.add("uid", f"{row.uid[:40]}@isocourse")
    made.add("sequence", row.sequence)
    made.add("dtstamp", row.changed_at)
    made.add("last-modified", row.changed_at)
    made.add("dtstart", first)
    made.add("dtend", day.last + timedelta(days=1))
    made.add("summary", _title(day, code))
    made.add("status", "CANCELLED" if row.cancelled else "CONFIRMED")
    made.add("class", "PRIVATE")
    made.add("transp", "TRANSPARENT")
    made.add("url", address("course", code) if code else address(PORTAL))
    return made


def _title(day: Day, code: str) -> str:
    said = _("something ends") if day.task.endswith("_until") else _("something to do")
    return f"{code}: {said}" if code else said[0].upper() + said[1:]


def answered(made: bytes) -> HttpResponse:
    """A calendar as a file to save."""
    answer = HttpResponse(made, content_type=_FILE)
    answer["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    return answer


@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever holds its secret address, in the language agreed for their mail."""
    door = contact.opened(secret, Purpose.FEED)
    if door is None:
        raise Http404
    with translation.override(contact.language_of(read(door.course))):
        return answered(calendar(door.course))


@needs("see_course")
@require_GET
def download(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """The calendar of a course for the team: with its code, and no name."""
    course = seen(here, code.upper(), "calendar")
    held = read(course)
    keep(held, assessed(held))
    return answered(calendar(course, course.code))
