"""Prescriptions, authorisations and hand-overs, event by event. Part of the compiled pass.

`handed` counts, for each prescription of the course, how often it was handed over and not brought
back; `void` marks those that can never be handed over again; `days_handed` holds the days of its
hand-overs, the newest in the lowest digits; `able_handed` holds a bit for each of them, whether the
person was then able to become pregnant. `served` holds, at the place of each hand-over in the order
of the course, the prescription that was handed over, or NULL when the capsules came back.
"""

from isocourse.facts.compiled import part
from isocourse.words.codes import NULL, Excipient, Formulation, Kind, Stop

MORE_THAN_A_YEAR = 512
OLDEST = MORE_THAN_A_YEAR**5
OLDEST_BIT = 2**40
"""So many days in one whole number: those of the last six hand-overs of a prescription."""


@part
def prescription(event, course, why, work, handed, void):
    """The newest prescription takes the place of the one before."""
    replace(course, why, work, handed)
    work.prescription = event.prescription
    work.prescription_day = event.day
    work.prescription_cancelled = 0
    work.refills = event.refills
    work.certified_on = event.until
    work.authorisation = NULL
    work.authorisation_last_day = NULL
    what_is_prescribed(event, course, why)
    what_it_rests_on(event, course, why, work)
    is_it_open(course, work, handed, void)
    why.prescription_open = event.index


@part
def replace(course, why, work, handed):
    """Keep what the prescription before rested on: if it is cancelled, that serves this one."""
    work.replaced = NULL
    if work.prescription != NULL and handed[work.prescription] == 0:
        work.replaced = work.prescription
        work.replaced_counselled = course.prescription_counselled
        work.replaced_counselled_why = why.prescription_counselled
        work.replaced_comprehension = course.prescription_comprehension
        work.replaced_comprehension_why = why.prescription_comprehension


@part
def what_is_prescribed(event, course, why):
    """Dose, days, capsules and product as written."""
    course.prescription_days = event.days
    course.prescription_refills = event.refills
    course.quantity_days = event.quantity_days
    course.loose_capsules = event.loose
    course.daily_dose = event.value
    course.doses_per_day = event.doses_per_day
    course.micronised = 1 if event.answer == Formulation.MICRONISED else 0
    course.lidose = 1 if event.answer == Formulation.LIDOSE else 0
    course.intermittent = 1 if event.number < event.limit else 0
    course.contains_soya = (event.contains >> Excipient.SOYA) & 1
    course.contains_parabens = (event.contains >> Excipient.PARABENS) & 1
    course.contains_tartrazine = (event.contains >> Excipient.TARTRAZINE) & 1
    why.days_since_prescription = event.index
    why.prescription_days = event.index
    why.prescription_refills = event.index
    why.quantity_days = event.index
    why.loose_capsules = event.index
    why.daily_dose = event.index
    why.doses_per_day = event.index
    why.micronised = event.index
    why.lidose = event.index
    why.intermittent = event.index
    why.contains_soya = event.index
    why.contains_parabens = event.index
    why.contains_tartrazine = event.index


@part
def what_it_rests_on(event, course, why, work):
    """Who wrote it, at which visit, on which test."""
    work.prescription_names_role = 1 if event.role != NULL else 0
    course.prescription_role = event.role if event.role != NULL else course.visit_role
    why.prescription_role = event.index if event.role != NULL else why.visit_role
    work.prescribing_visit_day = work.visit_day if work.visit_day != NULL else event.day
    why.days_since_prescribing_visit = event.index
    course.prescription_first = 1 - course.begun
    why.prescription_first = event.index
    course.prescribing_visit_remote = course.last_visit_remote
    why.prescribing_visit_remote = why.last_visit_remote
    course.authorised = NULL
    why.authorised = -1
    which_talk_it_rests_on(course, why)
    which_test_it_rests_on(event, course, why, work)


@part
def which_talk_it_rests_on(course, why):
    """The talk and the answers since the prescription before it."""
    course.prescription_counselled = course.counselled_for_next
    why.prescription_counselled = why.counselled_for_next
    course.prescription_comprehension = course.comprehension_for_next
    why.prescription_comprehension = why.comprehension_for_next
    course.counselled_for_next = NULL
    course.comprehension_for_next = NULL
    why.counselled_for_next = -1
    why.comprehension_for_next = -1


