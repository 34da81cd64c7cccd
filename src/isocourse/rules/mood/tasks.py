"""When to ask about mind and sexual function, and which questionnaire comes next."""

from isocourse.rules.book import Due, task
from isocourse.rules.mood.watching import (
    ahead,
    left_out,
    next_look,
    on_treatment,
    psychiatric_history,
)
from isocourse.words.expressions import NEVER, shown

SILENT = Due(NEVER)


@task(
    "mental_health",
    topic="mental_health",
    layer="mood.layer",
    says="Ask about mental health, in the patient and the family, before the first dose.",
)
def mind_before_first_dose(course, values):
    """Mental health is asked about before the first dose."""
    if not values.asked_before_first_dose:
        return SILENT
    return Due(ahead(course) & ~shown(course.mental_health_assessed))


@task(
    "mental_health",
    topic="mental_health",
    layer="mood.layer",
    says="Mental health is looked at in every visit; none is recorded since the last one.",
)
def mind_at_visit(course, values):
    """Mental health is looked at in each visit where the rules say so."""
    if not values.looked_at_each_visit:
        return SILENT
    return Due(on_treatment(course) & left_out(course, course.days_since_mental_health))


@task(
    "mental_health",
    topic="mental_health",
    layer="mood.layer",
    says="Mental health is looked at again each month.",
)
def mind_each_month(course, values):
    """Mental health is looked at a month after the first dose, and a month after each look."""
    since = course.days_since_mental_health
    return next_look(course, since, values.look_every_days, ~psychiatric_history(course))


@task(
    "mental_health",
    topic="mental_health",
    layer="guideline",
    says="With depression or a suicide attempt in the history, mental health is looked at every "
    "{closer_look_days} days.",
)
def mind_watched_closer(course, values):
    """Mental illness in the history means a closer watch."""
    since = course.days_since_mental_health
    return next_look(course, since, values.closer_look_days, psychiatric_history(course))


@task(
    "sexual_function",
    topic="sexual_function",
    layer="programme",
    says="Ask about sexual function before the first dose.",
)
def sexual_function_before_first_dose(course, values):
    """Sexual function is asked about before the first dose where the programme says so."""
    if not values.assessed_before:
        return SILENT
    return Due(ahead(course) & ~shown(course.sexual_function_assessed))


@task(
    "sexual_function",
    topic="sexual_function",
    layer="programme",
    says="Sexual function is asked about at follow-up; the last visit went by without it.",
)
def sexual_function_at_visit(course, values):
    """Sexual function is asked about at each follow-up where the programme says so."""
    if not values.sexual_function_followed:
        return SILENT
    return Due(on_treatment(course) & left_out(course, course.days_since_sexual_function))


def _brief(course, values):
    """Asking may be brief by now."""
    visits = values.brief_from_visit
    return NEVER if visits is None else course.visits >= visits


@task(
    "sexual_function",
    topic="sexual_function",
    layer="programme",
    says="Sexual function is asked about at the next follow-up.",
)
def sexual_function_next(course, values):
    """Sexual function is asked about again each month where the programme says so."""
    if not values.sexual_function_followed:
        return SILENT
    since = course.days_since_sexual_function
    return next_look(course, since, values.look_every_days, ~_brief(course, values))


@task(
    "sexual_function",
    topic="sexual_function",
    layer="programme",
    says="Sexual function is asked about at the next follow-up; from visit {brief_from_visit} on "
    "that may be brief.",
)
def sexual_function_next_brief(course, values):
    """From the third visit on asking may be brief."""
    if not values.sexual_function_followed or values.brief_from_visit is None:
        return SILENT
    since = course.days_since_sexual_function
    return next_look(course, since, values.look_every_days, _brief(course, values))


@task(
    "phq_9",
    topic="mental_health",
    layer="guideline",
    says="PHQ-2 was {phq_2}: from {phq_2_positive} on the PHQ-9 follows.",
    cites="shared-practice#phq-screening",
)
def phq_9_after_phq_2(course, values):
    """A positive PHQ-2 is followed by the PHQ-9."""
    answered = shown(course.days_since_phq_9 <= course.days_since_phq_2)
    return Due(shown(course.phq_2 >= values.phq_2_positive) & ~answered)


@task(
    "gad_7",
    topic="mental_health",
    layer="guideline",
    says="GAD-2 was {gad_2}: from {gad_2_positive} on the GAD-7 follows.",
    cites="uk-mhra-2023-10#questionnaires",
)
def gad_7_after_gad_2(course, values):
    """A positive GAD-2 is followed by the GAD-7."""
    answered = shown(course.days_since_gad_7 <= course.days_since_gad_2)
    return Due(shown(course.gad_2 >= values.gad_2_positive) & ~answered)
