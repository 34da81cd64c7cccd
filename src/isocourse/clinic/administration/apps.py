"""Administration of a clinic."""

from django.apps import AppConfig


class Administration(AppConfig):
    """What the administrator of a clinic does."""

    name = "isocourse.clinic.administration"
    label = "administration"

    def ready(self) -> None:
        """Listen to who joins."""
        from isocourse.clinic.administration import changing  # noqa: F401
