"""Dose: what cannot be meant is held back; what is out of the usual range is pointed out.

A dose in µg a day is compared with µg per kg and weight in g, so both sides are whole numbers:
dose x 1000 against limit x weight.
"""

from isocourse.rules.book import advises, refuses
from isocourse.words.expressions import NEVER, not_recorded, shown

GRAMS_IN_A_KILOGRAM = 1000


def _above(course, most, most_micronised):
    """The dose prescribed is above so many µg per kg a day."""
    dose = course.daily_dose * GRAMS_IN_A_KILOGRAM
    ordinary = ~course.micronised & (dose > course.weight * most)
    micronised = course.micronised & (dose > course.weight * most_micronised)
    return shown(ordinary | micronised)


@refuses(
    "dispense",
    topic="dose",
    layer="label",
    says="The dose prescribed is more than any label allows at this weight.",
)
def dose_beyond_any_label(course, values):
    """A dose that no label allows for the weight is taken for a slip until corrected."""
    return _above(course, values.highest_dose, values.highest_dose_micronised)


@refuses(
    "dispense",
    topic="dose",
    layer="label",
    says="A dose this high cannot be checked while no weight is recorded.",
)
def weight_needed_for_dose(course, values):
    """Above what the label's table allows its lightest patient, the weight has to be known."""
    high = shown(course.daily_dose > values.weight_needed_above)
    return high & not_recorded(course.weight)


@advises(
    "dispense",
    topic="dose",
    layer="label",
    says="The dose prescribed is above the usual range for this weight.",
)
def dose_above_usual(course, values):
    """A dose above the usual range may be meant, and is pointed out."""
    return _above(course, values.usual_most, values.usual_most_micronised)


@advises(
    "dispense",
    topic="dose",
    layer="label",
    says="The dose prescribed is below the usual range for this weight. If it is meant, treatment "
    "takes longer and acne comes back more often.",
)
def dose_below_usual(course, values):
    """A dose below the usual range may be meant, and is pointed out."""
    dose = course.daily_dose * GRAMS_IN_A_KILOGRAM
    ordinary = ~course.micronised & (dose < course.weight * values.usual_least)
    micronised = course.micronised & (dose < course.weight * values.usual_least_micronised)
    return shown(ordinary | micronised)


@advises(
    "dispense",
    topic="dose",
    layer="label",
    says="In renal insufficiency the label starts lower than the first dose prescribed here.",
)
def renal_start_exceeded(course, values):
    """In severe renal insufficiency treatment begins with a small dose."""
    most = values.renal_start
    if most is None:
        return NEVER
    first = course.condition_renal_insufficiency & course.prescription_first
    return first & shown(course.daily_dose > most)


@refuses(
    "dispense",
    topic="dose",
    layer="label",
    says="The last weight differs from the one before as pounds do from kilograms; weigh again, or "
    "take back the one that is wrong.",
)
def weight_in_doubt(course, values):
    """A weight that jumps like a slip of unit is not used for a dose until weighed again."""
    ratio = course.weight_per_mille_of_previous
    return shown((ratio >= values.weight_slip_up) | (ratio <= values.weight_slip_down))


@advises(
    "start",
    "prescribe",
    "dispense",
    topic="dose",
    layer="label",
    says="The last weight differs by a fifth or more from the one before.",
)
def weight_jumped(course, values):
    """A large change of weight is worth a second look."""
    ratio = course.weight_per_mille_of_previous
    return shown((ratio >= values.weight_jump_up) | (ratio <= values.weight_jump_down))


@advises(
    "start",
    "prescribe",
    "dispense",
    topic="dose",
    layer="label",
    says="No weight is recorded, so the dose cannot be checked against it.",
    cites="shared-practice#baseline",
)
def weight_not_recorded(course, values):
    """The dose follows the weight, so the weight should be known."""
    return ~shown(course.weight > 0)


@advises(
    "dispense",
    topic="dose",
    layer="label",
    says="One dose a day is prescribed; the label advises two.",
)
def once_daily(course, values):
    """The label advises against one dose a day where it says so."""
    return course.doses_per_day == 1 if values.once_daily_discouraged else NEVER


@advises(
    "dispense",
    topic="dose",
    layer="label",
    says="More doses a day are prescribed than the label divides the daily dose into.",
)
def too_many_doses_a_day(course, values):
    """The label knows one or two doses a day."""
    return shown(course.doses_per_day > values.doses_a_day)


@advises(
    "dispense",
    topic="dose",
    layer="guideline",
    says="The prescription has days without a dose; the guideline prefers a dose every day.",
)
def not_every_day(course, values):
    """Where a guideline prefers daily dosing, days without a dose are pointed out."""
    return course.intermittent if values.daily_preferred else NEVER


@advises(
    "dispense",
    topic="dose",
    layer="label",
    says="Capsules of this formulation and others do not replace one another milligram for "
    "milligram: hand over the brand that is prescribed.",
    cites="us-label-2023#not-substitutable",
)
def not_replaced(course, values):
    """Lidose and micronised capsules are taken up otherwise than the usual ones."""
    return course.lidose | course.micronised
