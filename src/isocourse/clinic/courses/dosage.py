"""The dose of a course as it is drawn: what was taken for each weight, against the usual aim."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.courses.telling import Source, sources
from isocourse.course.dosing import Dose

_WEIGHTS = {
    "start_weight": _("by the weight at the start"),
    "latest_weight": _("by the latest weight"),
    "day_by_day": _("by the weight of each day"),
}
_WIDE = 100
_ROOM = 1.15  # of the drawing, for what lies beyond the aim


@dataclass(frozen=True, slots=True)
class Bar:
    """What was taken by one weight, mg/kg, and how far it reaches in the drawing."""

    label: Promise
    mg_per_kg: float | None
    reach: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The dose in numbers, as the assessment has them, and where they lie in the drawing."""

    said: dict[str, Any]
    finish: Any
    bars: tuple[Bar, ...]
    aim_from: str
    aim_wide: str
    sources: tuple[Source, ...]

    @property
    def begun(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.said["cumulative_mg"]["taken"] != 0)


def drawn(dose: Dose) -> Drawn:
    """The dose of an assessment, drawn."""
    low, high = dose.target_mg_per_kg
    known = [each for each in dose.cumulative_mg_per_kg.values() if each is not None]
    most = max(high, *known) * _ROOM if known else high * _ROOM
    return Drawn(
        said=dose.json(),
        finish=dose.finish_between,
        bars=tuple(_bars(dose, most)),
        aim_from=_across(low, most),
        aim_wide=_across(high - low, most),
        sources=sources(tuple(dict.fromkeys((*dose.recommended.cites, *dose.target_cites)))),
    )


def _bars(dose: Dose, most: float) -> Iterator[Bar]:
    for name, label in _WEIGHTS.items():
        taken = dose.cumulative_mg_per_kg[name]
        yield Bar(label, taken, _across(taken or 0, most))


def _across(mg_per_kg: float, most: float) -> str:
    """A place in the drawing, written with a point whatever the language of the page."""
    return f"{_WIDE * mg_per_kg / most:.2f}"
