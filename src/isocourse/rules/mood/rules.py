"""Mind and sexual function: what closes the gate until a prescriber has looked."""

from isocourse.rules.book import advises, refuses
from isocourse.words.codes import Concern
from isocourse.words.expressions import NEVER

EVERY = ("start", "prescribe", "dispense")


@refuses(
    *EVERY,
    topic="mental_health",
    layer="label",
    says="A grave concern is recorded ({mind_concern}); a prescriber has to record a later and "
    "better finding.",
)
def grave_concern(course, values):
    """Suicidal thoughts, psychosis or aggression mean stop until a prescriber finds better."""
    return course.mind_concern != Concern.NONE if values.grave_concern_closes else NEVER


@refuses(
    *EVERY,
    topic="mental_health",
    layer="label",
    says="PHQ-9 item 9 was above zero; a prescriber has to record a later and better finding.",
)
def thoughts_of_self_harm(course, values):
    """An answer above zero to item 9 means stop until a prescriber finds better."""
    return course.item_nine > 0 if values.item_nine_closes else NEVER


@refuses(
    *EVERY,
    topic="mental_health",
    layer="programme",
    says="Mental health was not assessed before the first dose.",
)
def mind_not_assessed(course, values):
    """Mental health is assessed before the first dose where the programme says so."""
    return ~course.begun & ~course.mental_health_assessed if values.assessed_before else NEVER


@refuses(
    *EVERY,
    topic="sexual_function",
    layer="programme",
    says="Sexual function was not assessed before the first dose.",
)
def sexual_function_not_assessed(course, values):
    """Sexual function is assessed before the first dose where the programme says so."""
    return ~course.begun & ~course.sexual_function_assessed if values.assessed_before else NEVER


@advises(
    *EVERY,
    topic="mental_health",
    layer="label",
    says="Low mood was found at the last look; look again and agree on what to watch for.",
)
def low_mood(course, values):
    """Low mood is pointed out."""
    return course.low_mood if values.low_mood_cautions else NEVER


@advises(
    *EVERY,
    topic="sexual_function",
    layer="label",
    says="A concern about sexual function is recorded; weigh whether to go on.",
)
def sexual_concern(course, values):
    """A concern about sexual function is pointed out."""
    return course.sexual_concern if values.sexual_concern_cautions else NEVER
