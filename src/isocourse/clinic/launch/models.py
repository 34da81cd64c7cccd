"""Who in an EHR is who here, as keyed digests that tell nothing by themselves."""

from typing import ClassVar

from django.db import models

from isocourse.clinic.log.models import Course
from isocourse.clinic.people.models import Clinic, User


class PatientLink(models.Model):
    """A patient of an EHR is the patient of a course; somebody of the clinic said so."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """One course for a patient of an EHR in a clinic."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["clinic", "digest"], name="one_course_for_a_patient")
        ]


class PersonLink(models.Model):
    """A user of an EHR is a person here, who said so after signing in. It gives no right."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
