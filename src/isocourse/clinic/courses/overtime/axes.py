"""Where a value and a day lie in a picture, and which of them are written at its edges."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from django.utils.formats import date_format

_TICKS = 4
_NICE = (1, 2, 2.5, 5, 10)
_ROOM, _A_MONTH = 90, 38  # for a whole day at an end, for a month between


def number(value: float) -> str:
    """A number with as many places as it needs, with a point whatever the language."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    said = f"{value:.{places}f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


@dataclass(frozen=True, slots=True)
class Up:
    """Values from nothing upwards."""

    most: float
    above: int
    below: int

    @property
    def _step(self) -> float:
        rough = (self.most or 1) / _TICKS
        ten = 10 ** floor(log10(rough))
        return float(next(each for each in _NICE if each * ten >= rough * 0.999) * ten)

    @property
    def top(self) -> float:
        """The highest value that is drawn."""
        return self._step * max(1, ceil(self.most / self._step - 1e-9))

    @property
    def ticks(self) -> list[float]:
        """The values that are written."""
        return [self._step * n for n in range(round(self.top / self._step) + 1)]

    def at(self, value: float) -> float:
        """Where a value lies."""
        return round(self.below - (self.below - self.above) * value / self.top, 1)


@dataclass(frozen=True, slots=True)
class Across:
    """Days from left to right."""

    first: date
    last: date
    left: int
    right: int

    def at(self, day: date) -> float:
        """Where a day lies; a single day in the middle."""
        span = (self.last - self.first).days
        share = (day - self.first).days / span if span else 0.5
        return round(self.left + (self.right - self.left) * share, 1)

    @property
    def ticks(self) -> Iterator[tuple[date, str, str]]:
        """The days that are written, and on which side of them."""
        if self.first == self.last:
            yield self.first, date_format(self.first, "j M Y"), "middle"
            return
        yield self.first, date_format(self.first, "j M y"), "start"
        yield from ((day, date_format(day, "M"), "middle") for day in self._between())
        yield self.last, date_format(self.last, "j M y"), "end"

    def _between(self) -> list[date]:
        """Beginnings of months that leave room for the two ends."""
        places = self.left + _ROOM, self.right - _ROOM
        starts = [day for day in self._months() if places[0] < self.at(day) < places[1]]
        most = max(1, (self.right - self.left - 2 * _ROOM) // _A_MONTH)
        return starts[:: max(1, ceil(len(starts) / most))]

    def _months(self) -> Iterator[date]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        for n in range(1, months + 1):
            month = self.first.month - 1 + n
            yield date(self.first.year + month // 12, month % 12 + 1, 1)
