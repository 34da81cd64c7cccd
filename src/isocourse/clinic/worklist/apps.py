"""The worklist."""

from django.apps import AppConfig


class Worklist(AppConfig):
    """The worklist."""

    name = "isocourse.clinic.worklist"
    label = "worklist"

    def ready(self) -> None:
        """Listen to the log."""
        from isocourse.clinic.worklist import keeping  # noqa: F401
