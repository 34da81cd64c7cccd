"""Enrolment, consent, talks and visits, event by event. Part of the compiled pass."""

from isocourse.facts.calendar import years_between
from isocourse.facts.compiled import part
from isocourse.words.codes import NULL, Form, Kind, Who


@part
def enrolment(event, course, why):
    """Who is active in the registry."""
    if event.answer == Who.PATIENT:
        course.patient_enrolled = event.yes
        why.patient_enrolled = event.index
    elif event.answer == Who.PRESCRIBER:
        course.prescriber_enrolled = event.yes
        why.prescriber_enrolled = event.index
    else:
        course.pharmacy_enrolled = event.yes
        why.pharmacy_enrolled = event.index


@part
def consent(event, course, why, work, place, patient):
    """A form is signed; a minor's form counts once a guardian signed as well."""
    form = event.answer
    if form == Form.GENERAL:
        course.consent_general = 1
        why.consent_general = event.index
    elif form == Form.BIRTH_DEFECTS:
        course.consent_birth_defects = 1
        why.consent_birth_defects = event.index
    elif form == Form.ACKNOWLEDGEMENT_OF_RISK:
        course.acknowledged_risk = 1
        why.acknowledged_risk = event.index
    else:
        course.care_agreement = 1
        why.care_agreement = event.index
    guardian(event, course, why, work, place, patient)


@part
def guardian(event, course, why, work, place, patient):
    """Keep which of the forms a minor signed alone."""
    minor = years_between(patient.birth_day, event.day) < place.adult_years
    if minor and event.yes != 1:
        work.consent_alone |= 1 << event.answer
    else:
        work.consent_whole |= 1 << event.answer
    alone = work.consent_alone & ~work.consent_whole & place.forms_asked
    course.guardian_missing = 1 if alone != 0 else 0
    why.guardian_missing = event.index


@part
def counselling(event, course, why):
    """A talk serves the prescription still to be handed over, or the next one to be written."""
    course.counselled = 1
    course.counselled_for_next = 1
    why.counselled = event.index
    why.counselled_for_next = event.index
    if course.prescription_open == 1:
        course.prescription_counselled = 1
        why.prescription_counselled = event.index


@part
def comprehension(event, course, why, work):
    """Answers serve the prescription still to be handed over, or the next one to be written."""
    course.comprehension_for_next = event.yes
    work.entered = event.mask
    why.comprehension_for_next = event.index
    why.comprehension_mismatch = event.index
    if course.prescription_open == 1:
        course.prescription_comprehension = event.yes
        why.prescription_comprehension = event.index


@part
def visit(event, course, why, work):
    """Who saw the patient, and whether face to face."""
    in_person = event.yes
    if in_person == 1 or course.seen_in_person == NULL:
        course.seen_in_person = in_person
        why.seen_in_person = event.index
    course.last_visit_remote = 1 - in_person
    why.last_visit_remote = event.index
    if work.visit_day != event.day:
        course.visits += 1
        why.visits = event.index
    work.visit_day = event.day
    course.visit_role = event.role
    why.visit_role = event.index
    if work.prescription != NULL and work.prescription_day == event.day:
        prescribing_visit(event, course, why, work)


@part
def prescribing_visit(event, course, why, work):
    """A visit on the day of the prescription is the one at which it was written."""
    work.prescribing_visit_day = event.day
    course.prescribing_visit_remote = 1 - event.yes
    why.days_since_prescribing_visit = event.index
    why.prescribing_visit_remote = event.index
    if work.prescription_names_role == 0:
        course.prescription_role = event.role
        why.prescription_role = event.index


@part
def agreement(event, course, why, work):
    """Each prescriber counts once."""
    bit = 1 << min(event.number, 60)
    if work.prescribers & bit == 0:
        work.prescribers |= bit
        course.prescribers_agreed += 1
    why.prescribers_agreed = event.index


@part
def forms_event(event, course, why, work, place, patient):
    """Hand an event about forms, talks and visits to its function."""
    kind = event.kind
    if kind == Kind.ENROLMENT:
        enrolment(event, course, why)
    elif kind == Kind.CONSENT:
        consent(event, course, why, work, place, patient)
    elif kind == Kind.COUNSELLING:
        counselling(event, course, why)
    elif kind == Kind.COMPREHENSION:
        comprehension(event, course, why, work)
    elif kind == Kind.VISIT:
        visit(event, course, why, work)
    elif kind == Kind.PRESCRIBER_AGREEMENT:
        agreement(event, course, why, work)
