"""When liver enzymes are due: before the first dose, during treatment, and when raised."""

from isocourse.rules.book import Due, task
from isocourse.rules.labs import schedule


@task(
    "liver",
    topic="labs",
    layer="label",
    says="Liver enzymes are measured before the first dose; no recent result is recorded.",
)
def liver_before_first_dose(course, values):
    """Liver enzymes are known before the first dose."""
    return schedule.before_first_dose(course, course.days_since_liver, schedule.days_before(values))


@task(
    "liver",
    topic="labs",
    layer="label",
    says="Liver enzymes are repeated {label_first_days} days after the first dose.",
)
def liver_after_first_month(course, values):
    """Liver enzymes are repeated after the first month."""
    if not schedule.follows(values, schedule.LABEL):
        return schedule.SILENT
    first = schedule.first_by_label(course, values, course.days_since_liver)
    return schedule.after(course, *first)


@task(
    "liver",
    topic="labs",
    layer="label",
    says="Liver enzymes are repeated every {label_every_days} days.",
)
def liver_again(course, values):
    """Normal liver enzymes are repeated at the interval of the label."""
    if not schedule.follows(values, schedule.LABEL) or values.label_every_days is None:
        return schedule.SILENT
    later = schedule.again_by_label(values, course.days_since_liver)
    return schedule.again(course, *later, also=schedule.plain_alt(course, values))


@task(
    "liver",
    topic="labs",
    layer="label",
    says="ALT was {alt} U/L, above its limit of {alt_limit} U/L: repeat until it is normal.",
)
def liver_until_normal(course, values):
    """Liver enzymes above their limit are repeated until they are normal."""
    raised = schedule.alt_raised(course, values)
    later = schedule.until_normal(values, course.days_since_liver)
    return schedule.again(course, *later, also=raised)


@task(
    "liver",
    topic="labs",
    layer="guideline",
    says="ALT was {alt} U/L, above {enzyme_repeat_times} times its limit: repeat.",
    cites="shared-practice#alt-3x",
)
def liver_soon_again(course, values):
    """High liver enzymes are repeated soon, on treatment or off it."""
    high = schedule.alt_high(course, values)
    since = course.days_since_liver
    return Due(high, opens=-since, due=-since + values.high_days)


@task(
    "liver",
    topic="labs",
    layer="guideline",
    says="Liver enzymes are measured at the highest dose; the consensus asks for no monthly tests, "
    "no blood count and no bilirubin in healthy patients.",
    cites=("delphi-2022#not-monthly", "delphi-2022#not-needed", "delphi-2022#scope"),
)
def liver_at_peak_dose(course, values):
    """Liver enzymes are repeated at the highest dose, by the consensus."""
    if not schedule.follows(values, schedule.CONSENSUS):
        return schedule.SILENT
    return schedule.after(course, *schedule.at_peak(course, values, course.days_since_liver))


@task(
    "liver",
    topic="labs",
    layer="local",
    says="This clinic repeats liver enzymes {labs_first_days} days after the first dose.",
)
def liver_first_by_clinic(course, values):
    """A clinic may choose the day of the first repeat of liver enzymes."""
    if not schedule.follows(values, schedule.LOCAL):
        return schedule.SILENT
    first = schedule.first_by_clinic(course, values, course.days_since_liver)
    return schedule.after(course, *first)


@task(
    "liver",
    topic="labs",
    layer="local",
    says="This clinic repeats liver enzymes every {labs_every_days} days.",
)
def liver_again_by_clinic(course, values):
    """A clinic may choose how often liver enzymes are repeated."""
    if not schedule.follows(values, schedule.LOCAL):
        return schedule.SILENT
    later = schedule.again_by_clinic(values, course.days_since_liver)
    return schedule.again(course, *later, also=schedule.plain_alt(course, values))
