"""What every part and every event of a course file has in common."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from isocourse.events.fields import Expects, Id, Note, Text, Word
from isocourse.events.moments import AtMoment, Moment

UNKNOWN_KEY = "unknown key"
_OwnKey = Annotated[
    str,
    StringConstraints(pattern=r"^x-"),
    Expects("a key of the format, or one that begins with x-", do=UNKNOWN_KEY),
]


class Part(BaseModel):
    """A part of the file: its own keys and no others, save those that begin with x-."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="allow",
        defer_build=True,
        validate_default=False,
        json_schema_extra={"additionalProperties": False, "patternProperties": {"^x-": {}}},
    )
    __pydantic_extra__: dict[_OwnKey, Any]


class By(Part):
    """Who recorded an event."""

    role: Word = Field(description="What they are: dermatologist, specialist_nurse, gp, ...")
    name: Text | None = Field(None, description="Their name, if it is to be kept")


class Recorded(Part):
    """One dated event of a course."""

    id: Id = Field(description="Names the event; unique in the file")
    at: AtMoment = Field(description="When it happened: a local day, or a time with offset")
    kind: str = Field(description="What happened: a kind of event")
    recorded_at: AtMoment = Field(
        default_factory=lambda said: _same_time(said),
        description="When it was recorded; left out, it was recorded when it happened",
    )
    by: By | None = Field(None, description="Who recorded it")
    note: Note | None = Field(None, description="Free text, never read by a rule")


def _same_time(said: dict[str, Any]) -> Moment:
    moment: Moment = said["at"]
    return moment
