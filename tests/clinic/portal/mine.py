"""A patient at their own page."""

from typing import Any

from django.urls import reverse
from tests.clinic.browsing import Browser

from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.portal import doors
from isocourse.clinic.visits.saving import new_token


def come_in(course: Course) -> Browser:
    """The patient of a course, come in by a link."""
    browser = Browser()
    answer = browser.post(reverse("my_link", args=[doors.invite(course, None)]))
    assert answer.status_code == 302, answer.content
    return browser


def send(browser: Browser, page: str, **given: Any) -> Any:
    """A form of the patient's page, filled in and sent."""
    return browser.post(reverse(page), {"token": new_token(), **given})


def told(course: Course) -> list[dict[str, Any]]:
    """What the patient recorded, in order."""
    events = read(Course.objects.get(pk=course.pk)).events
    return [each for each in events if each["by"]["role"] == "patient"]


def text(answer: Any) -> str:
    """The page as it came."""
    said: str = answer.content.decode()
    return said
