"""What a patient can do for the next supply."""

from isocourse.rules.book import tip
from isocourse.rules.standing import goes_on
from isocourse.rules.supply.lapse import ready
from isocourse.words.expressions import NEVER


@tip(
    topic="supply",
    says="Have the pregnancy test, the visit and the pharmacy on one day, if you can.",
    layer="programme",
)
def all_on_one_day(course, values):
    """Test, prescription and hand-over ideally fall on one day."""
    if not values.same_day_ideal:
        return NEVER
    return goes_on(course) & course.can_become_pregnant & ~ready(course, values, able=True)
