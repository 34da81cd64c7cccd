"""What opens the gate again after a grave concern."""

from isocourse.rules.book import Due, task
from isocourse.rules.standing import pregnant
from isocourse.words.codes import Concern
from isocourse.words.expressions import shown


@task(
    "mental_health",
    topic="mental_health",
    layer="label",
    says="Everything stays closed until a prescriber has looked at mental health again and found "
    "no grave concern.",
    cites="isocourse-safety#mind-closes-until-prescriber",
)
def mind_to_clear(course, values):
    """After a grave concern a prescriber looks again before anything goes on."""
    grave = shown(course.mind_concern != Concern.NONE) | (course.item_nine > 0)
    return Due(~pregnant(course) & grave)
