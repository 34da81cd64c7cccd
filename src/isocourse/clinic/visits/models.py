"""Forms that are half filled in, kept until they are recorded."""

from typing import ClassVar

from django.db import models

from isocourse.clinic.log.models import Course
from isocourse.clinic.people.models import User


class Draft(models.Model):
    """What one person has filled in of one form of a course, encrypted under the course's key.

    It is no part of the log: nobody else sees it, and no decision rests on it.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="drafts")
    form = models.CharField(max_length=40)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """One a person, course and form."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "course", "form"], name="one_draft_of_a_form")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="draft_age")]
