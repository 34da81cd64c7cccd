"""The people of the clinics."""

from django.apps import AppConfig


class People(AppConfig):
    """Clinics, people and their roles."""

    name = "isocourse.clinic.people"
    label = "people"

    def ready(self) -> None:
        """What happened to an account is told at the next sign-in."""
        from isocourse.clinic.people import notices  # noqa: F401
