"""The page on how good forecasts were in a clinic: shares with their uncertainty, or too few."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from isocourse.clinic.access.needing import needs
from isocourse.clinic.forecasts.remembering import how_good
from isocourse.clinic.people.places import Here
from isocourse.course.forecasting.judging import INNER, OUTER, Coverage, Share, choices

_HALF, _NINE = INNER[1] - INNER[0], OUTER[1] - OUTER[0]
_NAMES = {
    "comedones": gettext_lazy("Comedones"),
    "papules_pustules": gettext_lazy("Papules and pustules"),
    "nodules": gettext_lazy("Nodules"),
    "triglycerides": gettext_lazy("Triglycerides"),
    "alt": gettext_lazy("ALT"),
}


@needs("see_quality")
@require_GET
def quality(request: HttpRequest, here: Here) -> HttpResponse:
    """How often what was observed lay inside the bands that were drawn."""
    rows, left_out = how_good(here.clinic)
    words = {
        "rows": [_row(each) for each in rows],
        "looks": sum(each.looks for each in rows),
        "left_out": left_out,
        "inner": round(100 * _HALF),
        "outer": round(100 * _NINE),
        "fewest": choices()["fewest_patients"],
        "ahead": choices()["least_days_ahead"],
        "sure": round(100 * choices()["confidence"]),
    }
    return render(request, "forecasts/how_good.html", words)


def _row(each: Coverage) -> dict[str, Any]:
    return {
        "name": _NAMES[each.outcome],
        "patients": each.patients,
        "looks": each.looks,
        "half": _hundreds(each.half),
        "nine": _hundreds(each.nine_of_ten),
        "half_off": _off(each.half, _HALF),
        "nine_off": _off(each.nine_of_ten, _NINE),
    }


def _hundreds(share: Share | None) -> tuple[int, int, int] | None:
    if share is None:
        return None
    low, high = round(100 * share.low), round(100 * share.high)
    return round(100 * share.share), low, high


def _off(share: Share | None, wanted: float) -> str:
    """A word where the interval leaves out what it should be."""
    if share is None or share.low <= wanted <= share.high:
        return ""
    return _("bands too narrow") if share.high < wanted else _("bands too wide")