@part
def which_test_it_rests_on(event, course, why, work):
    """The newest test that counts when it is written, and its age on the day that is counted."""
    certified = event.until if event.until != NULL else event.day
    test = work.accepted_test
    course.prescription_test_age = event.day - test if test != NULL else NULL
    if test != NULL and test > certified:
        test = work.accepted_before
    if test != NULL and test > certified:
        test = NULL
    course.certified_test_age = certified - test if test != NULL else NULL
    work.prescription_test = work.accepted_test
    work.prescription_test_place = work.accepted_test_place
    why.days_since_prescription_test = why.days_since_accepted_test
    course.certified_day_missing = 1 if event.until == NULL else 0
    work.certified_on = event.until if event.until != NULL else work.accepted_test
    why.prescription_test_age = why.days_since_accepted_test
    why.certified_test_age = event.index
    why.days_since_certified = event.index
    why.certified_day_missing = event.index


@part
def is_it_open(course, work, handed, void):
    """A prescription can be handed over while it is neither void nor used up."""
    number = work.prescription
    course.prescription_open = 0
    if number == NULL or work.prescription_cancelled == 1 or void[number] == 1:
        return
    if handed[number] <= work.refills:
        course.prescription_open = 1


@part
def cancel(event, course, why, work, handed, void):
    """A cancelled prescription is void; what it rested on serves the one written in its place."""
    void[event.prescription] = 1
    if event.prescription == work.replaced and handed[event.prescription] == 0:
        take_over_talk(course, why, work)
    if event.prescription != work.prescription:
        return
    work.prescription_cancelled = 1
    if handed[event.prescription] == 0 and course.prescription_counselled != NULL:
        course.counselled_for_next = course.prescription_counselled
        why.counselled_for_next = why.prescription_counselled
    if handed[event.prescription] == 0 and course.prescription_comprehension != NULL:
        course.comprehension_for_next = course.prescription_comprehension
        why.comprehension_for_next = why.prescription_comprehension
    is_it_open(course, work, handed, void)


@part
def take_over_talk(course, why, work):
    """The prescription before was cancelled after this one was written in its place."""
    if course.prescription_counselled == NULL:
        course.prescription_counselled = work.replaced_counselled
        why.prescription_counselled = work.replaced_counselled_why
    if course.prescription_comprehension == NULL:
        course.prescription_comprehension = work.replaced_comprehension
        why.prescription_comprehension = work.replaced_comprehension_why
    work.replaced = NULL


@part
def authorisation(event, course, why, work):
    """The registry's word belongs to one prescription and never to one written later."""
    if work.prescription == NULL:
        return
    if event.prescription != NULL and event.prescription != work.prescription:
        return
    work.authorisation = event.number
    work.authorisation_last_day = event.until
    course.authorised = 1
    why.authorised = event.index
    why.authorisation_days_left = event.index


@part
def authorisation_reversed(event, course, why, work):
    """The registry took its word back."""
    if work.authorisation != NULL and event.number == work.authorisation:
        course.authorised = 0
        why.authorised = event.index


@part
def dispense(event, course, why, work, handed, void, days_handed, able_handed, served):
    """A hand-over begins treatment and uses up the prescription and what it rested on."""
    handed[event.prescription] += 1
    work.hand_overs += 1
    work.able_supplies += course.can_become_pregnant
    earlier_able = able_handed[event.prescription] % OLDEST_BIT
    able_handed[event.prescription] = earlier_able * 2 + course.can_become_pregnant
    course.begun = 1
    why.begun = event.index
    served[event.index] = event.prescription
    earlier = days_handed[event.prescription] % OLDEST
    days_handed[event.prescription] = earlier * MORE_THAN_A_YEAR + event.days
    work.supply_ends = max(work.supply_ends, event.day - 1) + event.days
    why.days_of_supply_left = event.index
    use_up_talk(event, course, why)
    is_it_open(course, work, handed, void)


@part
def use_up_talk(event, course, why):
    """The talk and the answers have served; the next prescription needs its own."""
    if course.counselled_for_next != NULL:
        course.counselled_for_next = NULL
        why.counselled_for_next = event.index
    if course.comprehension_for_next != NULL:
        course.comprehension_for_next = NULL
        why.comprehension_for_next = event.index


