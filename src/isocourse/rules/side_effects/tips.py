"""Tips for the patient by symptom, in words that a child can read.

None says to go on where the gate says stop: then only `stop_and_call` and what cannot harm speak.
"""

from isocourse.rules.book import tip
from isocourse.rules.side_effects import alerts as emergency
from isocourse.rules.side_effects.alerts_flare import early_flare_passes, fulminans, violent_flare
from isocourse.rules.side_effects.alerts_together import (
    belly_pain_with_high_fats,
    headache_beside_a_tetracycline,
    joints_and_flare,
    muscle_breakdown,
)
from isocourse.rules.side_effects.reported import below_the_gate, mild, present
from isocourse.words.expressions import NEVER

_EMERGENCIES = (
    emergency.blood_in_the_stool,
    emergency.belly_pain,
    emergency.dangerous_rash,
    emergency.raised_pressure,
    emergency.sight_in_danger,
    emergency.hearing_in_danger,
    emergency.treated_today,
    headache_beside_a_tetracycline,
    muscle_breakdown,
)


@tip(
    topic="side_effect",
    says="Take no more capsules now, and call us today. If you feel very ill, go to a hospital.",
    cites="shared-practice#emergencies",
)
def stop_and_call(course, values):
    """In an emergency the patient stops and calls the same day."""
    held = NEVER if values.abdominal_pain <= 1 else belly_pain_with_high_fats(course, values)
    for each in _EMERGENCIES:
        held = held | each(course, values)
    return held


@tip(
    topic="side_effect",
    says="Your skin has to be seen today. Call us now, and say if you have a fever or sore joints.",
    cites=("shared-practice#late-flare", "uk-nice-ng198#fulminans"),
)
def call_about_the_flare(course, values):
    """A flare that may be acne fulminans is seen the same day."""
    violent = violent_flare(course, values) | joints_and_flare(course, values)
    return violent | fulminans(course, values)


@tip(
    topic="side_effect",
    says="Sore lips: greasy balm many times a day, and no soap. Yellow crusts or weeping "
    "cracks: show us, they may need treatment.",
    cites=("shared-practice#cheilitis", "shared-practice#dry-skin"),
)
def for_sore_lips(course, values):
    """Sore lips are greased, and crusts are shown."""
    return present(course, values, "cheilitis")


@tip(
    topic="side_effect",
    says="Dry skin: moisturiser after every wash, and a mild cleanser in place of soap.",
    cites="shared-practice#dry-skin",
)
def for_dry_skin(course, values):
    """Dry skin is moisturised."""
    return present(course, values, "dry_skin")


@tip(
    topic="side_effect",
    says="Dry eyes: drops called artificial tears help. No contact lenses while they are sore. If "
    "you see less well, stop and call us.",
    cites="shared-practice#eyes",
)
def for_dry_eyes(course, values):
    """Dry eyes get drops and no lenses."""
    return present(course, values, "dry_eyes")


@tip(
    topic="side_effect",
    says="Nosebleeds: a little petroleum jelly inside your nose, and a salt-water spray. If it "
    "keeps bleeding, have it seen.",
    cites="shared-practice#nosebleeds",
)
def for_nosebleeds(course, values):
    """The nose is greased and kept moist."""
    return present(course, values, "nosebleed")


@tip(
    topic="side_effect",
    says="Aching muscles or joints: easy on sport, and a simple painkiller. If your muscles get "
    "weak or your urine dark, stop and call us the same day.",
    cites="shared-practice#muscle",
)
def for_aches(course, values):
    """Aches get rest and a simple painkiller."""
    return present(course, values, "myalgia") | present(course, values, "arthralgia")


@tip(
    topic="side_effect",
    says="A plain headache can happen. If it is very bad, if you see less well or are being sick, "
    "stop the capsules and call us the same day.",
    cites=("us-label-2023#intracranial-hypertension", "shared-practice#emergencies"),
)
def for_a_headache(course, values):
    """A headache below severe is watched for signs of pressure."""
    plain = below_the_gate(course, values, "headache", values.headache)
    sight = course.headache_with_visual_disturbance if values.headache_with_vision else NEVER
    return plain & ~sight & ~course.takes_tetracycline


@tip(
    topic="side_effect",
    says="Seeing badly in the dark: do not drive or cycle at night, and call us.",
    cites="shared-practice#eyes",
)
def for_night_sight(course, values):
    """Who sees badly in the dark does not drive then."""
    return present(course, values, "night_blindness")


@tip(
    topic="side_effect",
    says="More spots at first are common, and mostly settle in seven to ten days. By themselves "
    "they are no reason to stop. Fever, or spots that turn into sores: call us the same day.",
    cites=("uk-smpc#flare", "us-label-2023#flare", "shared-practice#late-flare"),
)
def for_an_early_flare(course, values):
    """A mild early flare passes by itself."""
    worse = stop_and_call(course, values) | fulminans(course, values)
    return early_flare_passes(course, values) & ~course.stopped & ~worse


@tip(
    topic="side_effect",
    says="Feeling tired is seen in some. If you feel sad as well, or weak, tell us.",
    cites="effects-2010#overall",
)
def for_tiredness(course, values):
    """Tiredness is told together with mood."""
    return mild(course, values, "fatigue")
