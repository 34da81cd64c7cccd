"""What the decision page shows: benefits, harms, what else there is, demands, and who must not."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from isocourse.clinic.courses.telling import noted, reasons, sources
from isocourse.clinic.forecasts.icons import Array, of_hundred
from isocourse.course import Assessment
from isocourse.course.forecasting import Basis, Outlook, regimens, under
from isocourse.course.forecasting.telling import sentence
from isocourse.models.parameters import parameters
from isocourse.models.regimen import DAYS_IN_A_WEEK

_TWO_YEARS = 23
_SHOWN = 3
_FIRST = ("as_now", "label_high", "label_low", "low")
_HARMS = (
    "contraindication",
    "interaction",
    "mental_health",
    "side_effect",
    "age",
    "pregnancy_test",
)
"""Topics of what forbids the drug itself; a pregnancy test only where one is positive."""


def decision(of: Basis, found: Assessment) -> dict[str, Any]:
    """Everything on the page, for up to three regimens that make sense for the patient."""
    compared = [each for each in regimens(of.seen) if each.key in _FIRST][:_SHOWN]
    made = under(of, compared)
    told = [
        {
            "regimen": each.regimen,
            "ends": each.ends,
            "good": list(_good(each)),
            "bad": list(_bad(each)),
        }
        for each in made.outlooks
    ]
    fertile = bool(of.seen.facts["can_become_pregnant"])
    return {
        "regimens": told,
        "made": made,
        "must_not": _must_not(of, found),
        "in_pregnancy": sources(("us-label-2023#pregnancy", "us-label-2023#embryo-fetal")),
        "mood": sources(("tan-nkw-2023#mood",)),
        "eligibility": found.eligibility,
        "demands": [noted(each, {}) for each in found.due],
        "besides": _else(of, fertile),
        "disagrees": [sentence(each) for each in made.disagrees],
        "supposed": of.seen.supposed,
        "again": of.seen.again,
        "can_become_pregnant": fertile,
    }


def _must_not(of: Basis, found: Assessment) -> list[Any]:
    """What the rules say forbids the drug as things stand, with its sources."""
    positive = of.seen.facts["positive_test"] or of.seen.facts["pregnancy_known"]
    topics = _HARMS if positive else _HARMS[:-1]
    told = reasons(found, "prescribe", {})
    return [each for each in told if each.reason.effect == "blocks" and each.reason.topic in topics]


def _good(each: Outlook) -> Iterator[Array]:
    weekly = each.weekly
    end = min(-(-each.whole_days // DAYS_IN_A_WEEK), len(weekly.clear)) - 1
    yield of_hundred(
        _("clear or almost clear when the course has ended"), weekly.clear[end], "good"
    )
    stay = 1 - float(weekly.relapse_by["relapse_systemic_share"][_TWO_YEARS])
    yield of_hundred(_("need no tablets or capsules for acne in the two years after"), stay, "good")


def _bad(each: Outlook) -> Iterator[Array]:
    weekly = each.weekly
    yield of_hundred(
        _("have dry or cracked lips at some time"), weekly.dry_by["cheilitis"][-1], "bad"
    )
    yield of_hundred(_("have dry skin that bothers them"), weekly.dry_by["dry_skin"][-1], "bad")
    yield of_hundred(_("have dry eyes"), weekly.dry_by["dry_eyes"][-1], "bad")
    yield of_hundred(_("have nosebleeds"), weekly.dry_by["nosebleed"][-1], "bad")
    fats = weekly.over["triglycerides_lower_dose"][-1]
    yield of_hundred(_("have blood fats so high that the dose is looked at"), fats, "bad")
    liver = weekly.over["alt_raised"][-1]
    yield of_hundred(_("have a liver value above normal at some time"), liver, "bad")
    mood = parameters()["depression"]
    note = _("in a year, and not more often than others with acne; it is asked about at each visit")
    yield of_hundred(_("become depressed"), mood, "bad", note)


def _else(of: Basis, fertile: bool) -> list[dict[str, Any]]:
    """What else there is for acne, and whether it is recorded as tried without success."""
    names = {
        "topical_failed": _("Treatment on the skin"),
        "antibiotic_failed": _("Antibiotics by mouth"),
    }
    if fertile:
        names["hormonal_failed"] = _("Hormonal treatment")
    return [{"name": name, "failed": bool(of.seen.facts[fact])} for fact, name in names.items()]
