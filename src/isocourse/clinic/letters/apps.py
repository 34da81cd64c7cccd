"""Letters."""

from django.apps import AppConfig


class Letters(AppConfig):
    """Letters."""

    name = "isocourse.clinic.letters"
    label = "letters"
