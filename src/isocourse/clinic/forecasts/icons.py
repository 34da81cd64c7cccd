"""A hundred people as an icon array: how many of them something happens to."""

from dataclasses import dataclass

_ROW = 20
_STEP = 12
PEOPLE = 100


@dataclass(frozen=True, slots=True)
class Array:
    """So many of a hundred, drawn and in words."""

    label: str
    count: int
    kind: str  # good or bad
    note: str = ""

    @property
    def svg(self) -> str:
        """A hundred dots; those it happens to are filled and have another shape."""
        dots = "".join(self._dot(n) for n in range(PEOPLE))
        size = f"0 0 {_ROW * _STEP} {PEOPLE // _ROW * _STEP}"
        return f'<svg class="icons {self.kind}" viewBox="{size}" aria-hidden="true">{dots}</svg>'

    def _dot(self, number: int) -> str:
        x, y = number % _ROW * _STEP + 6, number // _ROW * _STEP + 6
        if number < self.count:
            return f'<rect class="hit" x="{x - 4.5}" y="{y - 4.5}" width="9" height="9" rx="1.5"/>'
        return f'<circle class="miss" cx="{x}" cy="{y}" r="3.4"/>'


def of_hundred(label: str, share: float, kind: str, note: str = "") -> Array:
    """A share as so many of a hundred: none only where it is less than one in two hundred."""
    return Array(label, round(PEOPLE * min(max(share, 0.0), 1.0)), kind, note)
