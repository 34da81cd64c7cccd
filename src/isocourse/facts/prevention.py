"""Pregnancy prevention, event by event: category, pregnancy, tests, contraception.

Part of the compiled pass. Each function takes one event and writes what follows from it.
"""

from isocourse.facts.compiled import part
from isocourse.facts.contraception import contraception
from isocourse.facts.masks import holds
from isocourse.words.codes import (
    NULL,
    Kind,
    Report,
    Result,
    TestFault,
)


@part
def category(event, course, why, work, place):
    """Only an accepted reason shows that a person cannot become pregnant; else they can."""
    cannot = event.yes == 0
    accepted = cannot and holds(place.category_reasons, event.answer)
    if course.pregnancy_category == 0 and not accepted:
        begin_as_able(event, course, why, work, place)
    course.pregnancy_category = 0 if accepted else 1
    course.can_become_pregnant = course.pregnancy_category
    course.category_reason_refused = 1 if cannot and not accepted else 0
    why.pregnancy_category = event.index
    why.can_become_pregnant = event.index
    why.category_reason_refused = event.index


@part
def begin_as_able(event, course, why, work, place):
    """Found in mid-course to be able to become pregnant: the tests of a first dose come first."""
    work.able_starts += 1
    work.able_supplies = 0
    work.able_taken = 0
    if work.accepted_test_day == event.day:
        if place.two_tests == 0:
            work.accepted_before = NULL
            if work.prescription_test != work.accepted_test:
                forget_prescription_test(course, why, work)
            return
        work.first_negative_test = work.accepted_test_latest
    elif work.first_negative_test < event.day:
        work.first_negative_test = NULL
    forget_accepted_test(course, why, work)


@part
def before_first_dose(work):
    """No capsules were handed over to, or taken by, this person as one able to become pregnant."""
    return work.able_supplies == 0 and work.able_taken == 0


@part
def forget_accepted_test(course, why, work):
    """No test counts any more."""
    work.accepted_test = NULL
    work.accepted_before = NULL
    work.accepted_test_day = NULL
    work.accepted_test_latest = NULL
    work.accepted_test_place = -1
    why.days_since_accepted_test = -1
    forget_prescription_test(course, why, work)


@part
def forget_prescription_test(course, why, work):
    """The newest prescription rests on no test any more."""
    work.prescription_test = NULL
    work.prescription_test_place = -1
    course.prescription_test_age = NULL
    course.certified_test_age = NULL
    if course.certified_day_missing == 1:
        work.certified_on = NULL
    why.days_since_prescription_test = -1
    why.prescription_test_age = -1


@part
def pregnancy(event, course, why):
    """A known pregnancy closes everything until a prescriber records its end."""
    course.pregnancy_known = 1
    why.pregnancy_known = event.index


@part
def pregnancy_resolved(event, course, why, work, place):
    """Only a prescriber's word ends it; then everything needed for a first dose is needed anew."""
    if course.pregnancy_known == 0 and course.positive_test == 0:
        return
    if event.role == NULL or not holds(place.prescriber_roles, event.role):
        return
    course.pregnancy_known = 0
    course.positive_test = 0
    why.pregnancy_known = event.index
    why.positive_test = event.index
    start_anew(course, why, work)


@part
def start_anew(course, why, work):
    """Forget every test, hand-over, talk and answer that a first dose would rest on."""
    course.begun = 0
    course.test_fault = 0
    course.counselled = NULL
    course.counselled_for_next = NULL
    course.prescription_counselled = NULL
    course.comprehension_for_next = NULL
    course.prescription_comprehension = NULL
    course.comprehension_mismatch = 0
    course.authorised = NULL
    course.prescription_open = 0
    why.begun = -1
    forget_accepted_test(course, why, work)
    work.prescription = NULL
    work.replaced = NULL
    work.first_negative_test = NULL
    work.new_starts += 1
    work.able_starts += 1
    work.able_supplies = 0
    work.able_taken = 0
    work.hand_overs = 0
    work.supply_ends = NULL
    work.stopped_since = NULL
    work.taken = 0
    work.entered = 0


@part
def patient_report(event, course, why):
    """A missed period or unprotected contact puts pregnancy in doubt until a negative test."""
    if event.answer == Report.MISSED_PERIOD or event.answer == Report.UNPROTECTED_CONTACT:
        course.pregnancy_in_doubt = 1
        why.pregnancy_in_doubt = event.index


@part
def menses(event, work):
    """The first day of the latest period."""
    work.menses = event.day


@part
def cycle(event, course, why):
    """Whether cycles are regular."""
    course.cycle_regular = event.yes
    why.cycle_regular = event.index


