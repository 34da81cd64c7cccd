"""When to think of the end of a course, what is late after it, and a relapse."""

from isocourse.rules.book import alerts
from isocourse.rules.standing import on_treatment, pregnant
from isocourse.rules.stopping.spans import able_after, after_treatment, tested_from, up_to_day
from isocourse.words.codes import Severity, Stop
from isocourse.words.expressions import NEVER, shown

PER_CENT = 100


@alerts(
    "note",
    topic="stopping",
    layer="guideline",
    says="The skin has been clear or almost clear by the record for {days_clear} days.",
    advice="After {clear_days} to {clear_days_most} days without a new lesion the course may end "
    "before its cumulative aim. In one cohort fewer relapsed when it went on for two months after.",
    cites="clearance-cohort#after-clearance",
)
def clear_for_weeks(course, values):
    """After weeks without new lesions the course may end early."""
    values.of("stopping", "clear_days_most")
    return on_treatment(course) & shown(course.days_clear >= values.clear_days)


@alerts(
    "note",
    topic="stopping",
    layer="label",
    says="Nodules fell from {nodules_at_start} to {nodules}: to less than {nodules_left_per_cent} "
    "per cent.",
    advice="The label lets the course end before its usual length; look at the rest of the skin.",
)
def nodules_fell(course, values):
    """When most nodules have gone the course may end early where the label says so."""
    if values.nodules_left_per_cent is None:
        return NEVER
    fell = course.nodules * PER_CENT < course.nodules_at_start * values.nodules_left_per_cent
    return on_treatment(course) & shown(fell)


@alerts(
    "note",
    topic="stopping",
    layer="label",
    says="Treatment began {days_since_start} days ago; a usual course has up to {course_days}.",
    advice="Go on only with a reason that is written down: longer treatment is not what the label "
    "recommends.",
)
def longer_than_recommended(course, values):
    """A course that is longer than usual needs a reason."""
    values.of("stopping", "long_term")
    usual = values.of("timeline", "course_days")
    return on_treatment(course) & shown(course.days_since_start > usual)


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Treatment was stopped for a side effect {days_since_stop} days ago.",
    advice="Follow it until it has gone. A restart needs a reason and often a lower dose.",
    cites="isocourse-safety#stopped-course",
)
def stopped_for_side_effect(course, values):
    """A stop for a side effect is kept in mind."""
    reason = shown(course.stop_reason == Stop.SIDE_EFFECT)
    return reason & up_to_day(course, values.follow_up_days)


@alerts(
    "soon",
    topic="pregnancy_test",
    layer="pregnancy.layer",
    says="{days_since_stop} days after the stop there is no negative pregnancy test from day "
    "{final_test_from_days} or later.",
    advice="Test now; the course is not closed before.",
)
def last_test_overdue(course, values):
    """The last pregnancy test is late when five weeks have gone."""
    late = shown(course.days_since_stop > values.final_test_until_days)
    open_ = able_after(course) & up_to_day(course, values.watch_days)
    return open_ & late & ~tested_from(course, values.final_test_from_days)


@alerts(
    "note",
    topic="follow_up",
    layer="guideline",
    says="The course has ended: think of maintenance on the skin.",
    advice="With frequent relapse adapalene with benzoyl peroxide, else one of adapalene, azelaic "
    "acid or benzoyl peroxide. A retinoid on the skin too is avoided in pregnancy and by whoever "
    "plans one.",
    cites="shared-practice#maintenance",
)
def maintenance_to_consider(course, values):
    """After the course a topical treatment can keep the skin clear."""
    ended = after_treatment(course) & ~course.relapsed & ~pregnant(course)
    return ended & up_to_day(course, values.maintenance_review_days)


def _relapsed(course):
    return course.relapsed & ~pregnant(course)


def _worse(course, values):
    """Not known to be milder than what a guideline treats as mild to moderate."""
    return ~shown(course.severity < Severity[values.relapse_severe.upper()])


@alerts(
    "soon",
    topic="retreatment",
    layer="guideline",
    says="A relapse is recorded; by the last diagnosis the acne is {severity}.",
    advice="Mild to moderate acne: the standard options come first.",
    cites="shared-practice#relapse-definition",
)
def relapse_milder(course, values):
    """A mild relapse has the standard treatments first."""
    return _relapsed(course) & ~course.earlier_course & ~_worse(course, values)


@alerts(
    "soon",
    topic="retreatment",
    layer="guideline",
    says="A relapse is recorded, and by the last diagnosis the acne is not mild: {severity}.",
    advice="A 12-week first-line course or referral; a second course for a definite relapse, not "
    "before its earliest day. Some wait about four months unless the acne is severe.",
    cites=("msd-2024#retreatment-wait", "shared-practice#retreatment-wait"),
)
def relapse_worse(course, values):
    """A worse relapse is referred or treated again."""
    return _relapsed(course) & ~course.earlier_course & _worse(course, values)


@alerts(
    "soon",
    topic="retreatment",
    layer="guideline",
    says="A relapse after a second course or a later one.",
    advice="Decide with the patient what comes next, or refer again.",
)
def relapse_again(course, values):
    """After a second course the decision is shared."""
    values.of("stopping", "relapse_severe")
    return _relapsed(course) & course.earlier_course
