"""Side effects: symptoms that mean stop, from the grade at which each source says so.

A grade stays until a milder one or a restart is recorded.
"""

from isocourse.rules.book import refuses
from isocourse.words.expressions import NEVER
from isocourse.words.tokens import SYMPTOMS

EVERY = ("start", "prescribe", "dispense")
UNTIL = "isocourse-safety#symptom-until-restart"


@refuses(
    *EVERY,
    topic="side_effect",
    layer="label",
    says="Diarrhoea with blood is recorded: stop, and look for bowel disease.",
    cites=UNTIL,
)
def bloody_diarrhoea(course, values):
    """Blood with diarrhoea means stop."""
    return course.symptom_bloody_diarrhoea >= values.bloody_diarrhoea


@refuses(
    *EVERY,
    topic="side_effect",
    layer="label",
    says="Belly pain is recorded: stop, and look for pancreatitis and bowel disease.",
    cites=UNTIL,
)
def abdominal_pain(course, values):
    """Belly pain that may be the pancreas or the bowel means stop."""
    return course.symptom_abdominal_pain >= values.abdominal_pain


@refuses(
    *EVERY,
    topic="side_effect",
    layer="label",
    says="A severe skin reaction is recorded: stop, and have it seen the same day.",
    cites=UNTIL,
)
def severe_skin_reaction(course, values):
    """A blistering or severe rash means stop."""
    blisters = course.symptom_blistering_rash >= values.blistering_rash
    return blisters | (course.symptom_rash >= values.rash)


@refuses(
    *EVERY,
    topic="side_effect",
    layer="label",
    says="Severe headache, or headache with trouble of sight, is recorded: stop, and have the "
    "optic discs looked at the same day.",
    cites=UNTIL,
)
def pressure_in_the_skull(course, values):
    """Signs of raised pressure in the skull mean stop."""
    together = course.headache_with_visual_disturbance if values.headache_with_vision else NEVER
    return together | (course.symptom_headache >= values.headache)


@refuses(
    *EVERY,
    topic="side_effect",
    layer="label",
    says="Trouble with sight is recorded: stop, and refer to an eye specialist.",
    cites=UNTIL,
)
def trouble_with_sight(course, values):
    """Trouble with sight means stop until it is looked at."""
    night = course.symptom_night_blindness >= values.night_blindness
    return night | (course.symptom_visual_disturbance >= values.visual_disturbance)


@refuses(
    *EVERY,
    topic="side_effect",
    layer="label",
    says="Loss of hearing is recorded: stop, and refer.",
    cites=UNTIL,
)
def hearing_loss(course, values):
    """Loss of hearing means stop."""
    return course.symptom_hearing_loss >= values.hearing_loss


@refuses(
    *EVERY,
    topic="side_effect",
    layer="label",
    says="A symptom is graded an emergency: stop, and see that it is treated the same day.",
    cites=UNTIL,
)
def emergency(course, values):
    """Any symptom graded an emergency means stop."""
    worst = course.other_emergency != 0
    for symptom in SYMPTOMS:
        worst = worst | (getattr(course, f"symptom_{symptom}") >= values.any_symptom)
    return worst
