"""Findings that mean more together than each alone."""

from isocourse.rules.book import alerts
from isocourse.rules.side_effects.reported import present, severe_or_worse
from isocourse.rules.standing import recorded
from isocourse.words.expressions import shown


@alerts(
    "now",
    topic="side_effect",
    layer="label",
    says="Headache or trouble of sight while a tetracycline is taken: both drugs raise the "
    "pressure in the skull.",
    advice="Stop isotretinoin and the tetracycline now, and have the optic discs looked at the "
    "same day.",
    cites=("us-label-2023#tetracyclines", "uk-smpc#tetracyclines", "eu-smpc#tetracyclines"),
)
def headache_beside_a_tetracycline(course, values):
    """Any headache or trouble of sight beside a tetracycline is an emergency."""
    head = present(course, values, "headache")
    return course.takes_tetracycline & (head | present(course, values, "visual_disturbance"))


@alerts(
    "now",
    topic="side_effect",
    layer="guideline",
    says="Severe muscle pain with severe weakness, or with creatine kinase that is raised or "
    "has no upper limit to judge it by: muscle may be breaking down.",
    advice="Stop isotretinoin, no exercise, and measure creatine kinase the same day. Dark urine "
    "needs a hospital.",
    cites=("shared-practice#muscle", "shared-practice#ck", "us-label-2023#muscle"),
)
def muscle_breakdown(course, values):
    """Severe muscle pain with high creatine kinase or weakness is an emergency."""
    weak = severe_or_worse(course, values, "fatigue")
    high = shown(course.ck > course.ck_limit) | (recorded(course.ck) & ~recorded(course.ck_limit))
    return severe_or_worse(course, values, "myalgia") & (high | weak)


@alerts(
    "now",
    topic="side_effect",
    layer="guideline",
    says="Belly pain, and the last triglycerides were {triglycerides}: it may be the pancreas.",
    advice="Stop isotretinoin now and have the pancreas looked at in a hospital the same day.",
    cites=("shared-practice#emergencies", "us-label-2023#pancreatitis"),
)
def belly_pain_with_high_fats(course, values):
    """Any belly pain with high triglycerides is an emergency."""
    high = shown(course.triglycerides >= values.of("labs", "triglycerides_lower_dose"))
    return present(course, values, "abdominal_pain") & high


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="No dry lips are recorded {days_since_start} days after the first dose; nearly everyone "
    "has them by now.",
    advice="Ask about missed doses, and whether the capsules are taken with a meal.",
)
def lips_not_dry(course, values):
    """Lips that stay normal point to missed doses or doses without food."""
    asked = shown(course.days_since_visit <= values.lips_visit_days)
    by_now = shown(course.days_since_start >= values.lips_by_days)
    none_recorded = course.symptom_cheilitis < 1
    return course.begun & ~course.stopped & by_now & asked & none_recorded


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Missed doses were reported {days_since_missed_doses} days ago: {missed_doses}.",
    advice="Ask why. A missed dose is left out, never doubled; the course may need longer.",
    cites="us-label-2023#missed-dose",
)
def doses_missed(course, values):
    """Missed doses are asked about."""
    told = shown(course.days_since_missed_doses <= values.fresh_days)
    return told & (course.missed_doses >= 1)


@alerts(
    "now",
    topic="side_effect",
    layer="guideline",
    says="Severe joint pain with a severe flare: this can be acne fulminans.",
    advice="See the patient the same day, ask about fever, and look for ulcers.",
    cites="shared-practice#late-flare",
)
def joints_and_flare(course, values):
    """Severe joint pain and a severe flare together can be acne fulminans."""
    joints = severe_or_worse(course, values, "arthralgia")
    return joints & severe_or_worse(course, values, "flare")
