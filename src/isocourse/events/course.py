"""The course file: one patient, one course, its events in any order."""

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, Strict, WithJsonSchema

from isocourse.events.fields import JSON_LIST, Expects, Id, OneOf, refusal
from isocourse.events.kinds import Event
from isocourse.events.moments import OnDay
from isocourse.events.recorded import Part
from isocourse.words import tokens
from isocourse.words.places import ZONES

_ZONE_NAME = re.compile(r"[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")
_ZONE_WORDS = "an IANA time zone such as Europe/Dublin"


def zone_of(place: Any, time_zone: Any = None) -> ZoneInfo | None:
    """The clock of a course: its own time zone if it names one, else its place's."""
    named = time_zone if time_zone is not None else ZONES.get(str(place))
    if not isinstance(named, str) or not _ZONE_NAME.fullmatch(named):
        return None
    try:
        return ZoneInfo(named)
    except (ValueError, OSError, KeyError):
        return None


def _known_zone(name: str) -> str:
    if zone_of(None, name) is None:
        raise refusal(_ZONE_WORDS)
    return name


Format = Annotated[str, OneOf((tokens.COURSE_FORMAT,))]
Zone = Annotated[
    str,
    Expects(_ZONE_WORDS),
    AfterValidator(_known_zone),
    WithJsonSchema({"type": "string", "pattern": f"^{_ZONE_NAME.pattern}$"}),
]


class Patient(Part):
    """The person treated."""

    birth_date: OnDay = Field(description="Date of birth")
    sex: Annotated[str, OneOf(tokens.SEXES)] = Field(
        description="FHIR administrative gender; it never decides the pregnancy category"
    )


Events = Annotated[tuple[Event, ...], Strict(False)]


class Log(Part):
    """One course at one place, without its events."""

    format: Format = tokens.COURSE_FORMAT
    course_id: Id = Field(description="Names the course")
    place: Annotated[str, OneOf(tokens.PLACES)] = Field(description="Whose rules hold")
    time_zone: Zone | None = Field(None, description="IANA time zone; left out, the place's own")

    @property
    def zone(self) -> ZoneInfo:
        """The clock by which the days of this course are counted."""
        return ZoneInfo(self.time_zone or ZONES[self.place])


class EarlierCourse(Log):
    """A previous course of the same patient."""

    events: Events = Field(description="What happened, in any order")


class Course(Log):
    """One patient's course of oral isotretinoin, as a log of dated events."""

    format: Format = Field(description="The format of this file and its version")
    patient: Patient = Field(description="The person treated")
    events: Events = Field(description="What happened, in any order")
    earlier_courses: Annotated[tuple[EarlierCourse, ...], JSON_LIST] = Field(
        (), description="Previous courses of the same patient"
    )
