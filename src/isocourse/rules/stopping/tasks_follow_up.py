"""Following up, keeping clear, and what comes if acne returns."""

from isocourse.rules.book import Due, task
from isocourse.rules.standing import ahead, pregnant
from isocourse.rules.stopping.spans import after_treatment, seen_about, to_day, up_to_day
from isocourse.words.codes import Stop
from isocourse.words.expressions import NEVER, shown

SILENT = Due(NEVER)


def _in_remission(course):
    return after_treatment(course) & ~course.relapsed & ~pregnant(course)


@task(
    "follow_up",
    topic="follow_up",
    layer="guideline",
    says="A visit {follow_up_days} days after the stop, when the skin has shown what it can do.",
    cites="shared-practice#after-stop",
)
def follow_up_visit(course, values):
    """The patient is seen when the skin no longer improves by itself."""
    due = to_day(course, values.follow_up_days)
    when = after_treatment(course) & up_to_day(course, values.watch_days)
    return Due(when & ~seen_about(course, values, values.follow_up_days), due=due)


@task(
    "follow_up",
    topic="side_effect",
    layer="guideline",
    says="Treatment was stopped for a side effect: see the patient within {side_effect_days} days "
    "to know whether it has gone.",
)
def follow_up_of_side_effect(course, values):
    """What ended treatment is followed until it has gone."""
    reason = shown(course.stop_reason == Stop.SIDE_EFFECT)
    seen = shown(course.days_since_visit < course.days_since_stop)
    when = reason & up_to_day(course, values.watch_days) & ~seen
    return Due(when, due=to_day(course, values.side_effect_days))


@task(
    "maintenance_review",
    topic="follow_up",
    layer="guideline",
    says="Maintenance on the skin is reviewed {maintenance_review_days} days after the stop.",
)
def maintenance_review(course, values):
    """Maintenance is reviewed after twelve weeks."""
    day = values.maintenance_review_days
    when = _in_remission(course) & up_to_day(course, values.watch_days)
    return Due(when & ~seen_about(course, values, day), due=to_day(course, day))


@task(
    "relapse_watch",
    topic="follow_up",
    layer="guideline",
    says="Watch for relapse for a year; when there is one, record it with the definition used.",
    cites=(
        "relapse-cohort-2025#rates",
        "shared-practice#relapse-definition",
        "shared-practice#relapse-factors",
    ),
)
def relapse_watch(course, values):
    """Most relapses come within the first year."""
    closes = to_day(course, values.watch_days)
    when = _in_remission(course) & up_to_day(course, values.watch_days)
    return Due(when, due=None, closes=closes)


def _earliest(values, since, two_months):
    """The first day of a second course, from the end of the first."""
    return two_months if values.gap_months else values.gap_days - since


def _relapsed(course):
    """The acne came back after the treatment, and nothing forbids to treat again."""
    return after_treatment(course) & course.relapsed & ~pregnant(course)


@task(
    "second_course",
    topic="retreatment",
    layer="label",
    says="A second course, for a definite relapse only, opens {gap_days} days after the stop at "
    "the earliest; the whole programme then begins again.",
)
def second_course_after_relapse(course, values):
    """After a relapse the earliest day of a second course is told."""
    if not values.gap_days:
        return SILENT
    return Due(_relapsed(course), opens=values.gap_days - course.days_since_stop, due=None)


@task(
    "second_course",
    topic="retreatment",
    layer="label",
    says="A second course, for a definite relapse only, opens {gap_months} whole calendar months "
    "after the stop at the earliest; the whole programme then begins again.",
)
def second_course_after_relapse_months(course, values):
    """The same where the place counts in months."""
    if not values.gap_months:
        return SILENT
    return Due(_relapsed(course), opens=course.days_to_two_months_after_stop, due=None)


@task(
    "second_course",
    topic="retreatment",
    layer="label",
    says="The earlier course ended {days_since_earlier_course} days ago; this one waits.",
)
def second_course_waits(course, values):
    """A second course waits for its earliest day."""
    few_days = shown(course.days_since_earlier_course < values.gap_days)
    few = few_days | shown(course.months_since_earlier_course < values.gap_months)
    opens = _earliest(
        values,
        course.days_since_earlier_course,
        course.days_to_two_months_after_earlier_course,
    )
    return Due(ahead(course) & course.earlier_course & few, opens=opens, due=opens)


@task(
    "earlier_course",
    topic="retreatment",
    layer="label",
    says="Isotretinoin was taken before: record when that course ended.",
)
def earlier_course_to_record(course, values):
    """When an earlier course is only mentioned, its end is asked for."""
    if not (values.gap_days or values.gap_months):
        return SILENT
    return Due(ahead(course) & course.isotretinoin_before & ~course.earlier_course)
