"""A pregnancy, or the fear of one: said at once, with what to do."""

from isocourse.rules.book import alerts
from isocourse.rules.pregnancy.rules import LAYER
from isocourse.rules.standing import goes_on, on_treatment, pregnant
from isocourse.words.expressions import NEVER, shown

_STOP = "No capsule more. Refer to {teratology_expert} at once."


@alerts(
    "now",
    topic="pregnancy_test",
    layer="label",
    says="A pregnancy test was positive {days_since_pregnancy_known} days ago.",
    advice=_STOP,
)
def test_was_positive(course, values):
    """A positive test ends treatment and leads to an expert."""
    found = shown(course.days_since_pregnancy_known >= 0) & course.positive_test
    return found & ~course.pregnancy_known if values.teratology_expert else NEVER


@alerts(
    "now",
    topic="contraindication",
    layer="label",
    says="A pregnancy is known.",
    advice=_STOP,
)
def pregnancy_is_known(course, values):
    """A known pregnancy ends treatment and leads to an expert."""
    return course.pregnancy_known if values.teratology_expert else NEVER


def _in_time(course, values):
    """Found during treatment, or within the horizon after it."""
    return ~course.stopped | shown(
        course.days_since_stop <= course.days_since_pregnancy_known + values.report_days
    )


@alerts(
    "now",
    topic="pregnancy_test",
    layer=LAYER,
    says="A pregnancy during treatment, or found within {report_days} days after it, is reported.",
    advice="Report it to {pregnancy_reported_to}.",
)
def pregnancy_to_report(course, values):
    """A pregnancy during treatment or soon after is reported to the registry."""
    if not values.pregnancy_reported_to:
        return NEVER
    return pregnant(course) & course.treated & _in_time(course, values)


@alerts(
    "note",
    topic="pregnancy_test",
    layer=LAYER,
    says="This pregnancy was found more than {report_days} days after treatment.",
    advice="Work out when it began: if that was within a month of the last dose, report it to "
    "{pregnancy_reported_to}.",
)
def pregnancy_found_late(course, values):
    """What is found late may have begun in time."""
    if not values.pregnancy_reported_to:
        return NEVER
    return pregnant(course) & course.treated & ~_in_time(course, values)


@alerts(
    "now",
    topic="pregnancy_test",
    layer="pregnancy.doubt_layer",
    says="A missed period or unprotected contact was reported.",
    advice="No capsule until a pregnancy test that counts is negative; the prescriber is told at "
    "once.",
)
def pregnancy_feared(course, values):
    """A missed period or unprotected contact stops the capsules until a test."""
    if not values.doubt_closes:
        return NEVER
    return goes_on(course) & course.can_become_pregnant & course.pregnancy_in_doubt


@alerts(
    "now",
    topic="contraception",
    layer=LAYER,
    says="During treatment there is no accepted contraception on record.",
    advice="No capsule until it is sure again; test for pregnancy, and the lead time runs anew.",
)
def contraception_broken(course, values):
    """Contraception goes on without a break through the whole course."""
    if not values.contraception_unbroken:
        return NEVER
    abstinent = course.abstinent if values.abstinence_accepted else NEVER
    covered = shown(course.contraception_accepted) | abstinent
    return on_treatment(course) & course.can_become_pregnant & ~covered
