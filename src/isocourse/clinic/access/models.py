"""Who opened which course, and who broke the glass. Both tables only grow."""

from typing import ClassVar

from django.db import models

from isocourse.clinic.log.models import Course
from isocourse.clinic.people.models import Clinic, User


class BreakGlass(models.Model):
    """Emergency access of a person to one course of another clinic, for a while, with a reason."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="emergencies")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    until = models.DateTimeField()


class Opening(models.Model):
    """Somebody saw a course: who, from which clinic, when, on which page."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="openings")
    at = models.DateTimeField()
    page = models.CharField(max_length=60)
    emergency = models.ForeignKey(BreakGlass, models.PROTECT, null=True, related_name="openings")

    class Meta:
        """Read by course, newest first; and by person, for unusual days."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["course", "at"], name="opening_by_course"),
            models.Index(fields=["user", "at"], name="opening_by_person"),
        ]
