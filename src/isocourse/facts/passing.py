"""The pass: from the sorted events of a course to its facts, in one compiled sweep.

One implementation serves one course and a million. The events of a course stand in the order in
which they took effect; each is handed to the topics it concerns, and at the end the days and
months up to the moment asked are counted.
"""

from isocourse.facts.after import after_event, count_after
from isocourse.facts.body import body_event
from isocourse.facts.calendar import months_between, years_between
from isocourse.facts.compiled import kept, part
from isocourse.facts.contraception import entries_match
from isocourse.facts.dose import doses
from isocourse.facts.forms import forms_event
from isocourse.facts.masks import holds
from isocourse.facts.prevention import prevention_event
from isocourse.facts.supply import supply_event
from isocourse.facts.way import way_event
from isocourse.facts.writers import begun_by, written_by
from isocourse.words.codes import NULL, Kind, mask

PREVENTION = mask(
    [
        Kind.PREGNANCY_CATEGORY,
        Kind.PREGNANCY,
        Kind.PATIENT_REPORT,
        Kind.MENSES,
        Kind.CYCLE,
        Kind.PREGNANCY_TEST,
        Kind.CONTRACEPTION,
    ]
)
"""The kinds that concern pregnancy prevention."""
SUPPLY = mask(
    [
        Kind.PRESCRIPTION,
        Kind.CANCEL,
        Kind.AUTHORISATION,
        Kind.AUTHORISATION_REVERSED,
        Kind.DISPENSE,
        Kind.DISPENSE_RETRACTED,
        Kind.RETURN_TO_STOCK,
        Kind.TAKEN,
        Kind.STOP,
        Kind.RESTART,
        Kind.RELAPSE,
    ]
)
"""The kinds that concern supply, stop and restart."""
BODY = mask(
    [
        Kind.WEIGHT,
        Kind.LAB,
        Kind.QUESTIONNAIRE,
        Kind.MENTAL_HEALTH,
        Kind.SEXUAL_FUNCTION,
        Kind.SYMPTOM,
        Kind.CONDITION,
        Kind.ALLERGY,
        Kind.PRIOR_TREATMENT,
        Kind.DIAGNOSIS,
        Kind.MEDICINE,
        Kind.HISTORY_REVIEW,
    ]
)
"""The kinds about body, mind and history."""
FORMS = mask(
    [
        Kind.ENROLMENT,
        Kind.CONSENT,
        Kind.COUNSELLING,
        Kind.COMPREHENSION,
        Kind.VISIT,
        Kind.PRESCRIBER_AGREEMENT,
    ]
)
"""The kinds about forms, talks and visits."""


@part
def medicine_classes(course, why, medicines, class_of):
    """A class is taken while one of its medicines is."""
    for slot in range(class_of.shape[0]):
        if class_of[slot] >= 0 and medicines[0, slot] == 1:
            course.takes[class_of[slot]] = 1
            why.takes[class_of[slot]] = medicines[1, slot]


@part
def hand_over_since(place, served):
    """The place of the first hand-over after a test, not brought back; -1 without one."""
    if place >= 0:
        for later in range(place + 1, served.shape[0]):
            if served[later] != NULL:
                return later
    return -1


@part
def tests_served(course, why, work, served):
    """Whether capsules were handed over on the newest test, and on the one prescribed on."""
    newest = hand_over_since(work.accepted_test_place, served)
    course.accepted_test_used = 1 if newest >= 0 else 0
    why.accepted_test_used = newest
    behind = hand_over_since(work.prescription_test_place, served)
    course.prescription_test_used = 1 if behind >= 0 else 0
    why.prescription_test_used = behind


@part
def since(day, asked):
    """Days from a day to the day asked, not known when the day is not."""
    return NULL if day == NULL else asked - day


@part
def count_days(course, why, work, place, patient):
    """Days, months and years up to the moment asked."""
    asked = patient.asked_day
    course.age_years = years_between(patient.birth_day, asked)
    course.days_since_accepted_test = since(work.accepted_test, patient.asked_registry_day)
    course.days_since_prescription_test = since(work.prescription_test, patient.asked_registry_day)
    count_contraception(course, work, asked)
    if work.entered != 0:
        course.comprehension_mismatch = 0 if entries_match(course, work, place) else 1
    if work.authorisation_last_day != NULL:
        latest = max(asked, patient.asked_registry_day)
        course.authorisation_days_left = work.authorisation_last_day - latest
    course.days_since_prescription = since(work.prescription_day, asked)
    latest_day = max(asked, patient.asked_registry_day)
    course.days_since_prescribing_visit = since(work.prescribing_visit_day, latest_day)
    if work.hand_overs > 0:
        course.days_of_supply_left = work.supply_ends - asked
    course.days_since_certified = since(work.certified_on, asked)
    course.days_since_lipids = since(work.lipids_day, asked)
    course.days_since_liver = since(work.liver_day, asked)
    course.days_since_mental_health = since(work.mind_day, asked)
    course.days_since_stop = since(work.stop_day, asked)
    count_way(course, work, asked)
    count_after(course, work, place, patient, asked)
    course.earlier_course = patient.earlier_course
    if patient.earlier_last_day != NULL:
        course.days_since_earlier_course = asked - patient.earlier_last_day
        course.months_since_earlier_course = months_between(patient.earlier_last_day, asked)


