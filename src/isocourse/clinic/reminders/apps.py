"""Reminders, the calendar and the daily summary."""

from django.apps import AppConfig


class Reminders(AppConfig):
    """Reminders, the calendar and the daily summary."""

    name = "isocourse.clinic.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Listen to where courses stand."""
        from isocourse.clinic.reminders import keeping  # noqa: F401
