"""What was found about mind and sexual function, with what to do. The gates are in rules.py."""

from isocourse.rules.book import WHERE_ONE_ACTS, alerts
from isocourse.rules.mood.watching import (
    late,
    left_out,
    not_ended,
    on_treatment,
    psychiatric_history,
)
from isocourse.words.codes import Concern
from isocourse.words.expressions import NEVER, shown

SAFETY = (
    "Stop isotretinoin and have safety assessed by mental-health care the same day; do not leave "
    "the patient alone until then. Stopping alone may not be enough. Tell family or friends what "
    "to watch for, with consent."
)


@alerts(
    "now",
    topic="mental_health",
    layer="label",
    says="A grave concern is recorded: {mind_concern}.",
    advice=SAFETY,
    cites="shared-practice#emergencies",
)
def grave_concern_now(course, values):
    """Suicidal thoughts, psychosis or aggression need mental-health care the same day."""
    return course.mind_concern != Concern.NONE if values.grave_concern_closes else NEVER


@alerts(
    "now",
    topic="mental_health",
    layer="label",
    says="Item 9 of the PHQ-9 was {item_nine}: thoughts of death or self-harm.",
    advice=SAFETY,
)
def self_harm_now(course, values):
    """An answer above zero to item 9 needs a safety assessment the same day."""
    return course.item_nine > 0 if values.item_nine_closes else NEVER


@alerts(
    "soon",
    topic="mental_health",
    layer="mood.layer",
    says="Low mood was found at the last look, {days_since_mental_health} days ago.",
    advice="Ask about suicidal thoughts, agree with the patient and someone close on what to watch "
    "for, and look again within days. If it is new or worse since the first dose, stop and have it "
    "assessed urgently.",
)
def low_mood_found(course, values):
    """Low mood is followed up."""
    seen = shown(course.days_since_mental_health >= 0)
    return course.low_mood & seen if values.low_mood_cautions else NEVER


@alerts(
    "soon",
    topic="mental_health",
    layer="mood.layer",
    says="Mental health was not looked at in the last visit, or for more than {look_every_days} "
    "days.",
    advice="Ask about mood, sleep, anxiety and thoughts of self-harm now, by telephone if need be.",
    on=WHERE_ONE_ACTS,
)
def mental_health_overdue(course, values):
    """A look at mental health is overdue."""
    since = course.days_since_mental_health
    late_month = late(course, since, values.look_every_days) & ~psychiatric_history(course)
    if not values.looked_at_each_visit:
        return late_month
    passed = on_treatment(course) & left_out(course, since) & shown(course.days_since_visit > 0)
    return late_month | passed


@alerts(
    "soon",
    topic="mental_health",
    layer="guideline",
    says="With depression or a suicide attempt in the history, mental health was not looked at for "
    "more than {closer_look_days} days.",
    advice="Ask about mood, sleep, anxiety and thoughts of self-harm now, by telephone if need be.",
    on=WHERE_ONE_ACTS,
)
def closer_look_overdue(course, values):
    """The closer watch is overdue."""
    past = late(course, course.days_since_mental_health, values.closer_look_days)
    return past & psychiatric_history(course)


@alerts(
    "note",
    topic="mental_health",
    layer="guideline",
    says="Depression or a suicide attempt is recorded.",
    advice="Consider mental-health care before and during treatment, watch closer, and agree with "
    "someone close on what to watch for.",
    cites=("uk-nice-ng198#mental-health-referral", "uk-mhra-2023-10#mood-watch"),
)
def history_of_mental_illness(course, values):
    """Mental illness in the history is known to whoever treats."""
    return not_ended(course) & psychiatric_history(course)


@alerts(
    "soon",
    topic="sexual_function",
    layer="label",
    says="A concern about sexual function is recorded.",
    advice="Weigh with the patient whether to go on; symptoms can last after stopping. If they "
    "last, refer.",
)
def sexual_function_concern(course, values):
    """A concern about sexual function leads to a review."""
    return course.sexual_concern if values.sexual_concern_cautions else NEVER


@alerts(
    "soon",
    topic="sexual_function",
    layer="programme",
    says="Sexual function was not asked about in the last visit, or for more than "
    "{look_every_days} days.",
    advice="Ask now; where it is offered, a questionnaire makes it easier.",
    on=WHERE_ONE_ACTS,
)
def sexual_function_overdue(course, values):
    """Asking about sexual function is overdue where the programme says so."""
    if not values.sexual_function_followed:
        return NEVER
    since = course.days_since_sexual_function
    passed = on_treatment(course) & left_out(course, since) & shown(course.days_since_visit > 0)
    return late(course, since, values.look_every_days) | passed
