"""Enrolments and signatures that are still missing."""

from isocourse.rules.binding import bound
from isocourse.rules.book import Due, task
from isocourse.rules.consent.rules import LAYER
from isocourse.rules.standing import goes_on
from isocourse.words.expressions import NEVER, shown


def _missing(whom, course, fact):
    """Bound by it, and the record does not show it."""
    return Due(bound(whom, course, goes_on(course) & ~shown(fact)))


@task("enrolment", topic="enrolment", layer=LAYER, says="Enrol the patient in the programme.")
def enrol_patient(course, values):
    """The patient is enrolled before the first prescription."""
    return _missing(values.patient_enrolled, course, course.patient_enrolled)


@task("enrolment", topic="enrolment", layer=LAYER, says="Enrol the prescriber in the programme.")
def enrol_prescriber(course, values):
    """The prescriber is enrolled before the first prescription."""
    return _missing(values.prescriber_enrolled, course, course.prescriber_enrolled)


@task(
    "enrolment",
    topic="enrolment",
    layer=LAYER,
    says="Make sure that the pharmacy is enrolled in the programme.",
)
def enrol_pharmacy(course, values):
    """The pharmacy is enrolled before the first hand-over."""
    return _missing(values.pharmacy_enrolled, course, course.pharmacy_enrolled)


@task("consent", topic="consent", layer=LAYER, says="The patient signs the general consent.")
def sign_general_consent(course, values):
    """The general consent is signed before treatment."""
    return _missing(values.general_consent, course, course.consent_general)


@task("consent", topic="consent", layer=LAYER, says="The patient signs the form on birth defects.")
def sign_birth_defects_consent(course, values):
    """The consent about birth defects is signed before treatment."""
    return _missing(values.birth_defects_consent, course, course.consent_birth_defects)


@task(
    "consent", topic="consent", layer=LAYER, says="The patient signs the acknowledgement of risk."
)
def sign_acknowledgement_of_risk(course, values):
    """The acknowledgement of risk is signed before treatment."""
    return _missing(values.acknowledgement_of_risk, course, course.acknowledged_risk)


@task("consent", topic="consent", layer=LAYER, says="The patient signs the care agreement.")
def sign_care_agreement(course, values):
    """The care agreement is signed before treatment."""
    return _missing(values.care_agreement, course, course.care_agreement)


@task("consent", topic="consent", layer=LAYER, says="The patient signs a written consent.")
def sign_some_consent(course, values):
    """Some written consent is signed where no form is prescribed."""
    signed = course.consent_general | course.consent_birth_defects
    return _missing(
        values.any_consent, course, signed | course.acknowledged_risk | course.care_agreement
    )


@task(
    "consent",
    topic="consent",
    layer=LAYER,
    says="A guardian signs the consent as well, since the patient was under {adult_years}.",
)
def guardian_to_sign(course, values):
    """A guardian signs with a minor."""
    if not values.adult_years:
        return Due(NEVER)
    lacking = goes_on(course) & course.guardian_missing
    return Due(bound(values.guardian_signs, course, lacking))
