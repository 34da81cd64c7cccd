"""Enrolment, consent, counselling and comprehension: what was never recorded was never done."""

from isocourse.rules.binding import bound
from isocourse.rules.book import refuses
from isocourse.words.expressions import NEVER, shown

LAYER = "consent.layer"
EVERY = ("start", "prescribe", "dispense")


@refuses(*EVERY, topic="enrolment", layer=LAYER, says="The patient is not enrolled.")
def patient_not_enrolled(course, values):
    """The patient has to be enrolled in the programme."""
    return bound(values.patient_enrolled, course, ~course.patient_enrolled)


@refuses(*EVERY, topic="enrolment", layer=LAYER, says="The prescriber is not enrolled.")
def prescriber_not_enrolled(course, values):
    """The prescriber has to be enrolled in the programme."""
    return bound(values.prescriber_enrolled, course, ~course.prescriber_enrolled)


@refuses("start", "dispense", topic="enrolment", layer=LAYER, says="The pharmacy is not enrolled.")
def pharmacy_not_enrolled(course, values):
    """The pharmacy has to be enrolled in the programme."""
    return bound(values.pharmacy_enrolled, course, ~course.pharmacy_enrolled)


@refuses(*EVERY, topic="consent", layer=LAYER, says="The general consent is not signed.")
def general_consent(course, values):
    """The general consent has to be signed."""
    return bound(values.general_consent, course, ~course.consent_general)


@refuses(*EVERY, topic="consent", layer=LAYER, says="The consent on birth defects is not signed.")
def birth_defects_consent(course, values):
    """The consent about birth defects has to be signed."""
    return bound(values.birth_defects_consent, course, ~course.consent_birth_defects)


@refuses(*EVERY, topic="consent", layer=LAYER, says="The acknowledgement of risk is not signed.")
def acknowledgement_of_risk(course, values):
    """The acknowledgement of risk has to be signed."""
    return bound(values.acknowledgement_of_risk, course, ~course.acknowledged_risk)


@refuses(*EVERY, topic="consent", layer=LAYER, says="The care agreement is not signed.")
def care_agreement(course, values):
    """The care agreement has to be signed."""
    return bound(values.care_agreement, course, ~course.care_agreement)


@refuses(*EVERY, topic="consent", layer=LAYER, says="No written consent is recorded.")
def any_consent(course, values):
    """Some written consent has to be signed where no form is prescribed."""
    signed = (
        course.consent_general
        | course.consent_birth_defects
        | course.acknowledged_risk
        | course.care_agreement
    )
    return bound(values.any_consent, course, ~signed)


@refuses(
    *EVERY,
    topic="consent",
    layer=LAYER,
    says="A consent was signed by a patient under {adult_years} alone; a guardian has to sign as "
    "well.",
)
def guardian_not_signed(course, values):
    """A guardian signs with a minor."""
    if not values.adult_years:
        return NEVER
    return bound(values.guardian_signs, course, course.guardian_missing)


@refuses(
    "start",
    topic="counselling",
    layer=LAYER,
    says="No counselling is recorded for the first prescription.",
)
def not_counselled_for_first(course, values):
    """The first supply needs counselling for its prescription, written already or not."""
    for_open = course.prescription_open & course.prescription_counselled
    return bound(values.counselled_each_time, course, ~(course.counselled_for_next | for_open))


def _written_today(course):
    """The newest prescription was written today and can still be handed over.

    Whether it may be written is then a question about this very prescription.
    """
    return course.prescription_open & (course.days_since_prescription == 0)


@refuses(
    "prescribe",
    topic="counselling",
    layer=LAYER,
    says="No counselling is recorded for a new prescription.",
)
def not_counselled_for_next(course, values):
    """Each prescription needs counselling of its own where the programme counts it so."""
    for_today = _written_today(course) & course.prescription_counselled
    return bound(values.counselled_each_time, course, ~(course.counselled_for_next | for_today))


@refuses(
    "dispense",
    topic="counselling",
    layer=LAYER,
    says="No counselling is recorded for this prescription.",
)
def prescription_not_counselled(course, values):
    """The prescription to be handed over needs its own counselling."""
    return bound(values.counselled_each_time, course, ~course.prescription_counselled)


@refuses(*EVERY, topic="counselling", layer=LAYER, says="No counselling is recorded.")
def never_counselled(course, values):
    """Everyone is counselled before treatment where the programme says so."""
    return bound(values.counselled_once, course, ~course.counselled)


@refuses(
    "start",
    topic="comprehension",
    layer=LAYER,
    says="The comprehension questions for the first prescription were not passed.",
)
def comprehension_not_passed_for_first(course, values):
    """The first supply needs answers for its prescription, written already or not."""
    for_open = course.prescription_open & course.prescription_comprehension
    return bound(values.comprehension, course, ~(course.comprehension_for_next | for_open))


@refuses(
    "prescribe",
    topic="comprehension",
    layer=LAYER,
    says="The comprehension questions for a new prescription were not passed.",
)
def comprehension_not_passed_for_next(course, values):
    """The patient answers the comprehension questions anew for each prescription."""
    for_today = _written_today(course) & course.prescription_comprehension
    return bound(values.comprehension, course, ~(course.comprehension_for_next | for_today))


@refuses(
    "dispense",
    topic="comprehension",
    layer=LAYER,
    says="The comprehension questions for this prescription were not passed.",
)
def comprehension_not_passed(course, values):
    """The prescription to be handed over needs its own answers."""
    return bound(values.comprehension, course, ~course.prescription_comprehension)


@refuses(
    *EVERY,
    topic="comprehension",
    layer=LAYER,
    says="The contraception the patient entered is not what the prescriber recorded.",
)
def comprehension_does_not_match(course, values):
    """The methods the patient enters have to match those recorded.

    Where the record itself is missing or not accepted, that is a matter of contraception.
    """
    recorded = shown(course.contraception_accepted) | course.abstinent
    mismatch = recorded & course.comprehension_mismatch
    return bound(values.comprehension_matches, course, mismatch)