@part
def pregnancy_test(event, course, why, work, place):
    """A positive test closes; a negative one counts when nothing speaks against it."""
    if event.answer == Result.POSITIVE:
        course.positive_test = 1
        why.positive_test = event.index
    elif event.answer == Result.NEGATIVE:
        negative_test(event, course, why, work, place)


@part
def negative_test(event, course, why, work, place):
    """Take the test as the newest that counts, or note why it does not count."""
    fault = fault_of_setting(event, work, place)
    settles_doubt = fault == TestFault.NONE
    if fault == TestFault.NONE and before_first_dose(work):
        fault = fault_before_first_dose(event, course, work, place)
    course.test_fault = fault
    why.test_fault = event.index
    if settles_doubt:
        course.pregnancy_in_doubt = 0
        why.pregnancy_in_doubt = event.index
    if fault == TestFault.NONE:
        accept_test(event, course, why, work)
    if settles_doubt and work.first_negative_test == NULL:
        work.first_negative_test = event.latest_day


@part
def accept_test(event, course, why, work):
    """The test opens a window of its own, not yet used."""
    work.accepted_before = work.accepted_test
    work.accepted_test = event.registry_day
    work.accepted_test_day = event.day
    work.accepted_test_latest = event.latest_day
    work.accepted_test_place = event.index
    why.days_since_accepted_test = event.index
    same_day_prescription(event, course, why, work)


@part
def same_day_prescription(event, course, why, work):
    """A prescription may rest on a test of its own day, whichever hour each names."""
    if work.prescription != NULL and work.prescription_day == event.day:
        work.prescription_test = event.registry_day
        why.days_since_prescription_test = event.index
        work.prescription_test_place = event.index
        course.prescription_test_age = 0
        why.prescription_test_age = event.index
        same_day_certification(event, course, why, work)


@part
def same_day_certification(event, course, why, work):
    """The certified day, or the prescription's where none is named, may rest on such a test."""
    if course.certified_day_missing == 1:
        work.certified_on = event.registry_day
        course.certified_test_age = 0
        why.days_since_certified = event.index
    elif work.certified_on >= event.registry_day:
        course.certified_test_age = work.certified_on - event.registry_day
    else:
        return
    why.certified_test_age = event.index


@part
def fault_of_setting(event, work, place):
    """Before the first dose fewer settings count; some need a safeguard against falsification."""
    first = before_first_dose(work)
    settings = place.first_test_settings if first else place.later_test_settings
    if not holds(settings, event.setting):
        return TestFault.WRONG_SETTING
    if holds(place.safeguard_settings, event.setting) and event.yes != 1:
        return TestFault.NO_SAFEGUARD
    return TestFault.NONE


@part
def fault_before_first_dose(event, course, work, place):
    """The second of two tests keeps its distance from the first, and from a window that passed."""
    if place.two_tests == 0:
        return TestFault.NONE
    if work.first_negative_test == NULL:
        return TestFault.ONLY_ONE_TEST
    if work.accepted_test != NULL:
        if event.registry_day - work.accepted_test_latest < place.lock_out_days:
            return TestFault.LOCKED_OUT
        if place.retest_keeps_menses_rule == 0:
            return TestFault.NONE
    elif event.registry_day - work.first_negative_test < place.test_gap_days:
        return TestFault.TOO_SOON_AFTER_FIRST_TEST
    return fault_of_menses(event, course, work, place)


@part
def fault_of_menses(event, course, work, place):
    """With regular cycles the second test falls on one of the first days of menses."""
    if course.cycle_regular == NULL:
        return TestFault.CYCLE_NOT_RECORDED
    if course.cycle_regular == 0:
        return TestFault.NONE
    if work.menses == NULL or event.day - work.menses >= place.menses_days:
        return TestFault.NOT_IN_FIRST_DAYS_OF_MENSES
    return TestFault.NONE


@part
def prevention_event(event, course, why, work, place, methods):
    """Hand an event about pregnancy prevention to its function."""
    kind = event.kind
    if kind == Kind.PREGNANCY_CATEGORY:
        category(event, course, why, work, place)
    elif kind == Kind.PREGNANCY:
        pregnancy(event, course, why)
    elif kind == Kind.PATIENT_REPORT:
        patient_report(event, course, why)
    elif kind == Kind.MENSES:
        menses(event, work)
    elif kind == Kind.CYCLE:
        cycle(event, course, why)
    elif kind == Kind.PREGNANCY_TEST:
        pregnancy_test(event, course, why, work, place)
    elif kind == Kind.CONTRACEPTION:
        contraception(event, course, why, work, place, methods)
