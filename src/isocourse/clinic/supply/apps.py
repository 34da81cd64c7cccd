"""Handing capsules over."""

from django.apps import AppConfig


class Supply(AppConfig):
    """Handing capsules over."""

    name = "isocourse.clinic.supply"
    label = "supply"
