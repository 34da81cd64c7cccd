"""Whose schedule of blood tests is followed, and when a result serves a day of it."""

from isocourse.rules.book import Due
from isocourse.words.expressions import ALWAYS, NEVER, shown

LABEL, CONSENSUS, LOCAL = "label", "consensus", "local"
SILENT = Due(NEVER)


def follows(values, policy):
    """Whether the clinic follows this schedule; without a choice it is that of the label."""
    return (values.local("labs_policy") or LABEL) == policy


def _pregnant(course):
    return course.pregnancy_known | course.positive_test


def ahead(course):
    """The first dose still lies ahead."""
    return ~course.begun & ~course.stopped & ~_pregnant(course)


def on_treatment(course):
    """Capsules are being taken."""
    return course.begun & ~course.stopped & ~_pregnant(course)


def not_ended(course):
    """Treatment lies ahead or goes on."""
    return ~course.stopped & ~_pregnant(course)


def served(since, start, day, lead):
    """The last result is of so many days after a start, or of the few days before that."""
    return shown(since <= start - (day - lead))


def before_first_dose(course, since, days):
    """Due today while no result is recent enough for the first dose."""
    return Due(ahead(course) & ~shown(since <= days))


def after(course, since, start, day, lead):
    """Due so many days after a start, until a result serves it."""
    when = on_treatment(course) & ~served(since, start, day, lead)
    return Due(when, opens=-start + (day - lead), due=-start + day)


def again(course, since, first, every, lead, also=ALWAYS):
    """Due so many days after the last result, once the first repeat is done."""
    when = on_treatment(course) & served(since, course.days_since_start, first, lead) & also
    return Due(when, opens=-since + (every - lead), due=-since + every)


def late_after(course, since, start, day, lead):
    """The day after a start is past and no result serves it."""
    return on_treatment(course) & shown(start > day) & ~served(since, start, day, lead)


def late_again(course, since, first, every, lead, also=ALWAYS):
    """The last result that served is older than it should be."""
    done = served(since, course.days_since_start, first, lead)
    return on_treatment(course) & done & shown(since > every) & also


def first_by_label(course, values, since):
    """The first repeat of the label."""
    return since, course.days_since_start, values.label_first_days, values.lead_days


def again_by_label(values, since):
    """The later repeats of the label."""
    return since, values.label_first_days, values.label_every_days, values.lead_days


def until_normal(values, since):
    """A raised result, again until it is normal."""
    return since, values.label_first_days, values.raised_days, values.lead_days


def at_peak(course, values, since):
    """The repeat at the highest dose, once its effect shows."""
    return since, course.days_since_highest_dose, values.peak_days, values.lead_days


def first_by_clinic(course, values, since):
    """The first repeat of the clinic."""
    return since, course.days_since_start, values.local("labs_first_days"), values.lead_days


def again_by_clinic(values, since):
    """The later repeats of the clinic."""
    first, every = values.local("labs_first_days"), values.local("labs_every_days")
    return since, first, every, values.lead_days


def days_before(values):
    """How old a result may be at the first dose, by the schedule that is followed."""
    if follows(values, LOCAL):
        return values.local("labs_before_days")
    return values.consensus_before_days if follows(values, CONSENSUS) else values.label_before_days


def at_risk(course):
    """Diabetes, obesity, alcoholism or a lipid disorder."""
    known = course.condition_diabetes | course.condition_hyperlipidaemia
    return known | course.condition_obesity | course.condition_alcoholism


def alt_raised(course, values):
    """ALT above its limit and not beyond the line for action."""
    return shown(course.alt > course.alt_limit) & ~alt_high(course, values)


def alt_high(course, values):
    """ALT beyond the line for action."""
    return shown(course.alt > course.alt_limit * values.enzyme_repeat_times)


def fats_raised(course, values):
    """Triglycerides in the range of diet alone."""
    return shown(course.triglycerides >= values.triglycerides_diet) & ~fats_high(course, values)


def fats_high(course, values):
    """Triglycerides that call for a lower dose or more."""
    return shown(course.triglycerides >= values.triglycerides_lower_dose)


def fasting_lipids(course, values):
    """Days since lipids; a rule that asks for them says how long after alcohol."""
    values.of("labs", "alcohol_hours")
    return course.days_since_lipids


def for_risk(values, since):
    """The later repeats of a patient at risk."""
    return since, values.label_first_days, values.risk_days, values.lead_days


def plain_alt(course, values):
    """ALT not above its limit."""
    return ~shown(course.alt > course.alt_limit)


def plain_fats(course, values):
    """Triglycerides not raised, in a patient who is not at risk."""
    return ~shown(course.triglycerides >= values.triglycerides_diet) & ~at_risk(course)


def glucose_risk(course, values):
    """Diabetes, and where the label says so the other risks."""
    wide = values.glucose_for_every_risk
    risk = at_risk(course) if wide else course.condition_diabetes
    return risk & not_ended(course)
