"""What the API gives and takes, as its description says it."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from isocourse.clinic.api.appending import BY_PEOPLE, TAKEN
from isocourse.clinic.api.limits import EVENTS_AT_ONCE


class Row(Schema):
    """Where one course stands, as on the worklist."""

    code: str = Field(description="The code of the course.")
    state: str = Field(description="One of the states of the worklist.")
    stage: str = Field(description="The stage, as in the assessment.")
    prescribe: str = Field(description="The verdict on a new prescription today.")
    dispense: str = Field(description="The verdict on handing over today.")
    urgency: int = Field(description="0 no alert, 1 note, 2 soon, 3 now, 4 now and a harm.")
    closes: datetime | None = Field(description="When the window for handing over closes.")
    due: date | None = Field(description="The first day on which something is due.")
    week: int = Field(description="The week of treatment; 0 when it has not begun.")
    assessed_on: date = Field(description="The day for which this was worked out.")


class Courses(Schema):
    """A page of the courses of the clinic, the most urgent first."""

    count: int
    page: int
    pages: int
    courses: list[Row]


class Counts(Schema):
    """How many courses are in each state; a course may also be overdue or have an alert."""

    on: date
    courses: int
    states: dict[str, int]
    alerts: int
    overdue: int
    registry: int = Field(description="Waiting for a registry that could not be reached.")


class Events(Schema):
    """The events of a course in the order in which they were recorded."""

    code: str
    events: list[dict[str, Any]]


class Recorded(Schema):
    """What became of the events that were sent."""

    code: str
    recorded: list[str] = Field(description="Ids that are new in the log.")
    there_before: list[str] = Field(description="Ids that stood there with the same words.")


class Wrong(Schema):
    """One thing that is wrong."""

    where: str
    found: str
    expected: str
    do: str


class Trouble(Schema):
    """A refusal (RFC 9457, application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[Wrong] = Field(default_factory=list)


_EVENT = {
    "type": "object",
    "required": ["id", "at", "kind"],
    "properties": {
        "id": {
            "type": "string",
            "minLength": 1,
            "description": "Of your own; the same when the event is sent again.",
        },
        "at": {"type": "string", "description": "A date, or a date-time with its offset."},
        "kind": {"enum": list(TAKEN), "description": "Its fields are those of the course file."},
        "recorded_at": False,
        "by": False,
    },
}

EVENTS_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": (
            "Events as in a course file. The server adds `recorded_at` and `by`. Not taken: "
            + ", ".join(f"`{each}`" for each in sorted(BY_PEOPLE))
            + "; a person does these at the clinic's pages."
        ),
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["events"],
                    "additionalProperties": False,
                    "properties": {
                        "events": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": EVENTS_AT_ONCE,
                            "items": _EVENT,
                        }
                    },
                }
            }
        },
    }
}
