"""What a patient can do about blood tests."""

from isocourse.rules.book import tip
from isocourse.rules.labs import schedule
from isocourse.words.expressions import shown


@tip(
    topic="labs",
    says="Your blood fats are raised: less sugar, sweet drinks, fat and alcohol, and more exercise "
    "bring them down.",
    cites="shared-practice#tg-tiers",
)
def eat_for_blood_fats(course, values):
    """Diet helps when triglycerides are raised."""
    return course.triglycerides >= values.triglycerides_diet


@tip(
    topic="labs",
    says="Come to the next blood test fasting, and drink no alcohol in the {alcohol_hours} hours "
    "before it.",
)
def come_fasting(course, values):
    """Blood for lipids is taken fasting."""
    since = schedule.fasting_lipids(course, values)
    recent = shown(since < values.label_first_days)
    return schedule.not_ended(course) & ~recent
