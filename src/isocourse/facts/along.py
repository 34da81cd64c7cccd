"""What each fact about the way of a course holds: time, doses, scores, lesions, blood, symptoms."""

from isocourse.facts.column import FLAG, may_be_unknown, no_unless_recorded
from isocourse.words.tokens import SYMPTOMS

_TIME = (
    may_be_unknown("days_since_start", "days", "Days since treatment began.", "a first dose"),
    may_be_unknown("days_since_visit", "days", "Days since the last visit.", "a visit"),
    may_be_unknown("days_since_weight", "days", "Days since the last weight.", "the weight"),
    may_be_unknown("days_since_diagnosis", "days", "Days since the last diagnosis.", ""),
    may_be_unknown("highest_dose", "µg/day", "Highest daily dose handed over.", "a hand-over"),
    may_be_unknown(
        "days_since_highest_dose",
        "days",
        "Days since the highest daily dose was first handed over.",
        "a hand-over",
    ),
    no_unless_recorded(
        "missed_doses", "Doses that the patient last reported to have missed.", "doses"
    ),
    may_be_unknown("days_since_missed_doses", "days", "Days since missed doses were reported.", ""),
    may_be_unknown(
        "days_since_negative_test",
        "days",
        "Days since the newest negative pregnancy test, whether it counts or not.",
        "a negative pregnancy test",
    ),
)

_BLOOD = (
    may_be_unknown("triglycerides_before", "µmol/L", "Triglycerides the time before.", ""),
    may_be_unknown("triglycerides_fasting", FLAG, "The last triglycerides were fasting.", ""),
    may_be_unknown("alt_before", "mU/L", "ALT the time before.", ""),
    may_be_unknown("ck", "mU/L", "Creatine kinase recorded last.", "creatine kinase"),
    may_be_unknown("ck_limit", "mU/L", "Upper limit of normal of that creatine kinase.", ""),
    may_be_unknown("days_since_ck", "days", "Days since creatine kinase.", "creatine kinase"),
    may_be_unknown("days_since_glucose", "days", "Days since glucose.", "glucose"),
)

_SCORES = (
    may_be_unknown("phq_2", "points", "PHQ-2 recorded last.", "PHQ-2"),
    may_be_unknown("phq_9", "points", "PHQ-9 recorded last.", "PHQ-9"),
    may_be_unknown("gad_2", "points", "GAD-2 recorded last.", "GAD-2"),
    may_be_unknown("gad_7", "points", "GAD-7 recorded last.", "GAD-7"),
    may_be_unknown("dlqi", "points", "DLQI recorded last.", "DLQI"),
    may_be_unknown("asex", "points", "ASEX recorded last.", "ASEX"),
    may_be_unknown("days_since_phq_2", "days", "Days since PHQ-2.", "PHQ-2"),
    may_be_unknown("days_since_phq_9", "days", "Days since PHQ-9.", "PHQ-9"),
    may_be_unknown("days_since_gad_2", "days", "Days since GAD-2.", "GAD-2"),
    may_be_unknown("days_since_gad_7", "days", "Days since GAD-7.", "GAD-7"),
    may_be_unknown(
        "days_since_sexual_function", "days", "Days since sexual function was assessed.", ""
    ),
)

_LESIONS = (
    may_be_unknown("comedones", "lesions", "Comedones counted last.", "lesion counts"),
    may_be_unknown("papules_pustules", "lesions", "Papules and pustules counted last.", ""),
    may_be_unknown("nodules", "lesions", "Nodules counted last.", ""),
    may_be_unknown("nodules_at_start", "lesions", "Nodules counted before the first dose.", ""),
    may_be_unknown("iga", "points", "IGA recorded last.", "IGA"),
    may_be_unknown("gags", "points", "GAGS recorded last.", "GAGS"),
    may_be_unknown(
        "days_clear",
        "days",
        "Days since the first of the unbroken findings of clear or almost clear skin.",
        "lesion counts or IGA",
    ),
)

_SYMPTOMS = tuple(
    may_be_unknown(
        f"days_since_symptom_{word}",
        "days",
        f"Days since {word.replace('_', ' ')} was reported.",
        "",
    )
    for word in SYMPTOMS
)

_PREVENTION = (
    may_be_unknown(
        "days_since_first_test",
        "days",
        "Days since the first of two tests before a first dose, while the second is wanted.",
        "the first of two pregnancy tests",
    ),
    may_be_unknown(
        "days_since_opening_test",
        "days",
        "Days since the newest negative test that counts, by the clock that is ahead.",
        "a negative pregnancy test that counts here",
    ),
    no_unless_recorded(
        "begun_as_able",
        "Capsules were handed over to, or taken by, the person as able to become pregnant.",
    ),
    may_be_unknown(
        "days_since_menses", "days", "Days since the first day of the latest period.", "a period"
    ),
    may_be_unknown(
        "days_since_pregnancy_known",
        "days",
        "Days since a pregnancy or positive test that no prescriber has ended was recorded.",
        "",
    ),
    may_be_unknown(
        "days_to_month_of_contraception",
        "days",
        "Days until a calendar month of unbroken accepted contraception is complete.",
        "contraception with the day since when it is used",
    ),
)

_AFTER = (
    no_unless_recorded(
        "treated",
        "Capsules were handed over or taken at some time of this course, also before a pregnancy.",
    ),
    may_be_unknown(
        "days_to_month_after_stop",
        "days",
        "Days until a calendar month since the stop is complete.",
        "",
    ),
    may_be_unknown(
        "days_to_two_months_after_stop",
        "days",
        "Days until two calendar months since the stop are complete.",
        "",
    ),
    may_be_unknown(
        "days_to_two_months_after_earlier_course",
        "days",
        "Days until two calendar months since the last dose of the earlier course are complete.",
        "when the earlier course ended",
    ),
)

ALONG = (*_TIME, *_BLOOD, *_SCORES, *_LESIONS, *_PREVENTION, *_AFTER)
"""The facts about the way of a course."""
SYMPTOM_DAYS = _SYMPTOMS
"""Since when each symptom is recorded as it is, in the order of the words."""
