"""Forms of a course as somebody fills them in."""

from typing import Any

from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.team import NOW

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.models import Clinic


class Desk:
    """Somebody at a form of a course."""

    def __init__(self, clinic: Clinic, course: Course, role: str = "nurse") -> None:
        held = clinic.memberships.filter(role=role).first()
        self.user = held.user if held else team.member(clinic, role)
        self.course, self.browser = course, signed_in(self.user)
        self.before = len(read(course).events)

    def address(self, page: str) -> str:
        return f"/courses/{self.course.code}/{page}/"

    def ask(self, page: str, browser: Browser | None = None) -> str:
        """The page as it is shown."""
        with clock.standing_at(NOW):
            return str((browser or self.browser).get(self.address(page)).content.decode())

    def send(self, page: str, said: dict[str, Any], at: Any = NOW) -> Any:
        """The answer to a form that was filled in."""
        with clock.standing_at(at):
            given = {"do": "save", "token": "t1", **said}
            return self.browser.post(self.address(page), given, follow=True)

    def text(self, page: str, said: dict[str, Any]) -> str:
        return str(self.send(page, said).content.decode())

    @property
    def new(self) -> list[dict[str, Any]]:
        """What was recorded since, without who and when."""
        untold = ("id", "recorded_at", "by")
        return [
            {name: value for name, value in each.items() if name not in untold}
            for each in read(self.course).events[self.before :]
        ]

    def kinds(self) -> list[str]:
        return [each["kind"] for each in self.new]


VISIT = {"visit-day": "2026-11-25", "visit-mode": "in_person", "visit-role": "specialist_nurse"}


def phq9(*points: int) -> dict[str, str]:
    return {f"phq9-i{place}": str(each) for place, each in enumerate(points, start=1)}
