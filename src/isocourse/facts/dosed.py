"""What each fact about the dose and what was taken holds, in one line each.

Amounts are of isotretinoin, in this course only: what an earlier course gave is not counted here.
"""

from isocourse.facts.column import Column, may_be_unknown, no_unless_recorded

_A_PRESCRIPTION = "the prescription of every supply"

DOSING: tuple[Column, ...] = (
    no_unless_recorded("lidose", "The newest prescription is for lidose capsules."),
    no_unless_recorded("intermittent", "The newest prescription has days without a dose."),
    no_unless_recorded(
        "total_prescribed", "All that was prescribed in this course and is not void.", "µg"
    ),
    may_be_unknown(
        "total_dispensed", "µg", "All that was handed over and not brought back.", _A_PRESCRIPTION
    ),
    may_be_unknown(
        "total_taken",
        "µg",
        "All that was taken on the days before the day asked.",
        _A_PRESCRIPTION,
    ),
    may_be_unknown(
        "taken_by_day_weights",
        "ng/kg",
        "The same, each day's dose for the weight of that day.",
        "a weight before the first dose",
    ),
    may_be_unknown(
        "start_weight",
        "g",
        "Weight on the day of the first dose; before it, the last one.",
        "a weight before the first dose",
    ),
    may_be_unknown("sound_weight", "g", "The last weight that is not in doubt.", "the weight"),
    may_be_unknown(
        "dose_today", "µg/day", "What is to be taken on the day asked.", _A_PRESCRIPTION
    ),
    may_be_unknown(
        "mean_dose",
        "µg/day",
        "The mean of days with and without a dose, as it is taken on the day asked.",
        _A_PRESCRIPTION,
    ),
    no_unless_recorded(
        "total_missed", "Doses reported as missed, where a number was given.", "doses"
    ),
)
