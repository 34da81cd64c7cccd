"""What is normal at each time of a course, and what is not."""

from isocourse.rules.book import expect
from isocourse.rules.timeline.spans import after, from_day, on_treatment, until_day
from isocourse.words.expressions import shown

GRAMS_IN_A_KILOGRAM = 1000


@expect(
    says="About a third have an early flare in the first month, few of them a severe one; it "
    "usually settles in seven to ten days.",
    cites=("flare-2008#how-often", "eu-smpc#flare"),
)
def early_flare(course, values):
    """An early flare is seen in the first month."""
    begun = from_day(course, values.flare_from_days)
    return begun & until_day(course, values.flare_until_days)


@expect(
    says="Lips are dry nearly always, skin in about seven months of ten; oil falls fast.",
    cites=("shared-practice#first-weeks", "paediatric-monitoring#rates"),
)
def dryness(course, values):
    """Dryness comes with the first doses and stays."""
    return on_treatment(course)


@expect(says="First healing shows in two to three weeks, clear benefit in four to eight.")
def healing(course, values):
    """The first benefit shows in the second month at the latest."""
    return until_day(course, values.healing_days)


@expect(
    says="A violent flare with fever and ulcers is not normal at any time: it needs dermatology "
    "the same day. It can come at six to eight weeks."
)
def late_flare(course, values):
    """A violent late flare is an emergency."""
    begun = from_day(course, values.late_flare_from_days)
    return begun & until_day(course, values.course_days)


@expect(says="Most are clear by now at label dose, the face before the trunk.")
def mostly_clear(course, values):
    """Most are clear after four to six months."""
    return from_day(course, values.clear_from_days)


@expect(
    says="About one in four or five relapses within a year; about one in twelve has a second "
    "course.",
    cites="relapse-cohort-2025#rates",
)
def relapse_within_a_year(course, values):
    """Some relapse within a year."""
    return after(course)


def _dose(course):
    """The mean dose in µg a day times the grams in a kilogram: to set against µg/kg times g."""
    return course.mean_dose * GRAMS_IN_A_KILOGRAM


@expect(
    says="At this low dose about half report cracked lips, and one in twenty tiredness.",
    cites="effects-2010#low-dose",
)
def lips_at_a_low_dose(course, values):
    """Below a quarter of a milligram per kilogram fewer have unwanted effects."""
    low = shown(_dose(course) < course.sound_weight * values.low_dose)
    return on_treatment(course) & shown(course.mean_dose >= 1) & low


@expect(
    says="About three in four report cracked lips, and one in eight tiredness.",
    cites="effects-2010#overall",
)
def lips_at_a_usual_dose(course, values):
    """At the usual doses most have dry lips."""
    low = shown(_dose(course) >= course.sound_weight * values.low_dose)
    high = shown(_dose(course) <= course.sound_weight * values.high_dose)
    return on_treatment(course) & low & high


@expect(
    says="At this dose nearly all report cracked lips, and about one in six tiredness.",
    cites="effects-2010#high-dose",
)
def lips_at_a_high_dose(course, values):
    """Above three quarters of a milligram per kilogram nearly all have dry lips."""
    return on_treatment(course) & shown(_dose(course) > course.sound_weight * values.high_dose)


@expect(
    says="Back, joints and muscles may ache, the nose may bleed a little, and eyes may be dry.",
    cites="us-label-2023#common-reactions",
    layer="label",
)
def aches(course, values):
    """Aches, nosebleeds and dry eyes are common."""
    return on_treatment(course)


@expect(
    says="Blood fats rise clearly in about one in four, liver values in about one in seven; they "
    "go back afterwards.",
    cites=("us-label-2023#lipid-shifts", "us-label-2023#liver-shifts"),
    layer="label",
)
def blood_values_shift(course, values):
    """Blood values shift in some."""
    return on_treatment(course)
