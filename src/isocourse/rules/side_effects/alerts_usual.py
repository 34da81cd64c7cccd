"""Usual effects, by grade: expected on this drug, with what helps and when it is too much."""

from isocourse.rules.book import alerts
from isocourse.rules.side_effects.reported import mild, severe

_LOWER = "; if it stays severe, a lower dose for longer"


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Dry lips, grade {symptom_cheilitis}: expected, nearly everyone has them.",
    advice="Greasy lip salve often, no soap on the lips. No reason by itself to change the dose.",
    cites=("shared-practice#cheilitis", "us-label-2023#dose-related-reactions"),
)
def dry_lips(course, values):
    """Dry lips are expected."""
    return mild(course, values, "cheilitis")


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Lips are severely cracked, grade {symptom_cheilitis}; this grows with the dose.",
    advice="Look for infection, swab and treat it. Salve" + _LOWER + ".",
    cites=(
        "shared-practice#dry-skin",
        "us-label-2023#dose-related-reactions",
        "uk-smpc#intolerance",
    ),
)
def cracked_lips(course, values):
    """Severely cracked lips are looked at, and the dose with them."""
    return severe(course, values, "cheilitis")


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Dry skin, grade {symptom_dry_skin}: expected.",
    advice="Emollient and a mild cleanser. No reason by itself to change the dose.",
    cites=("shared-practice#dry-skin", "us-label-2023#common-reactions"),
)
def dry_skin(course, values):
    """Dry skin is expected."""
    return mild(course, values, "dry_skin")


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Skin is severely dry or sore, grade {symptom_dry_skin}.",
    advice="Look for eczema, infected cracks and severe peeling, for which the label stops. "
    "Emollient" + _LOWER + ".",
    cites=("shared-practice#dry-skin", "uk-smpc#severe-skin", "uk-smpc#intolerance"),
)
def sore_skin(course, values):
    """Severely dry skin is looked at, and the dose with it."""
    return severe(course, values, "dry_skin")


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Dry eyes, grade {symptom_dry_eyes}: common.",
    advice="Artificial tears; no contact lenses while they are sore. Ask about sight at night.",
    cites=("shared-practice#eyes", "us-label-2023#contact-lenses"),
)
def dry_eyes(course, values):
    """Dry eyes are common."""
    return mild(course, values, "dry_eyes")


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Eyes are severely dry or sore, grade {symptom_dry_eyes}.",
    advice="No contact lenses, and have the eyes examined. Stop if sight changes.",
    cites=("shared-practice#eyes", "us-label-2023#vision"),
)
def sore_eyes(course, values):
    """Severely dry eyes are examined."""
    return severe(course, values, "dry_eyes")


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Nosebleeds, grade {symptom_nosebleed}: common.",
    advice="Petrolatum in the nostrils, saline spray. No reason by itself to change the dose.",
    cites=("shared-practice#nosebleeds", "us-label-2023#common-reactions"),
)
def nosebleeds(course, values):
    """Nosebleeds are common."""
    return mild(course, values, "nosebleed")


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Nosebleeds are severe or go on, grade {symptom_nosebleed}.",
    advice="Have the nose seen by a clinician, and look for another cause.",
    cites="shared-practice#nosebleeds",
)
def nose_bleeds_on(course, values):
    """Bleeding that goes on is seen by a clinician."""
    return severe(course, values, "nosebleed")


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Muscle ache, grade {symptom_myalgia}: common, more so with hard exercise.",
    advice="Less hard exercise and a simple painkiller. Ask about weakness and dark urine.",
    cites=("shared-practice#muscle", "us-label-2023#muscle"),
)
def muscles_ache(course, values):
    """Mild muscle ache is common."""
    return mild(course, values, "myalgia")


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Muscle pain is severe, grade {symptom_myalgia}.",
    advice="Measure creatine kinase, no hard exercise. Stop if the pain does not yield; weakness "
    "or dark urine needs a hospital the same day.",
    cites=("shared-practice#ck", "shared-practice#muscle"),
)
def muscles_hurt(course, values):
    """Severe muscle pain is measured."""
    return severe(course, values, "myalgia")


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Joint or back pain, grade {symptom_arthralgia}: common, more so in the young.",
    advice="Less hard exercise and impact sport, and a simple painkiller.",
    cites=("shared-practice#muscle", "us-label-2023#common-reactions", "us-label-2023#skeleton"),
)
def joints_ache(course, values):
    """Mild joint pain is common."""
    return mild(course, values, "arthralgia")


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Joint or back pain is severe, grade {symptom_arthralgia}.",
    advice="Examine the patient. With fever and ulcers of the skin think of acne fulminans"
    "; else a lower dose.",
    cites=("shared-practice#late-flare", "us-label-2023#skeleton", "uk-smpc#intolerance"),
)
def joints_hurt(course, values):
    """Severe joint pain is examined."""
    return severe(course, values, "arthralgia")


@alerts(
    "note",
    topic="side_effect",
    layer="guideline",
    says="Tiredness, grade {symptom_fatigue}: seen in about one patient in eight, more at higher "
    "doses.",
    advice="Ask about mood and sleep as well. A lower dose helps some.",
    cites=("effects-2010#overall", "effects-2010#high-dose"),
)
def tired(course, values):
    """Tiredness is seen, and mood is asked about."""
    return mild(course, values, "fatigue")


@alerts(
    "soon",
    topic="side_effect",
    layer="guideline",
    says="Tiredness or weakness is severe, grade {symptom_fatigue}: this is not usual.",
    advice="Ask about mood, weak muscles and dark urine, and examine the patient.",
    cites=("effects-2010#overall", "shared-practice#muscle"),
)
def exhausted(course, values):
    """Severe tiredness is looked into."""
    return severe(course, values, "fatigue")
