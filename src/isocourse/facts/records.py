"""The records that the pass reads and writes: whole numbers only, with a name for each.

EVENT is one event of a course, PATIENT what is known of the person and the moment asked, PLACE
what the pass must know of the place, FACTS the answer and WORK what is carried from event to
event. A record of FACTS doubles as the record of why: the index of the event behind each fact.
"""

from typing import Any

import numpy as np

from isocourse.facts.columns import columns
from isocourse.words.codes import MEDICINE_CLASSES, NULL
from isocourse.words.tokens import CONDITIONS, SUBSTANCES, SYMPTOMS


def _whole_numbers(*names: str) -> list[tuple[str, str]]:
    return [(name, "i8") for name in names]


EVENT = np.dtype(
    _whole_numbers(
        "kind",  # Kind
        "day",  # local day at the course's place
        "registry_day",  # day 1 of a window that this event would open: the earliest reading
        "latest_day",  # the latest reading of its day, by the clocks of place and registry
        "index",  # place among the events of the file, to name it
        "answer",  # the main word of the kind, as a number
        "yes",  # the yes or no of the kind
        "setting",  # Setting of a test; topical route of a medicine
        "role",  # Role of who recorded or did it, NULL when not recorded
        "grade",  # grade of a symptom, score of item 9, nodules
        "value",  # weight in g, lab value, dose in µg a day, capsules in µg, score, papules
        "limit",  # upper limit of normal; comedones; days of a cycle of dosing
        "until",  # last day: authorisation, taken; certified day of a prescription
        "days",
        "refills",
        "doses_per_day",
        "quantity_days",  # days that the capsules last
        "loose",  # capsules beyond whole packs of the place
        "contains",  # mask of excipients of the product
        "prescription",  # number of the prescription within the course
        "number",  # number of the authorisation or prescriber; dosing days of a cycle
        "mask",  # methods entered, history topics
        "first",  # first row of this event's methods
        "count",  # number of rows of this event's methods
        "carried",  # 1 when the event stands in an earlier course
    )
)

METHOD = np.dtype(_whole_numbers("method", "since"))

PATIENT = np.dtype(
    _whole_numbers(
        "birth_day",
        "asked_day",  # local day asked about
        "asked_registry_day",  # the registry's day at the moment asked
        "earlier_course",  # whether there was one
        "earlier_last_day",  # last dose of the earlier course
    )
)

PLACE = np.dtype(
    _whole_numbers(
        "category_reasons",  # mask of accepted reasons for "cannot become pregnant"
        "first_test_settings",  # mask: settings that count before the first dose
        "later_test_settings",  # mask: settings that count during treatment
        "safeguard_settings",  # mask: settings that need a safeguard against falsification
        "two_tests",  # whether a test counts only after an earlier one
        "test_gap_days",  # days from the first test to the second
        "menses_days",  # the second test falls on one of these first days of menses
        "lock_out_days",  # days from the test that opened a first window to the next that counts
        "retest_keeps_menses_rule",  # a retest keeps to the first days of menses
        "hormonal_methods",  # mask: methods that work by hormones
        "methods_alone",  # mask: methods that suffice alone
        "methods_primary",  # mask: methods that lead a pair
        "methods_second",  # mask: methods that complete a pair
        "two_primaries_count",  # whether two of methods_primary make a pair
        "progestogen_pill",  # mask of the progestogen-only pill
        "prescriber_roles",  # mask of Role: who may record that a closed gate reopens
        "starting_roles",  # mask of Role: who may begin treatment; 0 where no role is named
        "adult_years",  # age from which nobody co-signs
        "enzyme_limit",  # upper limit of ALT and AST when the report gives none
        "enzyme_repeat_times",  # successive results above this many times the limit count
        "together_days",  # days within which two symptoms belong together
        "weight_slip_up",  # from this ratio to the one before, per mille, a weight is in doubt
        "weight_slip_down",  # and up to this ratio
        "forms_asked",  # mask of the forms that the place asks of somebody
        "abstinence_accepted",  # abstinence counts instead of methods
        "abstinence_needs_agreement",  # and only when a prescriber agreed
    )
)

_OPEN_LISTS = {
    "condition_": ("conditions", CONDITIONS),
    "allergy_": ("allergies", SUBSTANCES),
    "takes_": ("takes", MEDICINE_CLASSES),
    "symptom_": ("symptoms", SYMPTOMS),
    "days_since_symptom_": ("symptom_days", SYMPTOMS),
}


def _facts_type() -> np.dtype:
    prefixes = tuple(_OPEN_LISTS)
    single = [(each.name, "i8") for each in columns() if not each.name.startswith(prefixes)]
    lists = [(name, "i8", (len(words),)) for name, words in _OPEN_LISTS.values()]
    return np.dtype(single + lists)


FACTS = _facts_type()

