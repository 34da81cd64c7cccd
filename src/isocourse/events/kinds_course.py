"""The course itself: stopped, begun again, relapsed; papers kept elsewhere; errors taken back."""

from typing import Annotated, Literal

from pydantic import Field

from isocourse.events.fields import Digest, Id, OneOf, Reference, Text
from isocourse.events.recorded import Recorded
from isocourse.words import tokens


class Document(Recorded):
    """A photograph, a form or a letter that is kept elsewhere."""

    kind: Literal["document"] = "document"
    ref: Reference = Field(description="Where it is kept")
    sha256: Digest = Field(description="Its SHA-256 digest, in hexadecimal")
    title: Text | None = Field(None, description="What it is")


class Relapse(Recorded):
    """The acne came back."""

    kind: Literal["relapse"] = "relapse"
    definition: Annotated[str, OneOf(tokens.RELAPSE_DEFINITIONS)] = Field(
        description="What is meant by relapse"
    )


class Stop(Recorded):
    """Treatment was stopped."""

    kind: Literal["stop"] = "stop"
    reason: Annotated[str, OneOf(tokens.STOP_REASONS)] = Field(description="Why")


class Restart(Recorded):
    """Treatment begins again after a pause in the same course."""

    kind: Literal["restart"] = "restart"


class Retract(Recorded):
    """Another event was recorded in error: it stays in the log and no longer counts."""

    kind: Literal["retract"] = "retract"
    event: Id = Field(description="The id of the event recorded in error")
