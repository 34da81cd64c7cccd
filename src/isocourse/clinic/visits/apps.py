"""Recording."""

from django.apps import AppConfig


class Visits(AppConfig):
    """The forms by which a team records."""

    name = "isocourse.clinic.visits"
    label = "visits"

    def ready(self) -> None:
        """Listen to the log."""
        from isocourse.clinic.visits import drafts  # noqa: F401
