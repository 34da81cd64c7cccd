"""Flares: who is at risk of a severe one, an early one that passes, and one that is an emergency.

Sex counts in the study as well; it is not read here, for it changes nothing by itself.
"""

from isocourse.rules.book import alerts
from isocourse.rules.side_effects.reported import lately, mild, severe, severe_or_worse
from isocourse.words.codes import Severity
from isocourse.words.expressions import shown


def _since_start(course, values, day):
    """So many days after the first dose, a value of the timeline, or later."""
    return shown(course.days_since_start >= values.of("timeline", day))


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="A severe early flare is likelier: a GAGS above {flare_gags}, more than "
    "{flare_comedones} comedones, or {flare_nodules} nodules or more. In men still more.",
    advice="Start lower, open large comedones first, think of prednisolone, and see the patient "
    "early.",
    cites="flare-2008#actions",
)
def flare_is_likelier(course, values):
    """Who is likelier to flare severely starts lower and is seen early."""
    gags = shown(course.gags > values.flare_gags)
    comedones = shown(course.comedones > values.flare_comedones)
    nodules = shown(course.nodules >= values.flare_nodules)
    early = ~_since_start(course, values, "flare_until_days")
    ended = course.stopped | course.relapsed
    return early & ~ended & (gags | comedones | nodules)


@alerts(
    "note",
    topic="side_effect",
    layer="label",
    says="A flare, grade {symptom_flare}, in the first month: expected in about a third.",
    advice="It usually settles in seven to ten days and is no reason by itself to change the "
    "dose. See it again if it does not.",
    cites=("uk-smpc#flare", "us-label-2023#flare", "flare-2008#how-often"),
)
def early_flare_passes(course, values):
    """A mild early flare is expected and passes."""
    late = _since_start(course, values, "flare_until_days")
    return course.begun & mild(course, values, "flare") & ~late


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="A flare, grade {symptom_flare}, after the first month: later than usual.",
    advice="Look at the skin. Ask about missed doses, meals and other medicines, and about fever.",
    cites=("flare-2008#how-often", "shared-practice#late-flare"),
)
def flare_comes_late(course, values):
    """A flare after the first month is looked at."""
    late = _since_start(course, values, "flare_until_days")
    return course.begun & mild(course, values, "flare") & late


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="A severe early flare: few have one.",
    advice="See the patient within days, lower the dose or pause, and think of prednisolone. Fever "
    "or ulcers: dermatology the same day.",
    cites=("flare-2008#how-often", "flare-2008#actions", "shared-practice#late-flare"),
)
def severe_early_flare(course, values):
    """A severe early flare is seen within days."""
    violent = _since_start(course, values, "late_flare_from_days")
    return course.begun & severe(course, values, "flare") & ~violent


@alerts(
    "now",
    topic="side_effect",
    layer="guideline",
    says="A violent flare, grade {symptom_flare}: it can be acne fulminans.",
    advice="Dermatology the same day, within {fulminans_hours} hours. Ask about fever and joints, "
    "look for ulcers; dermatology decides about further doses.",
)
def violent_flare(course, values):
    """A severe late flare, or a flare graded an emergency, is seen the same day."""
    _ = values.fulminans_hours
    late = _since_start(course, values, "late_flare_from_days")
    severe_late = severe_or_worse(course, values, "flare") & late
    worst = course.symptom_flare >= values.emergency_grade
    return severe_late | (worst & lately(course, values, "flare"))


@alerts(
    "now",
    topic="side_effect",
    layer="guideline",
    says="The diagnosis is acne fulminans, recorded {days_since_diagnosis} days ago.",
    advice="Hospital dermatology the same day, within {fulminans_hours} hours.",
)
def fulminans(course, values):
    """Acne fulminans is seen by hospital dermatology the same day."""
    _ = values.fulminans_hours
    new = shown(course.days_since_diagnosis <= values.fresh_days)
    return new & shown(course.severity == Severity.FULMINANS)
