"""Prescribing."""

from django.apps import AppConfig


class Prescribing(AppConfig):
    """Prescribing."""

    name = "isocourse.clinic.prescribing"
    label = "prescribing"
