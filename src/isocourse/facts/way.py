"""The way of a course: time, doses, scores, lesions and symptoms. Part of the compiled pass.

Gates rest on none of this; alerts, tasks and the timeline do.
"""

from isocourse.facts.compiled import part
from isocourse.words.codes import NULL, Kind, Report, Result
from isocourse.words.tokens import INSTRUMENTS, LAB_TESTS, SCALES

_CK, _GLUCOSE = LAB_TESTS.index("ck"), LAB_TESTS.index("glucose")
_PHQ_2, _PHQ_9 = INSTRUMENTS.index("phq-2"), INSTRUMENTS.index("phq-9")
_GAD_2, _GAD_7 = INSTRUMENTS.index("gad-2"), INSTRUMENTS.index("gad-7")
_DLQI, _ASEX = INSTRUMENTS.index("dlqi"), INSTRUMENTS.index("asex")
_IGA, _GAGS, _GEA = SCALES.index("iga"), SCALES.index("gags"), SCALES.index("gea")
_ALMOST_CLEAR = 1


@part
def beginning(event, course, why, work):
    """Treatment begins with the first dose; when that is undone, nothing has begun."""
    if course.begun == 0:
        work.start_day = NULL
        work.highest_dose_day = NULL
        course.highest_dose = NULL
    elif work.start_day == NULL:
        work.start_day = event.day
        why.days_since_start = event.index


@part
def highest_dose(event, course, why, work):
    """The day on which the highest daily dose was first handed over."""
    known = event.prescription == work.prescription and course.daily_dose != NULL
    if known and course.daily_dose > course.highest_dose:
        course.highest_dose = course.daily_dose
        work.highest_dose_day = event.day
        why.highest_dose = event.index
        why.days_since_highest_dose = event.index


@part
def other_blood(event, course, why, work):
    """Creatine kinase and glucose, which close no gate."""
    if event.answer == _CK:
        course.ck = event.value
        course.ck_limit = event.limit
        work.ck_day = event.day
        why.ck = event.index
        why.ck_limit = event.index
        why.days_since_ck = event.index
    elif event.answer == _GLUCOSE:
        work.glucose_day = event.day
        why.days_since_glucose = event.index


@part
def score(event, course, why, work):
    """The last total of each questionnaire."""
    if event.answer == _PHQ_2:
        course.phq_2 = event.value
        work.phq_2_day = event.day
        why.phq_2 = event.index
        why.days_since_phq_2 = event.index
    elif event.answer == _PHQ_9:
        course.phq_9 = event.value
        work.phq_9_day = event.day
        why.phq_9 = event.index
        why.days_since_phq_9 = event.index
    elif event.answer == _GAD_2:
        course.gad_2 = event.value
        work.gad_2_day = event.day
        why.gad_2 = event.index
        why.days_since_gad_2 = event.index
    elif event.answer == _GAD_7:
        course.gad_7 = event.value
        work.gad_7_day = event.day
        why.gad_7 = event.index
        why.days_since_gad_7 = event.index
    elif event.answer == _DLQI:
        course.dlqi = event.value
        why.dlqi = event.index
    elif event.answer == _ASEX:
        course.asex = event.value
        why.asex = event.index


@part
def lesions(event, course, why, work):
    """The counts of the last time each was counted, and nodules before the first dose."""
    if event.limit != NULL:
        course.comedones = event.limit
        why.comedones = event.index
    if event.grade != NULL:
        course.nodules = event.grade
        why.nodules = event.index
        if course.begun == 0 or course.nodules_at_start == NULL:
            course.nodules_at_start = event.grade
            why.nodules_at_start = event.index
    if event.value != NULL:
        course.papules_pustules = event.value
        why.papules_pustules = event.index
        found_clear(event.value == 0 and event.grade <= 0, event, why, work)


@part
def grade_of_acne(event, course, why, work):
    """The last grade on each scale."""
    if event.answer == _IGA:
        course.iga = event.value
        why.iga = event.index
    elif event.answer == _GAGS:
        course.gags = event.value
        why.gags = event.index
    if event.answer == _IGA or event.answer == _GEA:
        found_clear(event.value <= _ALMOST_CLEAR, event, why, work)


@part
def found_clear(clear, event, why, work):
    """Clear skin counts from the first of unbroken findings."""
    if not clear:
        work.clear_day = NULL
    elif work.clear_day == NULL:
        work.clear_day = event.day
    why.days_clear = event.index


@part
def report(event, course, why, work):
    """Doses that the patient reports to have missed; one where no number is given."""
    if event.answer == Report.MISSED_DOSES:
        course.missed_doses = event.days if event.days != NULL else 1
        work.missed_doses_day = event.day
        why.missed_doses = event.index
        why.days_since_missed_doses = event.index


@part
def way_event(event, course, why, work):
    """Hand an event to what it says of the way of the course."""
    kind = event.kind
    if kind == Kind.DISPENSE:
        highest_dose(event, course, why, work)
    elif kind == Kind.WEIGHT:
        work.weight_day = event.day
        why.days_since_weight = event.index
    elif kind == Kind.DIAGNOSIS:
        work.diagnosis_day = event.day
        why.days_since_diagnosis = event.index
    elif kind == Kind.VISIT:
        why.days_since_visit = event.index
    elif kind == Kind.LAB:
        other_blood(event, course, why, work)
    elif kind == Kind.QUESTIONNAIRE:
        score(event, course, why, work)
    elif kind == Kind.LESIONS:
        lesions(event, course, why, work)
    elif kind == Kind.SEVERITY:
        grade_of_acne(event, course, why, work)
    elif kind == Kind.PATIENT_REPORT:
        report(event, course, why, work)
    elif kind == Kind.SEXUAL_FUNCTION and event.yes == 1:
        work.sexual_function_day = event.day
        why.days_since_sexual_function = event.index
    elif kind == Kind.PREGNANCY_TEST and event.answer == Result.NEGATIVE:
        work.negative_test_day = event.day
        why.days_since_negative_test = event.index
    elif kind == Kind.SYMPTOM and event.answer >= 0:
        course.symptom_days[event.answer] = event.day
        why.symptom_days[event.answer] = event.index
    elif kind == Kind.RESTART:
        course.symptom_days[:] = NULL
    beginning(event, course, why, work)
