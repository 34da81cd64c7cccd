"""Tips for the patient after the course."""

from isocourse.rules.book import tip
from isocourse.rules.timeline.spans import after, within_days_of_stop
from isocourse.words.expressions import NEVER


@tip(
    topic="supply",
    says="Bring capsules that are left over back to the pharmacy. Never keep or share them.",
    layer="programme",
)
def bring_back_capsules(course, values):
    """Capsules that are left over go back to the pharmacy."""
    if not values.left_over_returned:
        return NEVER
    return within_days_of_stop(course, values.still_improving_days)


@tip(
    topic="follow_up",
    says="Your skin can go on getting better for {still_improving_days} days after the last "
    "capsule.",
    cites="shared-practice#after-stop",
)
def skin_gets_better_still(course, values):
    """The skin goes on improving for some weeks."""
    return after(course) & within_days_of_stop(course, values.still_improving_days)


@tip(
    topic="follow_up",
    says="Ask us for a cream that keeps spots away (a retinoid cream). It is not for anybody who "
    "is or may get pregnant.",
    cites="shared-practice#maintenance",
)
def cream_against_new_spots(course, values):
    """A topical retinoid after the course kept lesions fewer."""
    return after(course)


@tip(
    topic="follow_up",
    says="Watch your skin. If spots come back, tell us early: about one in four or five gets them "
    "again within a year.",
    cites="relapse-cohort-2025#rates",
)
def watch_for_spots(course, values):
    """A relapse is told early."""
    return after(course)
