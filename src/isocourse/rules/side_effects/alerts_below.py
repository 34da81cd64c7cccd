"""Warning signs below the grade at which the gate closes here: watched, and soon looked at.

Where the gate closes at grade 1 these are silent; the emergency speaks instead.
"""

from isocourse.rules.book import alerts
from isocourse.rules.side_effects.reported import below_the_gate


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Belly pain, grade {symptom_abdominal_pain}, below the grade that means stop here.",
    advice="Ask about vomiting and blood, and measure triglycerides. If it grows or comes with "
    "vomiting, stop and go to a hospital the same day.",
    cites=("shared-practice#emergencies", "us-label-2023#pancreatitis"),
)
def some_belly_pain(course, values):
    """Mild belly pain is asked about."""
    return below_the_gate(course, values, "abdominal_pain", values.abdominal_pain)


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="A rash, grade {symptom_rash}.",
    advice="See it soon. Blisters, sores in the mouth, fever or severe peeling: stop, the same "
    "day.",
    cites=("us-label-2023#severe-skin", "uk-smpc#severe-skin", "shared-practice#emergencies"),
)
def some_rash(course, values):
    """A mild rash is looked at soon."""
    return below_the_gate(course, values, "rash", values.rash)


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Headache, grade {symptom_headache}: common by itself.",
    advice="Ask about nausea, sight and tetracyclines. If it stays, have the optic discs looked "
    "at; with trouble of sight or vomiting, stop and do so the same day.",
    cites=("us-label-2023#common-reactions", "us-label-2023#intracranial-hypertension"),
)
def some_headache(course, values):
    """A headache below severe is asked about."""
    return below_the_gate(course, values, "headache", values.headache)


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Night vision is worse, grade {symptom_night_blindness}; it can go suddenly and may not "
    "come back.",
    advice="No driving at night, and refer to an eye specialist, who says whether to stop.",
    cites=("shared-practice#eyes", "uk-smpc#vision"),
)
def worse_at_night(course, values):
    """Worse night vision is seen by an expert also where it does not close the gate."""
    return below_the_gate(course, values, "night_blindness", values.night_blindness)


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Hearing is worse or ears ring, grade {symptom_hearing_loss}; it may stay.",
    advice="Refer for a hearing test now. The US label stops at any loss of hearing.",
    cites="us-label-2023#hearing",
)
def worse_hearing(course, values):
    """Worse hearing is tested also where it does not close the gate."""
    return below_the_gate(course, values, "hearing_loss", values.hearing_loss)
