"""The patient's page."""

from django.apps import AppConfig


class Portal(AppConfig):
    """The patient's page."""

    name = "isocourse.clinic.portal"
    label = "portal"

    def ready(self) -> None:
        """Photographs go when their person is forgotten."""
        from isocourse.clinic.portal import forgetting  # noqa: F401
