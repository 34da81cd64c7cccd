"""Emergencies: whatever closes the gate, while the report of it is new, and what to do that day.

Each takes its grade from the gate in rules.py, so none can say less than the gate does. A report
that is no longer new keeps the gate shut and is asked about again.
"""

from isocourse.rules.book import alerts
from isocourse.rules.side_effects import rules as gate
from isocourse.rules.side_effects.reported import grade, lately
from isocourse.words.expressions import NEVER
from isocourse.words.tokens import SYMPTOMS

_OWN_ALERT = (
    "bloody_diarrhoea",
    "abdominal_pain",
    "rash",
    "blistering_rash",
    "headache",
    "visual_disturbance",
    "night_blindness",
    "hearing_loss",
    "flare",
)


def _any_lately(course, values, *symptoms):
    held = NEVER
    for symptom in symptoms:
        held = held | lately(course, values, symptom)
    return held


@alerts(
    "now",
    topic="side_effect",
    layer="label",
    says="Blood with diarrhoea, grade {symptom_bloody_diarrhoea}: not a usual effect at any dose.",
    advice="Stop isotretinoin now and have the bowel looked at the same day.",
    cites="shared-practice#emergencies",
)
def blood_in_the_stool(course, values):
    """Blood with diarrhoea is an emergency."""
    return gate.bloody_diarrhoea(course, values) & lately(course, values, "bloody_diarrhoea")


@alerts(
    "now",
    topic="side_effect",
    layer="label",
    says="Belly pain, grade {symptom_abdominal_pain}: it can be the pancreas, also with normal "
    "blood fats, or the bowel.",
    advice="Stop isotretinoin now and have pancreas and bowel looked at the same day; with "
    "vomiting or severe pain in a hospital.",
    cites=("us-label-2023#pancreatitis", "shared-practice#emergencies"),
)
def belly_pain(course, values):
    """Belly pain at the grade that closes is an emergency."""
    return gate.abdominal_pain(course, values) & lately(course, values, "abdominal_pain")


@alerts(
    "now",
    topic="side_effect",
    layer="label",
    says="A severe or blistering rash: not a usual effect at any dose.",
    advice="Stop isotretinoin now. Have it seen the same day; with blisters, sores in the mouth or "
    "fever in a hospital.",
    cites="shared-practice#emergencies",
)
def dangerous_rash(course, values):
    """A severe or blistering rash is an emergency."""
    fresh = _any_lately(course, values, "rash", "blistering_rash")
    return gate.severe_skin_reaction(course, values) & fresh


@alerts(
    "now",
    topic="side_effect",
    layer="label",
    says="Severe headache, or headache with trouble of sight: the pressure in the skull may be "
    "raised.",
    advice="Stop isotretinoin now and have the optic discs looked at the same day. If they are "
    "swollen, neurology that day.",
    cites=("us-label-2023#intracranial-hypertension", "shared-practice#emergencies"),
)
def raised_pressure(course, values):
    """Signs of raised pressure in the skull are an emergency."""
    fresh = _any_lately(course, values, "headache", "visual_disturbance")
    return gate.pressure_in_the_skull(course, values) & fresh


@alerts(
    "now",
    topic="side_effect",
    layer="label",
    says="Trouble with sight is recorded; loss of night vision can come suddenly and stay.",
    advice="Stop isotretinoin now, no driving, and refer to an eye specialist. Lost sight needs a "
    "hospital the same day.",
    cites=("us-label-2023#vision", "shared-practice#eyes"),
)
def sight_in_danger(course, values):
    """Trouble with sight at the grade that closes is an emergency."""
    fresh = _any_lately(course, values, "visual_disturbance", "night_blindness")
    return gate.trouble_with_sight(course, values) & fresh


@alerts(
    "now",
    topic="side_effect",
    layer="label",
    says="Loss of hearing or ringing in the ears, grade {symptom_hearing_loss}: it may stay.",
    advice="Stop isotretinoin now and refer for a hearing test.",
    cites="us-label-2023#hearing",
)
def hearing_in_danger(course, values):
    """Loss of hearing at the grade that closes is an emergency."""
    return gate.hearing_loss(course, values) & lately(course, values, "hearing_loss")


@alerts(
    "now",
    topic="side_effect",
    layer="label",
    says="A symptom is graded an emergency.",
    advice="Stop isotretinoin now and see that the patient is treated the same day.",
    cites="shared-practice#emergencies",
)
def treated_today(course, values):
    """Any other symptom graded an emergency is treated the same day."""
    held = course.other_emergency != 0
    for symptom in SYMPTOMS:
        if symptom not in _OWN_ALERT:
            worst = grade(course, symptom) >= values.any_symptom
            held = held | (worst & lately(course, values, symptom))
    return held


@alerts(
    "soon",
    topic="side_effect",
    layer="label",
    says="A symptom that means stop was recorded more than {fresh_days} days ago, and nothing "
    "since. The gate stays shut.",
    advice="Ask how it ended. Record a milder grade, or a restart, only when it is over.",
    cites=gate.UNTIL,
)
def how_did_it_end(course, values):
    """A symptom that keeps the gate shut is asked about again."""
    both = course.headache_with_visual_disturbance if values.headache_with_vision else NEVER
    held = both & ~_any_lately(course, values, "headache", "visual_disturbance")
    for symptom, limit in _limits(values).items():
        closes = grade(course, symptom) >= limit
        held = held | (closes & ~lately(course, values, symptom))
    return held


def _limits(values):
    """From which grade on each symptom closes the gate by itself."""
    limits = dict.fromkeys(SYMPTOMS, values.any_symptom)
    for symptom in _OWN_ALERT:
        if symptom != "flare":
            limits[symptom] = getattr(values, symptom)
    return limits
