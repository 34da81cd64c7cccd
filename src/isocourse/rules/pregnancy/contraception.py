"""Contraception: an accepted combination for long enough, or abstinence where accepted."""

from isocourse.rules.book import advises, exception, refuses
from isocourse.rules.pregnancy.rules import LAYER
from isocourse.words.expressions import NEVER, shown


@refuses(
    "start",
    "prescribe",
    "dispense",
    topic="contraception",
    layer=LAYER,
    says="The contraception recorded is not a combination that is accepted here: {accepted}.",
)
def contraception_not_accepted(course, values):
    """The methods in use have to be a combination that the place accepts."""
    return ~course.contraception_accepted if values.accepted else NEVER


@refuses(
    "start",
    "prescribe",
    "dispense",
    topic="contraception",
    layer=LAYER,
    says="Accepted contraception has been unbroken for {days_of_contraception} days; at least "
    "{lead_days} days and {lead_months} calendar month are needed.",
)
def contraception_too_short(course, values):
    """Accepted contraception has to be in use, unbroken, for at least the lead time."""
    too_few_days = course.days_of_contraception < values.lead_days
    too_few_months = course.months_of_contraception < values.lead_months
    return shown(course.contraception_accepted) & (too_few_days | too_few_months)


@refuses(
    "start",
    "prescribe",
    "dispense",
    topic="contraception",
    layer=LAYER,
    says="Abstinence is recorded without the agreement of a prescriber.",
)
def abstinence_not_agreed(course, values):
    """Abstinence needs a prescriber's agreement where the place says so."""
    if not values.abstinence_needs_agreement:
        return NEVER
    return course.abstinent & ~course.abstinence_agreed


@advises(
    "start",
    "prescribe",
    "dispense",
    topic="contraception",
    layer=LAYER,
    says="A progestogen-only pill is recorded; it does not count as effective contraception.",
)
def progestogen_only_pill(course, values):
    """A progestogen-only pill does not count as effective contraception."""
    return course.progestogen_only_pill if values.progestogen_only_pill_fails else NEVER


@advises(
    "start",
    "prescribe",
    "dispense",
    topic="contraception",
    layer=LAYER,
    says="Two primary forms are recorded and no secondary one; ask the registry whether it takes "
    "them.",
)
def two_primary_forms(course, values):
    """Whether two primary forms satisfy the registry is not settled."""
    return course.two_primary_forms if values.two_primaries_doubtful else NEVER


@exception(
    contraception_not_accepted,
    contraception_too_short,
    place="all",
    since="isocourse-safety",
    cites=(),
)
def abstinent(course, values):
    """Abstinence stands in for contraception; a lead time makes no sense for it."""
    return course.abstinent if values.abstinence_accepted else NEVER


@exception(
    contraception_not_accepted,
    contraception_too_short,
    abstinence_not_agreed,
    progestogen_only_pill,
    two_primary_forms,
    place="all",
    since="isocourse-safety",
    cites=(),
)
def needs_no_contraception(course, values):
    """A person shown to be unable to become pregnant needs no contraception."""
    return ~course.can_become_pregnant if values.category_exempts else NEVER