@part
def count_way(course, work, asked):
    """Days up to the moment asked, of what gates do not rest on."""
    course.days_since_start = since(work.start_day, asked)
    course.days_since_visit = since(work.visit_day, asked)
    course.days_since_weight = since(work.weight_day, asked)
    course.days_since_diagnosis = since(work.diagnosis_day, asked)
    course.days_since_highest_dose = since(work.highest_dose_day, asked)
    course.days_since_missed_doses = since(work.missed_doses_day, asked)
    course.days_since_negative_test = since(work.negative_test_day, asked)
    course.days_since_ck = since(work.ck_day, asked)
    course.days_since_glucose = since(work.glucose_day, asked)
    course.days_since_phq_2 = since(work.phq_2_day, asked)
    course.days_since_phq_9 = since(work.phq_9_day, asked)
    course.days_since_gad_2 = since(work.gad_2_day, asked)
    course.days_since_gad_7 = since(work.gad_7_day, asked)
    course.days_since_sexual_function = since(work.sexual_function_day, asked)
    course.days_clear = since(work.clear_day, asked)
    for symptom in range(course.symptom_days.shape[0]):
        course.symptom_days[symptom] = since(course.symptom_days[symptom], asked)


@part
def count_contraception(course, work, asked):
    """Lead time over unbroken accepted cover; none without it."""
    if work.cover_since != NULL:
        course.days_of_contraception = asked - work.cover_since
        course.months_of_contraception = months_between(work.cover_since, asked)
    elif course.contraception_accepted == 0:
        course.days_of_contraception = 0
        course.months_of_contraception = 0


@part
def forget_hand_overs(work, starts, able_starts, handed, days_handed, able_handed):
    """Hand-overs from before a new start cannot be undone after it."""
    if work.new_starts != starts:
        handed[:] = 0
        days_handed[:] = 0
    if work.able_starts != able_starts:
        able_handed[:] = 0


@kept
def pass_over(
    events, methods, patient, place, class_of, scratch, along, medicines, course, why, work
):
    """Fill the facts of one course, and the index of the event behind each.

    `events` are EVENT rows in the order in which they took effect and `methods` their METHOD
    rows; `patient` and `place` hold one row each; `class_of` gives the medicine class of each
    medicine. `scratch` (seven rows, one column for each prescription) and `medicines` (two rows,
    one column for each medicine) hold zeros; of `along` (two rows, one column for each event) the
    first holds NULL. `course`, `why` and `work` hold one row each, set to
    what is true of a course without events, and are written.
    """
    handed, void, days_handed, able_handed = scratch[0], scratch[1], scratch[2], scratch[3]
    written = scratch[4]  # for each prescription the place after that of its event
    writers = scratch[6]  # and who wrote it, one more than the number of the role
    served, records = along[0], along[1]
    for i in range(events.shape[0]):
        if events[i].kind == Kind.CYCLE:
            prevention_event(events[i], course[0], why[0], work[0], place[0], methods)
    for i in range(events.shape[0]):
        event = events[i]
        if event.kind == Kind.PRESCRIPTION:
            written[event.prescription] = i + 1
        starts, able_starts = work[0].new_starts, work[0].able_starts
        begun = course[0].begun
        kind = event.kind  # a call costs more than to ask whether it is wanted
        if holds(PREVENTION, kind) and kind != Kind.CYCLE:
            prevention_event(event, course[0], why[0], work[0], place[0], methods)
        if holds(FORMS, kind):
            forms_event(event, course[0], why[0], work[0], place[0], patient[0])
        if holds(SUPPLY, kind):
            supply_event(
                event, course[0], why[0], work[0], handed, void, days_handed, able_handed, served
            )
        if kind == Kind.PRESCRIPTION or kind == Kind.VISIT:
            written_by(course[0], work[0], writers)
        if holds(BODY, kind):
            body_event(event, course[0], why[0], work[0], place[0], medicines[0], medicines[1])
        way_event(event, course[0], why[0], work[0])
        after_event(event, course[0], why[0], work[0], starts, begun)
        forget_hand_overs(work[0], starts, able_starts, handed, days_handed, able_handed)
    tests_served(course[0], why[0], work[0], served)
    begun_by(course[0], why[0], place[0], handed, writers)
    medicine_classes(course[0], why[0], medicines, class_of)
    count_days(course[0], why[0], work[0], place[0], patient[0])
    asked = patient[0].asked_day
    doses(
        events,
        course[0],
        why[0],
        work[0],
        place[0],
        served,
        written,
        records,
        scratch[5],
        asked,
    )
