"""What waits to be sent, the days it hangs on, and the secret addresses that need no sign-in.

The days follow from the log and can be made again. What was sent cannot: it is part of a backup.
Everything that tells of a course is encrypted under its key, and goes with it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.log.models import Course
from isocourse.clinic.people.models import Clinic, User


class Purpose(models.TextChoices):
    """What a secret address is for."""

    LEAVE = "leave", _("No more reminders")
    FEED = "feed", _("Calendar")


class Door(models.Model):
    """A secret address of one course that opens without sign-in; only its digest is kept."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="doors")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    shut_at = models.DateTimeField(null=True)
    """A calendar that is shut leads nowhere. What ends reminders goes on ending them: shut, nobody
    is reminded because of it any more."""

    class Meta:
        """Looked up by course."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["course", "purpose"], name="door_by_course")
        ]


class Deadline(models.Model):
    """A day of a course on which something begins, must be done, or ends; moved, never doubled."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="deadlines")
    uid = models.CharField(max_length=64, unique=True)
    rule = models.CharField(max_length=64)
    """The digest of the rule it comes from: tells nothing, and finds the deadline again."""
    number = models.PositiveIntegerField()
    """Of how many with the same rule, counted from 1."""
    body = models.TextField()
    same = models.CharField(max_length=64)
    """The digest of what it says, by which a change is seen."""
    sequence = models.PositiveIntegerField(default=0)
    cancelled = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        """One of a number."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["course", "rule", "number"], name="one_deadline_a_number"
            )
        ]


class Planned(models.Model):
    """Up to which entry, and on which day, a course was last planned for its reminders."""

    course = models.OneToOneField(Course, models.PROTECT, primary_key=True, related_name="planned")
    number = models.PositiveIntegerField()
    """Up to which entry; 0 where it was tried and could not be planned."""
    on = models.DateField()
    tried_at = models.DateTimeField(null=True)
    """Who was tried last stands last when there are more than one pass can plan."""


class Restored(models.Model):
    """A time of which nothing is known: from a backup to the moment at which it was put back."""

    since = models.DateTimeField()
    at = models.DateTimeField()


class State(models.TextChoices):
    """What became of a message."""

    WAITING = "waiting", _("Waiting")
    LEASED = "leased", _("Being sent")
    HANDING = "handing", _("Being handed to the mail server")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Perhaps sent")
    FAILED = "failed", _("Failed")
    LATE = "late", _("Too late to be sent")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = (State.WAITING, State.LEASED)
"""States in which a message has certainly not left."""


class Message(models.Model):
    """One mail to one person, to be sent once: for a patient's deadline, or a member of the team.

    `key` names what it says to whom; the database keeps it unique.
    """

    key = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, null=True, related_name="messages")
    deadline = models.CharField(max_length=64, blank=True)
    """The uid of the deadline it hangs on; for the team, empty or that it could not wait."""
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    body = models.TextField(blank=True)
    """What it says, encrypted under the key of the course; empty for the team's own."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due = models.DateTimeField()
    until = models.DateTimeField()
    lease = models.CharField(max_length=32, blank=True)
    """Who has it in hand: a random word of one worker."""
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Who decided by hand what became of it."""

    class Meta:
        """For exactly one person; found by when it is due."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(course=None, user__isnull=False) | Q(course__isnull=False, user=None),
                name="message_to_one",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due"], name="message_due"),
            models.Index(fields=["clinic", "state", "due"], name="message_by_clinic"),
            models.Index(fields=["course", "deadline"], name="message_by_deadline"),
        ]


class Wish(models.Model):
    """Somebody of the team wants the daily summary of a clinic by mail."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        """Once a clinic."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "clinic"], name="one_wish_a_clinic")
        ]
