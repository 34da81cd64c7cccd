"""Reminders, the calendar and the daily summary."""

from django.apps import AppConfig


class Reminders(AppConfig):
    """Reminders, the calendar and the daily summary."""

    name = "isocourse.clinic.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Listen to where courses stand, and to what patients say."""
        from isocourse.clinic.reminders import digests, keeping  # noqa: F401
