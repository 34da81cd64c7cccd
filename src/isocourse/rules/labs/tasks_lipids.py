"""When fasting lipids are due: before the first dose, during treatment, at risk, and when raised.

Each says to fast, and how long after alcohol.
"""

from isocourse.rules.book import Due, task
from isocourse.rules.labs import schedule

FASTING = " Measured fasting, and {alcohol_hours} hours after alcohol."


@task(
    "lipids",
    topic="labs",
    layer="label",
    says="Lipids are measured before the first dose; no recent result is recorded." + FASTING,
)
def lipids_before_first_dose(course, values):
    """Fasting lipids are known before the first dose."""
    since = schedule.fasting_lipids(course, values)
    return schedule.before_first_dose(course, since, schedule.days_before(values))


@task(
    "lipids",
    topic="labs",
    layer="label",
    says="Lipids are repeated {label_first_days} days after the first dose." + FASTING,
)
def lipids_after_first_month(course, values):
    """Lipids are repeated after the first month."""
    if not schedule.follows(values, schedule.LABEL):
        return schedule.SILENT
    since = schedule.fasting_lipids(course, values)
    return schedule.after(course, *schedule.first_by_label(course, values, since))


@task(
    "lipids",
    topic="labs",
    layer="label",
    says="Lipids are repeated every {label_every_days} days." + FASTING,
)
def lipids_again(course, values):
    """Lipids that are not raised are repeated at the interval of the label."""
    if not schedule.follows(values, schedule.LABEL) or values.label_every_days is None:
        return schedule.SILENT
    later = schedule.again_by_label(values, schedule.fasting_lipids(course, values))
    return schedule.again(course, *later, also=schedule.plain_fats(course, values))


@task(
    "lipids",
    topic="labs",
    layer="label",
    says="With diabetes, obesity, alcoholism or a lipid disorder lipids are repeated more often."
    + FASTING,
)
def lipids_at_risk(course, values):
    """At risk, lipids are repeated each month, whatever schedule is followed."""
    later = schedule.for_risk(values, schedule.fasting_lipids(course, values))
    return schedule.again(course, *later, also=schedule.at_risk(course))


@task(
    "lipids",
    topic="labs",
    layer="label",
    says="Triglycerides were {triglycerides}: repeat until they are lower." + FASTING,
)
def lipids_until_lower(course, values):
    """Raised triglycerides are repeated until they are not."""
    raised = schedule.fats_raised(course, values)
    later = schedule.until_normal(values, schedule.fasting_lipids(course, values))
    return schedule.again(course, *later, also=raised & ~schedule.at_risk(course))


@task(
    "lipids",
    topic="labs",
    layer="guideline",
    says="Triglycerides were {triglycerides}: repeat soon." + FASTING,
    cites="shared-practice#tg-tiers",
)
def lipids_soon_again(course, values):
    """High triglycerides are repeated soon, on treatment or off it."""
    high = schedule.fats_high(course, values)
    since = schedule.fasting_lipids(course, values)
    return Due(high, opens=-since, due=-since + values.high_days)


@task(
    "lipids",
    topic="labs",
    layer="guideline",
    says="Triglycerides are measured at the highest dose; the consensus asks for no monthly tests."
    + FASTING,
    cites=("delphi-2022#not-monthly", "delphi-2022#scope"),
)
def lipids_at_peak_dose(course, values):
    """Triglycerides are repeated at the highest dose, by the consensus."""
    if not schedule.follows(values, schedule.CONSENSUS):
        return schedule.SILENT
    since = schedule.fasting_lipids(course, values)
    return schedule.after(course, *schedule.at_peak(course, values, since))


@task(
    "lipids",
    topic="labs",
    layer="local",
    says="This clinic repeats lipids {labs_first_days} days after the first dose." + FASTING,
)
def lipids_first_by_clinic(course, values):
    """A clinic may choose the day of the first repeat of lipids."""
    if not schedule.follows(values, schedule.LOCAL):
        return schedule.SILENT
    since = schedule.fasting_lipids(course, values)
    return schedule.after(course, *schedule.first_by_clinic(course, values, since))


@task(
    "lipids",
    topic="labs",
    layer="local",
    says="This clinic repeats lipids every {labs_every_days} days." + FASTING,
)
def lipids_again_by_clinic(course, values):
    """A clinic may choose how often lipids are repeated."""
    if not schedule.follows(values, schedule.LOCAL):
        return schedule.SILENT
    later = schedule.again_by_clinic(values, schedule.fasting_lipids(course, values))
    return schedule.again(course, *later, also=schedule.plain_fats(course, values))
