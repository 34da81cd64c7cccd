"""Dates of FHIR: a day or an instant as a course holds it; a year or a month is no day."""

import re
from datetime import date, datetime
from typing import Any

from isocourse.events.moments import Moment, usable
from isocourse.exchange.fhir.looking import Json, text

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


def moment(held: Json, *keys: str) -> str | None:
    """The first of these elements that holds a day or an instant, as it is written."""
    for key in keys:
        said = text(held, *key.split("."))
        if said is not None and usable(said) is not None:
            return said
    return None


def said_at_all(held: Json, *keys: str) -> Any:
    """The first of these elements that holds anything."""
    return next((found for key in keys if (found := text(held, *key.split(".")))), None)


def first_day(held: Json, *keys: str) -> str | None:
    """A day, an instant, or the first day of a year or a month: it errs to the earlier side."""
    exact = moment(held, *keys)
    if exact:
        return exact
    for key in keys:
        match = _PARTIAL.fullmatch(text(held, *key.split(".")) or "")
        if match:
            early = f"{match[1]}-{match[2] or '01'}-01"
            return early if usable(early) else None
    return None


def day_of(said: str) -> date:
    """The day that is written, whatever the clock."""
    found: Moment | None = usable(said)
    assert found is not None  # noqa: S101
    return found.date() if isinstance(found, datetime) else found
