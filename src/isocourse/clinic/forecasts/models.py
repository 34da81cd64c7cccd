"""The forecasts that were shown, as they were: what was likely, known when, and what came.

Both bodies are encrypted under the key of the course, and go with it.
"""

from typing import ClassVar

from django.db import models

from isocourse.clinic.log.models import Course
from isocourse.clinic.people.models import Clinic


class Kept(models.Model):
    """One forecast of a course: as of a day and an entry of its log."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="kept_forecasts")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    on = models.DateField()
    number = models.PositiveIntegerField()
    """The last entry that was known."""
    replayed = models.BooleanField(default=False)
    """Made afterwards, of a past visit, from what was known then."""
    made_at = models.DateTimeField()
    body = models.TextField()
    looks = models.TextField(blank=True)
    """What was observed afterwards, held against it."""

    class Meta:
        """One for a state of the record on a day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["course", "on", "number", "replayed"], name="one_forecast_kept"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["clinic"], name="kept_clinic")
        ]
