"""Glucose where the patient is at risk, and creatine kinase where muscles hurt."""

from isocourse.rules.book import Due, task
from isocourse.rules.labs import schedule
from isocourse.words.expressions import shown


@task(
    "glucose",
    topic="labs",
    layer="label",
    says="Glucose is checked in diabetes and where the label names other risks; none is recorded.",
)
def glucose_missing(course, values):
    """At risk, glucose is known."""
    return Due(schedule.glucose_risk(course, values) & ~shown(course.days_since_glucose >= 0))


@task(
    "glucose",
    topic="labs",
    layer="label",
    says="Glucose was checked {days_since_glucose} days ago; at risk it is repeated more often.",
)
def glucose_again(course, values):
    """At risk, glucose is repeated each month."""
    known = shown(course.days_since_glucose >= 0)
    due = -course.days_since_glucose + values.risk_days
    opens = -course.days_since_glucose + (values.risk_days - values.lead_days)
    return Due(schedule.glucose_risk(course, values) & known, opens=opens, due=due)


@task(
    "ck",
    topic="labs",
    layer="guideline",
    says="Muscles hurt badly: measure creatine kinase, away from hard exercise.",
    cites=("us-label-2023#muscle", "us-label-2023#other-labs"),
)
def creatine_kinase(course, values):
    """Creatine kinase is measured when muscles hurt badly, and only then."""
    hurts = shown(course.symptom_myalgia >= values.marked_pain)
    measured = shown(course.days_since_ck <= course.days_since_symptom_myalgia)
    return Due(hurts & ~measured)