@part
def dispense_retracted(event, course, work, handed, void):
    """A hand-over recorded in error: its prescription stays closed and nothing else follows."""
    void[event.prescription] = 1
    is_it_open(course, work, handed, void)


@part
def return_to_stock(event, course, why, work, handed, void, days_handed, able_handed, served):
    """Capsules not collected or brought back were not handed over; all is asked afresh."""
    if handed[event.prescription] > 0:
        handed[event.prescription] -= 1
        work.supply_ends -= days_handed[event.prescription] % MORE_THAN_A_YEAR
        days_handed[event.prescription] //= MORE_THAN_A_YEAR
        hand_over_undone(event, course, why, work, able_handed, served)
    if event.prescription == work.prescription:
        if course.authorised == 1:
            course.authorised = 0
            why.authorised = event.index
        is_it_open(course, work, handed, void)


@part
def hand_over_undone(event, course, why, work, able_handed, served):
    """The last hand-over of the prescription never was; without another nothing was taken."""
    work.hand_overs -= 1
    if able_handed[event.prescription] & 1:
        work.able_supplies = max(0, work.able_supplies - 1)
    able_handed[event.prescription] //= 2
    if work.hand_overs == 0 and work.taken == 0:
        course.begun = 0
        why.begun = event.index
    for place in range(event.index - 1, -1, -1):
        if served[place] == event.prescription:
            served[place] = NULL
            break


@part
def taken(event, course, why, work):
    """Capsules taken begin treatment, whoever handed them over."""
    if event.value > 0:
        work.taken = 1
        work.able_taken = max(work.able_taken, course.can_become_pregnant)
        course.begun = 1
        why.begun = event.index


@part
def stop(event, course, why, work):
    """Treatment is stopped until a restart is recorded."""
    course.stopped = 1
    course.stop_reason = event.answer
    work.stop_day = event.day
    if work.stopped_since == NULL:
        work.stopped_since = event.day
    why.stopped = event.index
    why.stop_reason = event.index
    why.days_since_stop = event.index
    if event.answer == Stop.PREGNANCY:
        course.pregnancy_known = 1
        why.pregnancy_known = event.index


@part
def restart(event, course, why, work):
    """Treatment goes on after a pause; symptoms from before it no longer close."""
    course.stopped = 0
    course.relapsed = 0
    why.relapsed = event.index
    course.stop_reason = NULL
    work.stop_day = NULL
    if work.stopped_since != NULL:
        left = work.supply_ends - work.stopped_since + 1  # nothing was taken from that day on
        if work.supply_ends != NULL and left > 0:
            work.supply_ends = event.day - 1 + left
        work.stopped_since = NULL
    why.stopped = event.index
    course.symptoms[:] = 0
    course.headache_with_visual_disturbance = 0
    course.other_emergency = 0
    work.headache_day = NULL
    work.vision_day = NULL


@part
def relapse(event, course, why):
    """Acne came back."""
    course.relapsed = 1
    why.relapsed = event.index


@part
def supply_event(event, course, why, work, handed, void, days_handed, able_handed, served):
    """Hand an event about supply, stop and restart to its function."""
    kind = event.kind
    if kind == Kind.PRESCRIPTION:
        prescription(event, course, why, work, handed, void)
    elif kind == Kind.CANCEL:
        cancel(event, course, why, work, handed, void)
    elif kind == Kind.AUTHORISATION:
        authorisation(event, course, why, work)
    elif kind == Kind.AUTHORISATION_REVERSED:
        authorisation_reversed(event, course, why, work)
    elif kind == Kind.DISPENSE:
        dispense(event, course, why, work, handed, void, days_handed, able_handed, served)
    elif kind == Kind.DISPENSE_RETRACTED:
        dispense_retracted(event, course, work, handed, void)
    elif kind == Kind.RETURN_TO_STOCK:
        return_to_stock(event, course, why, work, handed, void, days_handed, able_handed, served)
    elif kind == Kind.TAKEN:
        taken(event, course, why, work)
    elif kind == Kind.STOP:
        stop(event, course, why, work)
    elif kind == Kind.RESTART:
        restart(event, course, why, work)
    elif kind == Kind.RELAPSE:
        relapse(event, course, why)
