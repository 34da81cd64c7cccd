"""The whole numbers that stand for words inside the compiled pass.

The pass over a course works on whole numbers only. Each enumeration here gives the words of the
course file a number; where several may hold at once, number n stands for bit n of a mask.
"""

from collections.abc import Iterable
from enum import IntEnum

NULL = -(2**62)
"""Not known. No day, dose or count comes near it."""


class Kind(IntEnum):
    """The kinds of events that the pass looks at."""

    PREGNANCY_CATEGORY = 1
    DIAGNOSIS = 2
    PRIOR_TREATMENT = 3
    CONDITION = 4
    ALLERGY = 5
    MEDICINE = 6
    HISTORY_REVIEW = 7
    WEIGHT = 8
    ENROLMENT = 9
    CONSENT = 10
    COUNSELLING = 11
    COMPREHENSION = 12
    MENSES = 13
    CYCLE = 14
    PREGNANCY_TEST = 15
    CONTRACEPTION = 16
    LAB = 17
    QUESTIONNAIRE = 18
    MENTAL_HEALTH = 19
    SEXUAL_FUNCTION = 20
    SYMPTOM = 21
    VISIT = 22
    PRESCRIBER_AGREEMENT = 23
    PRESCRIPTION = 24
    AUTHORISATION = 25
    AUTHORISATION_REVERSED = 26
    CANCEL = 27
    RETURN_TO_STOCK = 28
    DISPENSE = 29
    TAKEN = 30
    PATIENT_REPORT = 31
    RELAPSE = 32
    STOP = 33
    RESTART = 34
    PREGNANCY = 35
    DISPENSE_RETRACTED = 36
    """A hand-over recorded in error: its prescription stays closed, but nobody got capsules."""
    LESIONS = 37
    SEVERITY = 38


class Result(IntEnum):
    """What a pregnancy test showed."""

    NEGATIVE = 1
    POSITIVE = 2
    INVALID = 3


class Setting(IntEnum):
    """Where a pregnancy test was done."""

    LABORATORY = 0
    CLINIC = 1
    SUPERVISED_REMOTE = 2
    HOME = 3
    PHARMACY = 4


class Form(IntEnum):
    """A form that the patient signs."""

    GENERAL = 0
    BIRTH_DEFECTS = 1
    ACKNOWLEDGEMENT_OF_RISK = 2
    CARE_AGREEMENT = 3


class Who(IntEnum):
    """Who is enrolled in a programme's registry."""

    PATIENT = 0
    PRESCRIBER = 1
    PHARMACY = 2


class Role(IntEnum):
    """What a professional is; every role that no rule knows is OTHER.

    PRESCRIBER says that somebody prescribes and not of which profession they are.
    """

    OTHER = 0
    DERMATOLOGIST = 1
    SPECIALIST_NURSE = 2
    GP = 3
    PRESCRIBER = 4
    NURSE = 5
    MIDWIFE = 6
    PHARMACIST = 7


class Concern(IntEnum):
    """What a look at the mind found."""

    NONE = 0
    LOW_MOOD = 1
    SUICIDAL_THOUGHTS = 2
    PSYCHOSIS = 3
    AGGRESSION = 4


class Report(IntEnum):
    """What a patient reported."""

    MISSED_PERIOD = 0
    MISSED_DOSES = 1
    UNPROTECTED_CONTACT = 2
    OTHER = 3


class Stop(IntEnum):
    """Why treatment was stopped."""

    COMPLETED = 0
    CLEAR = 1
    SIDE_EFFECT = 2
    PREGNANCY = 3
    PATIENT_CHOICE = 4
    OTHER = 5


class Outcome(IntEnum):
    """What an earlier treatment did."""

    FAILED = 0
    PARTIAL = 1
    NOT_TOLERATED = 2
    CLEARED = 3


class Treatment(IntEnum):
    """An earlier treatment."""

    ORAL_ANTIBIOTIC = 0
    TOPICAL = 1
    HORMONAL = 2
    ISOTRETINOIN = 3


class Formulation(IntEnum):
    """How the capsule is made."""

    CONVENTIONAL = 0
    LIDOSE = 1
    MICRONISED = 2


class Severity(IntEnum):
    """How severe the acne is."""

    MILD = 0
    MODERATE = 1
    SEVERE = 2
    NODULAR = 3
    CONGLOBATE = 4
    FULMINANS = 5


class TestFault(IntEnum):
    """Why a negative pregnancy test does not count."""

    NONE = 0
    WRONG_SETTING = 1
    NO_SAFEGUARD = 2
    ONLY_ONE_TEST = 3
    TOO_SOON_AFTER_FIRST_TEST = 4
    LOCKED_OUT = 5
    NOT_IN_FIRST_DAYS_OF_MENSES = 6
    CYCLE_NOT_RECORDED = 7


class Excipient(IntEnum):
    """Something in a capsule that people are allergic to."""

    SOYA = 0
    PARABENS = 1
    TARTRAZINE = 2


ABSTINENCE = 17
"""The bit after the contraceptive methods: the patient named abstinence."""
ENTRIES_CLASH = 18
"""The bit after it: the patient named something else at the same time."""


def mask(numbers: Iterable[int]) -> int:
    """One whole number with a bit for each of the given numbers."""
    held = 0
    for number in numbers:
        held |= 1 << number
    return held


def word(member: IntEnum) -> str:
    """The word of the course file for a number: Setting.HOME is "home"."""
    return member.name.lower()


MEDICINE_CLASSES = (
    "tetracycline",
    "topical_tetracycline",
    "vitamin_a",
    "st_johns_wort",
    "phenytoin",
    "carbamazepine",
    "corticosteroid",
    "keratolytic",
)
"""The classes into which rules sort medicines beside isotretinoin."""