_CARRIED = {
    "able_supplies": 0,  # hand-overs to the person as one able to become pregnant
    "able_taken": 0,  # capsules were taken as one able to become pregnant
    "first_negative_test": NULL,  # latest day of the first test that counts as a first one
    "accepted_test": NULL,  # day 1 of the window of the newest test that counts
    "accepted_before": NULL,  # day 1 of the window of the one before it
    "accepted_test_day": NULL,  # its local day
    "accepted_test_latest": NULL,  # the latest reading of its day
    "accepted_test_place": -1,  # its place in the order of the course
    "menses": NULL,  # first day of the latest period
    "cover_since": NULL,  # first day of unbroken accepted contraception
    "uncovered_on": NULL,  # latest day on which the record shows no accepted methods in use
    "contraception_day": NULL,  # day of the newest record of contraception
    "methods": 0,  # mask of the methods recorded last
    "entered": 0,  # mask of the methods the patient entered last
    "sound_weight": NULL,  # the last weight that was not in doubt, g
    "consent_alone": 0,  # mask of forms signed by a minor alone
    "consent_whole": 0,  # mask of forms signed by an adult, or by a guardian as well
    "prescription": NULL,  # number of the newest prescription
    "prescription_day": NULL,
    "prescription_test_place": -1,  # the place of the test behind it in the order of the course
    "prescription_test": NULL,  # day 1 of the window of the test behind it
    "prescription_names_role": 0,  # it says who wrote it
    "prescription_cancelled": 0,
    "replaced": NULL,  # number of the prescription before it, while no capsules were handed over
    "replaced_counselled": NULL,  # the talk that one rested on
    "replaced_counselled_why": -1,
    "replaced_comprehension": NULL,  # and the answers
    "replaced_comprehension_why": -1,
    "visit_day": NULL,  # the latest visit
    "prescribing_visit_day": NULL,  # the latest visit when the newest prescription was written
    "certified_on": NULL,
    "refills": 0,
    "authorisation": NULL,  # number of the authorisation of the newest prescription
    "authorisation_last_day": NULL,
    "new_starts": 0,  # how often everything that a first dose needs was asked anew
    "able_starts": 0,  # how often the tests of a first dose were
    "hand_overs": 0,  # how often capsules were handed over and not brought back
    "taken": 0,  # capsules were taken, whoever handed them over
    "supply_ends": NULL,  # last day for which capsules were handed over, supplies in a queue
    "mind_day": NULL,
    "lipids_day": NULL,
    "liver_day": NULL,
    "stop_day": NULL,
    "stopped_since": NULL,  # the first day of a stop that no restart has ended
    "start_day": NULL,  # the day on which treatment began
    "weight_day": NULL,
    "diagnosis_day": NULL,
    "highest_dose_day": NULL,
    "missed_doses_day": NULL,
    "negative_test_day": NULL,
    "ck_day": NULL,
    "glucose_day": NULL,
    "phq_2_day": NULL,
    "phq_9_day": NULL,
    "gad_2_day": NULL,
    "gad_7_day": NULL,
    "sexual_function_day": NULL,
    "clear_day": NULL,  # the first of the unbroken findings of clear skin
    "headache_day": NULL,
    "vision_day": NULL,
    "treated_before": 0,  # capsules were had before the last new start
    "pregnancy_day": NULL,  # the first day of a pregnancy that no prescriber has ended
    "prescribers": 0,  # mask of distinct prescribers
    "clock": NULL,  # the first day of which the dose is not yet counted
    "supply": -1,  # the place of the hand-over whose capsules are in use
    "supply_used": 0,  # how many of its days are used
    "looked_at": 0,  # the place from which the next supply is looked for
    "records": 0,  # how many records of doses taken may still hold
    "not_taking": 0,  # treatment is stopped
    "halted_on": NULL,  # the day of the last stop
    "grams": NULL,  # weight of the day
    "grams_at_start": NULL,
    "began": 0,  # a first dose was taken
    "micrograms": 0,  # taken so far
    "parts_per_kg": 0,  # the same for the weight of each day, in thousandths of ng/kg
    "weight_lacking": 0,  # doses were taken at a weight that is not known
    "dose_lacking": 0,  # capsules were taken of which the dose is not known
}
"""What the pass carries from event to event, and what it holds before the first."""

WORK = np.dtype(_whole_numbers(*_CARRIED))


def empty_facts() -> np.ndarray[Any, Any]:
    """The facts of a course without events, as one record."""
    return np.array([each.absent for each in columns()], dtype="i8").view(FACTS)


def no_reasons() -> np.ndarray[Any, Any]:
    """A record of why in which no fact rests on an event."""
    return np.full(len(columns()), -1, dtype="i8").view(FACTS)


def empty_work() -> np.ndarray[Any, Any]:
    """What is carried before the first event, as one record."""
    return np.array(list(_CARRIED.values()), dtype="i8").view(WORK)
