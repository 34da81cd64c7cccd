"""Where each course stands, kept beside the log so that a list of thousands is one question.

It follows from the logs and can be made again at any time; no decision rests on it.
"""

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models

from isocourse.clinic.log.models import Course
from isocourse.clinic.people.models import Clinic

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Standing(models.Model):
    """A course as it stood when it was last assessed."""

    course = models.OneToOneField(Course, models.PROTECT, primary_key=True, related_name="standing")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    assessed_on = models.DateField()
    state = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    dispense = models.CharField(max_length=16)
    prescribe = models.CharField(max_length=16)
    urgency = models.PositiveSmallIntegerField()
    closes = models.DateTimeField(null=True)
    due = models.DateField(null=True)
    until = models.DateTimeField(default=NEVER)
    due_by = models.DateField(default=NEVER.date())
    """The same two for putting in order: what has none comes last, on every database."""
    week = models.IntegerField(default=0)  # of treatment; 0 when it has not begun
    waits_since = models.DateTimeField(null=True)
    """When the registry was first tried in vain, while its word is still awaited."""
    body = models.TextField()
    """What blocks, what alerts and what is due, in words, encrypted under the course's key."""

    class Meta:
        """Every list of a page is an index away."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["clinic", "-urgency", "until", "code"], name="standing_first"),
            models.Index(
                fields=["clinic", "state", "-urgency", "until", "code"], name="standing_state"
            ),
            models.Index(fields=["clinic", "until", "code"], name="standing_until"),
            models.Index(fields=["clinic", "due_by", "code"], name="standing_due"),
            models.Index(fields=["clinic", "-week", "code"], name="standing_week"),
            models.Index(fields=["clinic", "code"], name="standing_code"),
            models.Index(fields=["clinic", "waits_since"], name="standing_waits"),
            models.Index(fields=["assessed_on"], name="standing_age"),
        ]
