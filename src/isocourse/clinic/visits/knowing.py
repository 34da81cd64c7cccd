"""What a form knows before it is filled in: the course, the day, the rules and the facts."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import File, Held, read
from isocourse.clinic.people.places import Here
from isocourse.clinic.visits.tables import table
from isocourse.course.assessing import standing
from isocourse.course.edition import InForce
from isocourse.events import KINDS


@dataclass
class Known:
    """A course, as whoever records finds it."""

    held: Held
    here: Here

    @classmethod
    def of(cls, course: Course, here: Here) -> "Known":
        """A course as it stands now."""
        return cls(read(course), here)

    @cached_property
    def now(self) -> datetime:
        """The moment by the clock of the course."""
        return clock.now().astimezone(self.held.zone)

    @property
    def today(self) -> date:
        """The day it is where the course is."""
        return self.now.date()

    @cached_property
    def _standing(self) -> tuple[InForce, Any]:
        return standing(self.held.as_read, self.now, self.held.course.clinic.rules)

    @property
    def rules(self) -> InForce:
        """The rules in force."""
        return self._standing[0]

    @property
    def facts(self) -> Any:
        """The facts of the record, in whole small units."""
        return self._standing[1].facts

    @property
    def can_become_pregnant(self) -> bool:
        """Whether pregnancy has to be asked about; so too while nobody has said."""
        return bool(self.facts["can_become_pregnant"] != 0)

    @property
    def place(self) -> str:
        """Whose rules hold."""
        return self.held.course.place

    @cached_property
    def counted(self) -> list[File]:
        """The events that were not taken back, oldest first."""
        held = self.held.events
        gone = {each["event"] for each in held if each["kind"] == "retract"}
        kept = [each for each in held if each["id"] not in gone and each["kind"] in KINDS]
        return sorted(kept, key=lambda each: str(each["at"]))

    def latest(self, kind: str, **like: Any) -> File | None:
        """The newest event of a kind that says so, if there is one."""
        wanted = {"kind": kind, **like}.items()
        return next((e for e in reversed(self.counted) if wanted <= _flat(e).items()), None)

    def lipid_unit(self) -> str:
        """The unit of lipids that is offered here until a laboratory has reported one."""
        return str(table("usual_units")[self.place]["value"])


def _flat(event: File) -> dict[str, Any]:
    """What an event says in single words."""
    return {name: said for name, said in event.items() if not isinstance(said, list | dict)}
