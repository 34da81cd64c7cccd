"""Time zones as tables of changes, for instants by the million."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from isocourse.events.moments import FIRST_YEAR, LAST_YEAR
from isocourse.facts.many.given import Clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_MICROSECONDS = timedelta(microseconds=1)
Array = np.ndarray[Any, Any]
Changes = tuple[tuple[int, int], ...]


def instant_of(moment: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MICROSECONDS


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


@lru_cache(maxsize=4096)
def changes_in(zone: ZoneInfo, year: int) -> Changes:
    """The offset at the beginning of a year and each change in it: instant and new offset, in µs.

    The days are walked through, and the second of each change is found by halving its day.
    """
    day, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    offset = _offset(zone, day)
    found = [(instant_of(day), offset // _MICROSECONDS)]
    while day < end:
        following = day + _DAY
        if _offset(zone, following) != offset:
            offset = _offset(zone, following)
            found.append((instant_of(_changed(zone, day, following)), offset // _MICROSECONDS))
        day = following
    return tuple(found)


def _changed(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second from which the later offset holds."""
    offset = _offset(zone, after)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if _offset(zone, middle) == offset:
            after = middle
        else:
            before = middle
    return after


def clock_of(zones: Sequence[ZoneInfo], years: range) -> Clock:
    """The clocks of some zones, right for the instants of these years."""
    each = [[change for year in years for change in changes_in(zone, year)] for zone in zones]
    flat = [change for changes in each for change in changes]
    begins = np.cumsum([0] + [len(changes) for changes in each])
    table = np.array(flat, dtype="i8").reshape(-1, 2)
    return Clock(
        np.asarray(begins, dtype="i8"),
        np.ascontiguousarray(table[:, 0]),
        np.ascontiguousarray(table[:, 1]),
    )


_FIRST = instant_of(datetime(FIRST_YEAR - 1, 1, 1, tzinfo=UTC))
_LAST = instant_of(datetime(LAST_YEAR + 1, 12, 31, tzinfo=UTC))
"""Instants beyond these are refused, whatever their day."""


def years_of(instants: Sequence[Array]) -> range:
    """The years, in UTC, in which instants lie."""
    held = [each for each in instants if len(each)] or [_NONE]
    first, last = (min(int(each.min()) for each in held), max(int(each.max()) for each in held))
    return range(_year(first), _year(last) + 1)


_NONE = np.zeros(1, dtype="i8")


def _year(instant: int) -> int:
    bound = max(_FIRST, min(_LAST, instant))
    return (_EPOCH + timedelta(microseconds=bound)).year
