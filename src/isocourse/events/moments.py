"""Dates and date-times of a course file: ISO 8601, and a date-time carries its offset."""

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import ValidationInfo

from isocourse.events.fields import ReadBy, refusal

Moment = date | datetime

FIRST_YEAR, LAST_YEAR = 1900, 2200
_FURTHEST_OFFSET = timedelta(hours=14)
_MINUTE = timedelta(minutes=1)
_DAY = r"\d{4}-\d{2}-\d{2}"
_CLOCK = r"T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?"
_OFFSET = r"(Z|[+-]\d{2}(:?\d{2})?)"
_IS_DAY = re.compile(_DAY, re.ASCII)
_IS_INSTANT = re.compile(_DAY + _CLOCK + _OFFSET, re.ASCII)
_LACKS_OFFSET = re.compile(_DAY + _CLOCK, re.ASCII)

_DAY_WORDS = f"a date such as 2026-10-01 between {FIRST_YEAR} and {LAST_YEAR}"
_MOMENT_WORDS = (
    f"a date such as 2026-10-01 or a date-time with offset such as 2026-10-01T09:30:00+02:00, "
    f"between {FIRST_YEAR} and {LAST_YEAR}"
)


@lru_cache(maxsize=4096)
def parsed(text: str) -> Moment | None:
    """The date or date-time with offset that a text gives, if a course may hold it.

    A second is kept to its millionth; what is finer is dropped.
    """
    try:
        if _IS_DAY.fullmatch(text):
            return _fitting(date.fromisoformat(text))
        if _IS_INSTANT.fullmatch(text) and text[11:13] != "24":
            return _fitting(datetime.fromisoformat(text))
    except ValueError:  # no such day or hour
        return None
    return None


def usable(value: Any) -> Moment | None:
    """The same of a text, a date or a date-time; None for anything else."""
    return parsed(value) if type(value) is str else _fitting(value)


def _fitting(found: Any) -> Moment | None:
    if not isinstance(found, date) or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return _with_offset(found) if isinstance(found, datetime) else found


def _with_offset(found: datetime) -> datetime | None:
    """The instant with a fixed offset in whole minutes, which is all that a file can hold."""
    offset = found.utcoffset()
    if offset is None or abs(offset) > _FURTHEST_OFFSET or offset % _MINUTE:
        return None
    return found if isinstance(found.tzinfo, timezone) else found.replace(tzinfo=timezone(offset))


@lru_cache(maxsize=4096)
def local_day(text: str, zone: ZoneInfo | None) -> date | None:
    """The local day of a moment as a file gives it; without a clock, the day that is written."""
    moment = usable(text)
    if isinstance(moment, datetime):
        return moment.astimezone(zone or moment.tzinfo).date()
    return moment


def _moment(value: Any, _: ValidationInfo) -> Moment:
    found = usable(value)
    if found is not None:
        return found
    lacks_offset = isinstance(value, str) and _LACKS_OFFSET.fullmatch(value)
    raise refusal(_MOMENT_WORDS, "add the offset from UTC to the time" if lacks_offset else "")


def _day(value: Any, _: ValidationInfo) -> date:
    found = usable(value)
    if type(found) is date:
        return found
    raise refusal(_DAY_WORDS, "leave out the time of day" if found else "")


AtMoment = Annotated[
    Moment,
    ReadBy(
        _moment,
        {
            "type": "string",
            "anyOf": [
                {"format": "date", "pattern": f"^{_DAY}$"},
                {"format": "date-time", "pattern": f"^{_DAY}{_CLOCK}{_OFFSET}$"},
            ],
        },
    ),
]
"""A whole local day, or an instant."""

OnDay = Annotated[date, ReadBy(_day, {"type": "string", "format": "date", "pattern": f"^{_DAY}$"})]
"""A whole local day."""
