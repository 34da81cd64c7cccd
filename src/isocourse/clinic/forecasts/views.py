"""The pages of a forecast: regimens side by side, the decision, and what is commonly claimed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from isocourse.clinic.access.needing import needs, seen
from isocourse.clinic.courses.telling import sources
from isocourse.clinic.forecasts.deciding import decision
from isocourse.clinic.forecasts.keeping import basis_of
from isocourse.clinic.forecasts.remembering import remember
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.people.places import Here
from isocourse.course import NoValue, assess
from isocourse.course.dosing.capsules import in_milligrams
from isocourse.course.dosing.recommended import recommended
from isocourse.course.forecasting import Basis, Forecast, Outlook, chosen, regimens, under
from isocourse.course.forecasting.drawing import panels
from isocourse.course.forecasting.regimens import most_meant, strengths_of
from isocourse.course.forecasting.telling import sentence
from isocourse.evidence.claims import claims
from isocourse.models.regimen import FOODS

_TWO_YEARS = 23


@needs("see_course")
@require_GET
def forecast(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """What is likely for this patient under each regimen, and under one that is typed."""
    part = request.headers.get("X-Part") == "answer"
    held = read(seen(here, code.upper(), "forecast"))
    words: dict[str, Any] = {"held": held, "here_now": "forecast", "foods": FOODS}
    try:
        words |= _answered(request, held)
    except NoValue as none:
        words["problem"] = str(none)
    name = "forecasts/answer.html" if part else "forecasts/forecast.html"
    with timezone.override(held.zone):
        return render(request, name, words)


def _answered(request: HttpRequest, held: Held) -> dict[str, Any]:
    """The forecast, or why what was asked cannot be."""
    food = request.GET.get("food") or None
    today = clock.now().astimezone(held.zone).date()
    words: dict[str, Any] = {"food": food, "dose": request.GET.get("dose", "")[:20]}
    try:
        of = basis_of(held, today, food if food in FOODS else None)
        words |= _slider(of)
        wished = [chosen(of.seen, words["dose"])] if words["dose"] else []
    except ValueError as bad:
        words["problem"] = f"{str(bad)[0].upper()}{str(bad)[1:]}"
        wished = []
    compared = [*wished, *(() if wished else regimens(of.seen))]
    made = under(of, compared)
    if food is None and not wished:
        remember(held, made, today)
    return words | _shown(made, request.GET.get("show", ""))


def _slider(of: Basis) -> dict[str, Any]:
    least = min(strengths_of(of.seen))
    most = recommended(of.seen.facts, of.seen.rules.dosing).maximum or most_meant(of.seen)
    return {"least": in_milligrams(least), "most": in_milligrams(most)}


def _shown(made: Forecast, key: str) -> dict[str, Any]:
    by_key = {each.regimen.key: each for each in made.outlooks}
    if not by_key:
        return {"made": made, "rows": [], "nothing": made.seen.supposed}
    first = by_key.get(key) or made.outlooks[0]
    return {
        "made": made,
        "rows": [_row(each) for each in made.outlooks],
        "chosen": first.regimen,
        "panels": panels(made, first),
        "disagrees": [sentence(each) for each in made.disagrees],
        "twins": len(made.twins.people),
    }


def _row(each: Outlook) -> dict[str, Any]:
    weekly = each.weekly
    early, middle, late = each.weeks_to_clear
    return {
        "regimen": each.regimen,
        "ends": each.ends,
        "per_kg": each.cumulative_mg_per_kg,
        "clear": middle,
        "clear_from": early,
        "clear_to": late,
        "back": round(100 * float(weekly.relapse_by["relapse_systemic_share"][_TWO_YEARS])),
        "lips": round(100 * float(weekly.dry_by["cheilitis"][-1])),
        "eyes": round(100 * float(weekly.dry_by["dry_eyes"][-1])),
        "fats": round(100 * float(weekly.over["triglycerides_lower_dose"][-1])),
        "liver": round(100 * float(weekly.over["alt_raised"][-1])),
        "capsules": each.capsules,
        "gap": None if each.chance_of_gap is None else round(100 * each.chance_of_gap),
    }


@needs("see_course")
@require_GET
def decide(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Is it right for you? Benefits and harms side by side, to be read together and printed."""
    held = read(seen(here, code.upper(), "decision"))
    now = clock.now().astimezone(held.zone)
    words: dict[str, Any] = {"held": held, "here_now": "decide", "day": now.date()}
    try:
        of = basis_of(held, now.date(), None)
        found = assess(held.as_read, now, settings=held.course.clinic.rules)
        words |= decision(of, found)
    except NoValue as none:
        words["problem"] = str(none)
    with timezone.override(held.zone):
        return render(request, "forecasts/decide.html", words)


@needs("own_account")
@require_GET
def claimed(request: HttpRequest, here: Here) -> HttpResponse:
    """What is commonly said of the drug, and what the evidence shows."""
    told = [(each, sources(each.cites)) for each in claims()]
    return render(request, "forecasts/claims.html", {"claims": told})
