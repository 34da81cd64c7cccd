"""Eligibility and work-up: who should have the drug, who must not, and what is looked at first.

What a label or programme forbids closes the gate. What it calls for care, and an indication wider
than the label's, is pointed out.
"""

from isocourse.rules.book import advises, refuses
from isocourse.words.codes import Severity
from isocourse.words.expressions import NEVER, shown

EVERY = ("start", "prescribe", "dispense")
WHO = (*EVERY, "eligibility")


@refuses(
    *WHO,
    topic="age",
    layer="label",
    says="The patient is {age_years}; the drug is for people of {minimum_age} or more.",
)
def too_young(course, values):
    """Children below the age of the label are not treated."""
    return course.age_years < values.minimum_age


@refuses(*WHO, topic="contraindication", layer="label", says="The patient breast-feeds.")
def breast_feeding(course, values):
    """Nobody takes the drug while breast-feeding."""
    return course.condition_breastfeeding if values.breastfeeding == "forbids" else NEVER


@refuses(*WHO, topic="contraindication", layer="label", says="Hepatic insufficiency is recorded.")
def hepatic_insufficiency(course, values):
    """A failing liver forbids the drug where the label says so."""
    forbids = values.hepatic_insufficiency == "forbids"
    return course.condition_hepatic_insufficiency if forbids else NEVER


@refuses(*WHO, topic="contraindication", layer="label", says="A lipid disorder is recorded.")
def raised_lipids(course, values):
    """Blood lipids known to be too high forbid the drug where the label says so."""
    return course.condition_hyperlipidaemia if values.raised_lipids == "forbids" else NEVER


@refuses(*WHO, topic="contraindication", layer="label", says="Hypervitaminosis A is recorded.")
def hypervitaminosis_a(course, values):
    """An excess of vitamin A forbids the drug where the label says so."""
    forbids = values.hypervitaminosis_a == "forbids"
    return course.condition_hypervitaminosis_a if forbids else NEVER


@refuses(
    *WHO,
    topic="contraindication",
    layer="label",
    says="An allergy to isotretinoin or to vitamin A is recorded.",
)
def hypersensitivity(course, values):
    """An allergy to the drug or to its parent vitamin forbids it."""
    allergic = course.allergy_isotretinoin | course.allergy_vitamin_a
    return allergic if values.hypersensitivity == "forbids" else NEVER


@refuses(
    *WHO,
    topic="contraindication",
    layer="label",
    says="An allergy to soya or peanut is recorded; the capsules hold soya oil.",
)
def soya_allergy(course, values):
    """An allergy to soya or peanut forbids capsules with soya oil, as nearly all have it."""
    allergic = course.allergy_soya | course.allergy_peanut
    return allergic if values.soya_allergy == "forbids" else NEVER


@refuses(
    "dispense",
    topic="contraindication",
    layer="label",
    says="The product prescribed contains something that the patient is allergic to.",
)
def excipient_allergy(course, values):
    """A product is not handed over to somebody who is allergic to one of its ingredients."""
    if not values.excipient_allergy:
        return NEVER
    soya = course.contains_soya & (course.allergy_soya | course.allergy_peanut)
    parabens = course.contains_parabens & course.allergy_parabens
    tartrazine = course.contains_tartrazine & course.allergy_tartrazine
    return soya | parabens | tartrazine


@advises(
    *EVERY,
    topic="contraindication",
    layer="label",
    says="An allergy to an ingredient that some capsules contain is recorded; look at the product.",
)
def check_the_product(course, values):
    """With an allergy to an ingredient of some products, the product is chosen with care."""
    if not values.excipient_allergy:
        return NEVER
    return (
        course.allergy_soya
        | course.allergy_peanut
        | course.allergy_parabens
        | course.allergy_tartrazine
    )


@advises(
    *EVERY,
    topic="contraindication",
    layer="guideline",
    says="Hepatic insufficiency, a lipid disorder or hypervitaminosis A is recorded; shared "
    "practice is not to start.",
)
def condition_outside_the_label(course, values):
    """What only practice advises against is pointed out where the label is silent."""
    pointed_out = NEVER
    if values.hepatic_insufficiency == "cautions":
        pointed_out = pointed_out | course.condition_hepatic_insufficiency
    if values.raised_lipids == "cautions":
        pointed_out = pointed_out | course.condition_hyperlipidaemia
    if values.hypervitaminosis_a == "cautions":
        pointed_out = pointed_out | course.condition_hypervitaminosis_a
    return pointed_out


@advises(
    "start",
    "prescribe",
    topic="contraindication",
    layer="label",
    says="A condition that calls for care is recorded: kidney, diabetes, bowel, bone or mood.",
)
def condition_calls_for_care(course, values):
    """Some conditions call for a lower dose, more tests or a second look."""
    if not values.cautions:
        return NEVER
    return (
        course.condition_renal_insufficiency
        | course.condition_diabetes
        | course.condition_inflammatory_bowel_disease
        | course.condition_depression
        | course.condition_suicide_attempt
        | course.condition_osteoporosis
    )


def within_label(course, values):
    """Severe enough, and resistant to what the label asks to be tried first."""
    severe = course.severity >= Severity[values.label_severity.upper()]
    tried = shown(course.antibiotic_failed)
    if values.label_needs_topical:
        tried = tried & shown(course.topical_failed)
    return severe & tried


def within_guideline(course, values):
    """Severe, or scarring, or distressing, or moderate and resistant."""
    severe = course.severity >= Severity[values.guideline_severity.upper()]
    moderate = course.severity >= Severity[values.resistant_severity.upper()]
    failed = course.antibiotic_failed | course.topical_failed | course.hormonal_failed
    return severe | shown(course.scarring) | shown(course.distress) | (moderate & shown(failed))


@advises(
    "start",
    "prescribe",
    "eligibility",
    topic="indication",
    layer="label",
    says="The label is written for more severe acne that other treatment did not clear.",
)
def outside_label(course, values):
    """Treatment outside the words of the label is pointed out, not refused."""
    return ~within_label(course, values)


@refuses(
    "eligibility",
    topic="indication",
    layer="guideline",
    says="The acne recorded is not severe, scarring, distressing or resistant to treatment.",
)
def no_indication(course, values):
    """Mild acne that neither scars nor distresses is treated otherwise."""
    return ~(within_label(course, values) | within_guideline(course, values))


@advises(
    "start",
    "prescribe",
    topic="labs",
    layer="label",
    says="Lipids or liver enzymes from before the first dose are not recorded.",
)
def baseline_missing(course, values):
    """Lipids and liver enzymes are measured before the first dose."""
    if not values.baseline:
        return NEVER
    measured = shown(course.triglycerides > 0) & shown(course.alt > 0)
    return ~course.begun & ~measured


@refuses(
    *EVERY,
    topic="labs",
    layer="local",
    says="This clinic asks for lipids and liver enzymes before the first dose.",
)
def baseline_asked_by_the_clinic(course, values):
    """A clinic may hold the first dose until lipids and liver enzymes are known."""
    if not values.local("baseline_labs"):
        return NEVER
    return ~course.begun & ((course.triglycerides <= 0) | (course.alt <= 0))


@advises(
    "start",
    topic="visit",
    layer="guideline",
    says="Two consultations before the start are recommended.",
)
def two_consultations(course, values):
    """A pause for thought between consultations is recommended where an agency says so."""
    return ~course.begun & (course.visits < values.consultations)
