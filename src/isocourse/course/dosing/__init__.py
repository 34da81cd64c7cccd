"""The dose: what is usual for this patient, what was taken so far, and when the course is full."""

from isocourse.course.dosing.answer import Dose, dose
from isocourse.course.dosing.capsules import Plan, at_most, nearest, plan
from isocourse.course.dosing.plans import LowDose, alternating, low_dose, tapered
from isocourse.course.dosing.recommended import Recommended
from isocourse.course.dosing.values import Dosing, dosing

__all__ = [
    "Dose",
    "Dosing",
    "LowDose",
    "Plan",
    "Recommended",
    "alternating",
    "at_most",
    "dose",
    "dosing",
    "low_dose",
    "nearest",
    "plan",
    "tapered",
]
