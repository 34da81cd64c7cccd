"""A window as a strip of days: which are past, which is asked about, which are still to come."""

from datetime import date, datetime

from rich.console import Group
from rich.text import Text

from isocourse.course import Window
from isocourse.events import Event
from isocourse.events.moments import Moment
from isocourse.on_screen.happened import event_line
from isocourse.on_screen.paper import QUIET, day_words, line

_PAST, _TODAY, _AHEAD = "▪", "◆", "▫"
_OPEN = "open"
_LONGEST_STRIP = 40
_WHAT = {"dispense": "Hand over"}


def window_part(window: Window, asked: Moment, because: Event | None, stopped: bool) -> Group:
    """A window with its strip, where the day asked stands in it, and the event that opened it.

    `stopped` tells that other rules keep shut what the window leaves open.
    """
    state, ink = _state(window, asked)
    if stopped and state.startswith(_OPEN):
        state, ink = state.replace(_OPEN, "in it", 1) + "; but other rules stop it", "bold yellow"
    rest = f"rests on {event_line(because)}" if because else f"rests on {window.because}"
    what = _WHAT.get(window.what, window.what.replace("_", " "))
    return Group(
        line((f"{what}: ", "bold"), _period(window)),
        Text.assemble(_strip(window, asked), "  " if _strip(window, asked) else "", (state, ink)),
        line((f"{rest} ({window.because})", QUIET)),
    )


def _period(window: Window) -> str:
    """From when to when, with the clock by which it closes."""
    first, last = window.opens, window.closes
    return (
        f"{day_words(first)} {first:%H:%M} to {day_words(last)} {last:%H:%M} {last.tzname() or ''}"
    ).rstrip()


def _day(window: Window, asked: Moment) -> date:
    """The day asked about by the clock of the window."""
    return asked.astimezone(window.opens.tzinfo).date() if isinstance(asked, datetime) else asked


def _state(window: Window, asked: Moment) -> tuple[str, str]:
    """Where the moment asked stands in the window, in words, and the ink for them."""
    first, last = window.opens.date(), window.closes.date()
    length, number = (last - first).days + 1, (_day(window, asked) - first).days + 1
    if number < 1:
        return f"opens in {_days(1 - number)}", "bold yellow"
    if number > length:
        return f"closed {_days(number - length)} ago", "bold red"
    left = length - number
    ends = f"closes today at {window.closes:%H:%M}" if not left else f"{_days(left)} left after it"
    return f"{_OPEN}: day {number} of {length}, {ends}", "bold green"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _strip(window: Window, asked: Moment) -> Text:
    """One sign for each day; none for a window too long to be counted by eye."""
    first, last = window.opens.date(), window.closes.date()
    length, today = (last - first).days + 1, (_day(window, asked) - first).days
    strip = Text()
    if length > _LONGEST_STRIP:
        return strip
    for number in range(length):
        sign = _TODAY if number == today else _PAST if number < today else _AHEAD
        over = today >= length
        strip.append(sign, "red" if over else "bold green" if number == today else "green")
    if length <= today < length + 10:
        strip.append(" " + " " * (today - length) + _TODAY, "bold red")
    return strip
