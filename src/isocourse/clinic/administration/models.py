"""Who changed what of a clinic, and when: settings, name and address, people. It only grows."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.people.models import Clinic, User


class Kind(models.TextChoices):
    """What can be changed."""

    NAME = "name", _("Name and address")
    SETTINGS = "settings", _("Settings")
    INVITED = "invited", _("Invited")
    JOINED = "joined", _("Joined")
    ROLE = "role", _("Role changed")
    ENDED = "ended", _("Place ended")
    TOKEN = "token", _("Token of an application")
    FACTOR = "factor", _("Second factor removed")


class Change(models.Model):
    """One change, with what stood before and what stands since."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="changes")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    whom = models.CharField(max_length=254, blank=True)
    """The person it is about, where it is about one."""
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        """Read by clinic, newest first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["clinic", "-at"], name="change_by_clinic")
        ]
