"""The tokens of applications: which clinic, which role's rights, until when, when last used."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.people.models import Clinic, Role, User

ROLES = (Role.PRESCRIBER, Role.NURSE, Role.PHARMACIST, Role.AUDITOR)
"""Whose rights a token may have. None has those of an administrator."""


class Token(models.Model):
    """A key that one application holds. Its text is kept nowhere, only a digest of it."""

    digest = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="tokens")
    user = models.OneToOneField(User, models.PROTECT, related_name="token")
    """The application as one who records: it has no password and cannot sign in."""
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(max_length=16, choices=[(each.value, each.label) for each in ROLES])
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    last_used = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)
    """How often it asked in the minute of `last_used`."""

    class Meta:
        """Read by clinic, newest first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["clinic", "-made_at"], name="token_by_clinic")
        ]

    def __str__(self) -> str:
        return self.name

    def good_at(self, moment: datetime) -> bool:
        """Whether it still opens anything."""
        return self.ended is None and moment < self.until
