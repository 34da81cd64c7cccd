"""What a patient can do about blood tests."""

from isocourse.rules.book import tip
from isocourse.rules.labs import schedule


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
    says="Come to blood tests fasting, and drink no alcohol in the {alcohol_hours} hours before.",
    cites="us-label-2023#fasting",
)
def come_fasting(course, values):
    """Blood for lipids is taken fasting."""
    values.of("labs", "alcohol_hours")
    return schedule.not_ended(course)
