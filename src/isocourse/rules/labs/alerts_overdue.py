"""Blood tests that are overdue. They close nothing; a clinic sees them first."""

from isocourse.rules.book import WHERE_ONE_ACTS, alerts
from isocourse.rules.labs import schedule
from isocourse.words.expressions import NEVER, shown

TAKE = "Take blood at the next opportunity, before capsules are handed over if that can be done."


def _late_by_label(course, values, since, normal):
    """The day of the label is past: of the first repeat, or of a later one of what is normal."""
    if not schedule.follows(values, schedule.LABEL):
        return NEVER
    first = schedule.late_after(course, *schedule.first_by_label(course, values, since))
    if values.label_every_days is None:
        return first
    later = schedule.again_by_label(values, since)
    return first | schedule.late_again(course, *later, also=normal(course, values))


def _late_by_clinic(course, values, since, normal):
    """The day of the clinic is past: of the first repeat, or of a later one of what is normal."""
    first = schedule.late_after(course, *schedule.first_by_clinic(course, values, since))
    later = schedule.again_by_clinic(values, since)
    return first | schedule.late_again(course, *later, also=normal(course, values))


def _late_at_peak(course, values, since):
    """The day of the consensus is past."""
    return schedule.late_after(course, *schedule.at_peak(course, values, since))


def _late_raised(course, values, since, raised, high):
    """A raised result was not repeated in time."""
    later = schedule.until_normal(values, since)
    return schedule.late_again(course, *later, also=raised) | (
        high & shown(since > values.high_days)
    )


@alerts(
    "soon",
    topic="labs",
    layer="label",
    says="Liver enzymes are overdue by the label.",
    advice=TAKE,
    on=WHERE_ONE_ACTS,
)
def liver_overdue(course, values):
    """Liver enzymes are past the day that the label gives."""
    return _late_by_label(course, values, course.days_since_liver, schedule.plain_alt)


@alerts(
    "soon",
    topic="labs",
    layer="label",
    says="Lipids are overdue by the label.",
    advice=TAKE,
    on=WHERE_ONE_ACTS,
)
def lipids_overdue(course, values):
    """Lipids are past the day that the label gives."""
    return _late_by_label(course, values, course.days_since_lipids, schedule.plain_fats)


@alerts(
    "soon",
    topic="labs",
    layer="guideline",
    says="Raised liver enzymes were not repeated in time.",
    advice=TAKE,
    on=WHERE_ONE_ACTS,
)
def raised_liver_not_repeated(course, values):
    """Raised liver enzymes are repeated until they are normal."""
    raised, high = schedule.alt_raised(course, values), schedule.alt_high(course, values)
    return _late_raised(course, values, course.days_since_liver, raised, high)


@alerts(
    "soon",
    topic="labs",
    layer="guideline",
    says="Raised triglycerides were not repeated in time.",
    advice=TAKE,
    on=WHERE_ONE_ACTS,
)
def raised_lipids_not_repeated(course, values):
    """Raised triglycerides are repeated until they are lower."""
    raised = schedule.fats_raised(course, values) & ~schedule.at_risk(course)
    high = schedule.fats_high(course, values)
    return _late_raised(course, values, course.days_since_lipids, raised, high)


@alerts(
    "soon",
    topic="labs",
    layer="label",
    says="Lipids or glucose are overdue for a patient at risk.",
    advice=TAKE,
    on=WHERE_ONE_ACTS,
)
def risk_tests_overdue(course, values):
    """At risk, lipids and glucose are repeated more often."""
    later = schedule.for_risk(values, course.days_since_lipids)
    lipids = schedule.late_again(course, *later, also=schedule.at_risk(course))
    late = shown(course.days_since_glucose > values.risk_days)
    return lipids | (schedule.glucose_risk(course, values) & late)


@alerts(
    "soon",
    topic="labs",
    layer="guideline",
    says="Liver enzymes or triglycerides at the highest dose are overdue by the consensus.",
    advice=TAKE,
    on=WHERE_ONE_ACTS,
)
def overdue_at_peak_dose(course, values):
    """Blood tests at the highest dose are past their day."""
    if not schedule.follows(values, schedule.CONSENSUS):
        return NEVER
    liver = _late_at_peak(course, values, course.days_since_liver)
    return liver | _late_at_peak(course, values, course.days_since_lipids)


@alerts(
    "soon",
    topic="labs",
    layer="local",
    says="Liver enzymes or lipids are overdue by the schedule of this clinic.",
    advice=TAKE,
    on=WHERE_ONE_ACTS,
)
def overdue_by_clinic(course, values):
    """Blood tests are past the day that the clinic has set."""
    if not schedule.follows(values, schedule.LOCAL):
        return NEVER
    liver = _late_by_clinic(course, values, course.days_since_liver, schedule.plain_alt)
    lipids = _late_by_clinic(course, values, course.days_since_lipids, schedule.plain_fats)
    return liver | lipids


@alerts(
    "note",
    topic="labs",
    layer="guideline",
    says="A manual asks for liver enzymes, lipids and a blood count at four weeks; the consensus "
    "that this clinic follows does not.",
    advice="Take them as well if you follow the manual.",
)
def four_weeks_by_manual(course, values):
    """A schedule that asks for more than the one followed is pointed out."""
    if not schedule.follows(values, schedule.CONSENSUS):
        return NEVER
    since, start = course.days_since_liver, course.days_since_start
    asked = schedule.on_treatment(course) & shown(start >= values.manual_days)
    return asked & ~schedule.served(since, start, values.manual_days, values.lead_days)
