"""Launches from an EHR."""

from django.apps import AppConfig


class Launch(AppConfig):
    """What an EHR opens."""

    name = "isocourse.clinic.launch"
    label = "launch"

    def ready(self) -> None:
        """Forget links with the person."""
        from isocourse.clinic.launch import linking  # noqa: F401
