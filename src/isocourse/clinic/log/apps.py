"""The log of each course."""

from django.apps import AppConfig


class TheLog(AppConfig):
    """Courses, their entries and their keys."""

    name = "isocourse.clinic.log"
    label = "log"
