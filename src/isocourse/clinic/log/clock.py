"""The server's clock. Only the demonstration may set it, to let its patients have a past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_SET: ContextVar[datetime | None] = ContextVar("set", default=None)


def now() -> datetime:
    """The moment it is now, with its offset."""
    return _SET.get() or timezone.now()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """A while in which the clock stands at a moment. For the demonstration and for tests."""
    token = _SET.set(moment)
    try:
        yield
    finally:
        _SET.reset(token)
