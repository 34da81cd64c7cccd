"""What the patient's page keeps: who may come in, by which link, and their photographs.

Nothing here names a patient. Photographs lie encrypted under the key of their course, so that an
erasure takes them with it.
"""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from isocourse.clinic.log.models import Course
from isocourse.clinic.people.models import Clinic, User


class Access(models.Model):
    """A patient may see their own course, from when to when. It is ended, never removed."""

    user = models.OneToOneField(User, models.PROTECT, related_name="patient")
    course = models.ForeignKey(Course, models.PROTECT, related_name="accesses")
    since = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, default="en")

    class Meta:
        """A course has one patient at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["course"], condition=Q(ended=None), name="one_patient_of_a_course"
            )
        ]


class Link(models.Model):
    """A secret link that lets a patient in once, for a few days; only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    access = models.ForeignKey(Access, models.PROTECT, related_name="links")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made = models.DateTimeField()
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def open_at(self, moment: datetime) -> bool:
        """Whether it can still be used."""
        return self.used is None and moment < self.until and self.access.ended is None


class Knock(models.Model):
    """A link that was wrong: from where, as a digest that tells nothing, and when."""

    whence = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Counted by where it came from."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["whence", "at"], name="knock_by_whence")
        ]


class Photo(models.Model):
    """A photograph that a patient sent, made anew without what a camera adds, encrypted."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="photos")
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        """Read by course, newest first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["course", "-at"], name="photo_by_course")
        ]


class Looked(models.Model):
    """How far the team has read what the patient of a course wrote."""

    course = models.OneToOneField(Course, models.PROTECT, primary_key=True, related_name="looked")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Desk(models.Model):
    """Whom a patient calls, and the languages that somebody of the clinic has read through."""

    clinic = models.OneToOneField(Clinic, models.PROTECT, primary_key=True, related_name="desk")
    phone = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    emergency = models.CharField(max_length=60, blank=True)
    crisis = models.CharField(max_length=300, blank=True)
    reviewed = models.CharField(max_length=60, blank=True)
    """Codes of languages, apart by a space."""
