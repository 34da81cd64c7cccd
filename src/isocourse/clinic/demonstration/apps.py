"""A clinic to try."""

from django.apps import AppConfig


class Demonstration(AppConfig):
    """A clinic to try."""

    name = "isocourse.clinic.demonstration"
    label = "demonstration"
