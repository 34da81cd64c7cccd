"""The person: category, contraception, and the end of a pregnancy."""

from isocourse.rules.book import Due, task
from isocourse.rules.pregnancy.rules import LAYER
from isocourse.rules.standing import goes_on, pregnant, recorded
from isocourse.words.expressions import NEVER, greatest, shown

SILENT = Due(NEVER)


@task(
    "pregnancy_category",
    topic="pregnancy_category",
    layer=LAYER,
    says="Record whether this person can become pregnant.",
)
def category_to_record(course, values):
    """Whether somebody can become pregnant is asked of everybody."""
    if not values.category_needed:
        return SILENT
    return Due(goes_on(course) & ~recorded(course.pregnancy_category))


def _needs_contraception(course, values):
    """Able to become pregnant, and not abstinent where that is accepted."""
    abstinent = course.abstinent if values.abstinence_accepted else NEVER
    return goes_on(course) & course.can_become_pregnant & ~abstinent


@task(
    "contraception",
    topic="contraception",
    layer=LAYER,
    says="Agree on contraception that is accepted here and record it: {accepted}.",
)
def contraception_to_agree(course, values):
    """Without accepted contraception there is no treatment."""
    if not values.accepted:
        return SILENT
    accepted = shown(course.contraception_accepted)
    return Due(_needs_contraception(course, values) & ~accepted)


@task(
    "contraception_lead",
    topic="contraception",
    layer=LAYER,
    says="Contraception goes on until it has been unbroken for {lead_days} days and {lead_months} "
    "calendar month; then the first day comes on which capsules may be given.",
)
def contraception_long_enough(course, values):
    """The earliest day on which contraception has been in use for long enough."""
    few_days = shown(course.days_of_contraception < values.lead_days)
    few_months = shown(course.months_of_contraception < values.lead_months)
    short = shown(course.contraception_accepted) & (few_days | few_months)
    first = values.lead_days - course.days_of_contraception
    if values.lead_months:
        first = greatest(first, course.days_to_month_of_contraception)
    return Due(_needs_contraception(course, values) & short, opens=first, due=first)


@task(
    "abstinence_agreement",
    topic="contraception",
    layer=LAYER,
    says="Abstinence is recorded: prescriber and patient agree on it, or on contraception.",
)
def abstinence_to_agree(course, values):
    """Abstinence counts only when a prescriber agreed to it."""
    if not values.abstinence_needs_agreement:
        return SILENT
    asked = goes_on(course) & course.can_become_pregnant
    return Due(asked & course.abstinent & ~course.abstinence_agreed)


@task(
    "stop",
    topic="stopping",
    layer="label",
    says="A pregnancy is known or a test was positive: no capsule more, and the stop is recorded.",
)
def stop_for_pregnancy(course, values):
    """A pregnancy ends treatment at once."""
    if not values.pregnancy_closes:
        return SILENT
    return Due(pregnant(course) & course.begun & ~course.stopped)


@task(
    "end_of_pregnancy",
    topic="pregnancy_test",
    layer="label",
    says="Everything stays closed until a prescriber records that the pregnancy has ended, or that "
    "there was none.",
)
def pregnancy_to_clear(course, values):
    """Only a prescriber's word opens the gate again after a pregnancy or a positive test."""
    return Due(pregnant(course), due=None) if values.pregnancy_closes else SILENT
