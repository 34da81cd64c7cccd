"""The forecast of a patient, the decision page, and what is commonly claimed."""

from django.apps import AppConfig


class Forecasts(AppConfig):
    """The forecast of a patient."""

    name = "isocourse.clinic.forecasts"
    label = "forecasts"

    def ready(self) -> None:
        """Listen to erasures."""
        from isocourse.clinic.forecasts import remembering  # noqa: F401
