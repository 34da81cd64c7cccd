"""How the clinic looks."""

from django.apps import AppConfig


class Looks(AppConfig):
    """How the clinic looks."""

    name = "isocourse.clinic.looks"
    label = "looks"
