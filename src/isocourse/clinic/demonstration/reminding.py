"""Some patients who do not exist have agreed to be reminded, at addresses that lead nowhere."""

from datetime import datetime, timedelta

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import Writer
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.reminders import contact

_EVERY = 6  # of the patients
_AGO = timedelta(minutes=3)


def agree_to_reminders(clinic: Clinic, nurse: Writer, now: datetime) -> None:
    """Every sixth patient is reminded. Where they stand is assessed at the end, with all others.

    It was a moment ago: nothing of what follows may come to stand after now.
    """
    courses = Course.objects.filter(clinic=clinic).select_related("clinic", "key")
    with clock.standing_at(now - _AGO):
        for number, course in enumerate(courses.order_by("pk")):
            if number % _EVERY == 0:
                contact.agree(course, nurse, f"patient-{number}@demonstration.invalid")
