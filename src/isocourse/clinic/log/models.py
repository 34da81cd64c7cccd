"""What the database holds of a course: sealed entries, and the keys and terms that open them.

`Course`, `Entry` and `Erasure` only grow: triggers of the database refuse every other change (see
`guards`). `Head`, `Identity` and `Term` follow from the entries and can be made again.
"""

from typing import ClassVar

from django.db import models

from isocourse.clinic.people.models import Clinic, User


class Course(models.Model):
    """One course of one patient, known in the open only by its code."""

    code = models.CharField(max_length=12, unique=True)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="courses")
    place = models.CharField(max_length=8)
    time_zone = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class DataKey(models.Model):
    """The key of one course, itself locked under a key of the environment.

    An erasure removes this row, and with it every word of the course.
    """

    course = models.OneToOneField(Course, models.PROTECT, primary_key=True, related_name="key")
    under = models.CharField(max_length=40)
    locked = models.TextField()


class Form(models.TextChoices):
    """What an entry of the log is."""

    OPENED = "opened"
    IDENTITY = "identity"
    EVENT = "event"
    IMPORTED = "imported"
    DECISION = "decision"
    OUTAGE = "outage"
    CONTACT = "contact"
    ERASED = "erased"


class Entry(models.Model):
    """One entry of the log of a course: encrypted, dated by the server, chained to the one before.

    `once` names an act that can be done only once, such as one hand-over, in a form that tells
    nothing; the database keeps it unique.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=10, choices=Form.choices)
    body = models.TextField()
    once = models.CharField(max_length=64, null=True, unique=True)
    mac = models.CharField(max_length=64)

    class Meta:
        """Numbered from 1 without a gap."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "number"], name="one_entry_a_number")
        ]


class Head(models.Model):
    """Where the log of a course ends, sealed. Whoever writes to a course locks this row."""

    course = models.OneToOneField(Course, models.PROTECT, primary_key=True, related_name="head")
    number = models.PositiveIntegerField()
    mac = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)


class Identity(models.Model):
    """The patient's name as it stands now, encrypted, so that a list need not read whole logs."""

    course = models.OneToOneField(Course, models.PROTECT, primary_key=True, related_name="identity")
    body = models.TextField()


class Term(models.Model):
    """A word by which a course can be found, as a keyed digest that tells nothing by itself."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="terms")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=32)

    class Meta:
        """Looked up by clinic and digest."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["clinic", "digest"], name="term_by_clinic")
        ]


class Erasure(models.Model):
    """A person was forgotten: when, by whom and why. The key is gone; the chain stays whole."""

    course = models.OneToOneField(Course, models.PROTECT, primary_key=True, related_name="erasure")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500)
