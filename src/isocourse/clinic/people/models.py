"""Clinics, people, and who is what in which clinic."""

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isocourse.course import DEFAULT, Settings, read_settings
from isocourse.words import tokens
from isocourse.words.places import ZONES


class Role(models.TextChoices):
    """What a person may be in a clinic."""

    PRESCRIBER = "prescriber", _("Prescriber")
    NURSE = "nurse", _("Nurse")
    PHARMACIST = "pharmacist", _("Pharmacist")
    ADMINISTRATOR = "administrator", _("Clinic administrator")
    AUDITOR = "auditor", _("Auditor")


class Installation(models.Model):
    """One row: whether this database is the demonstration, decided when it was empty."""

    ONLY = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    demonstration = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        """There is only one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="only_one_installation")
        ]


class Clinic(models.Model):
    """A team with its own patients. No clinic sees another's."""

    name = models.CharField(_("name"), max_length=200)
    address = models.TextField(_("address"), blank=True)
    place = models.CharField(_("rules of"), max_length=8, choices=[(p, p) for p in tokens.PLACES])
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    settings = models.TextField(_("local settings"), blank=True)
    """The clinic's settings file (TOML): programme dates and local rules."""

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The clock by which the clinic works."""
        return ZoneInfo(self.time_zone or ZONES[self.place])

    @property
    def rules(self) -> Settings:
        """The clinic's settings as the engine reads them."""
        return read_settings(self.settings.encode(), self.name) if self.settings else DEFAULT


class Users(BaseUserManager["User"]):
    """People by the name with which they sign in."""

    def create_user(self, username: str, password: str | None = None, **given: Any) -> "User":
        """A person who can sign in with a password."""
        user = User(username=User.normalize_username(username), **given)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person of the staff, who has a place in a clinic (see Membership), or a patient."""

    username = models.CharField(_("user name"), max_length=80, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(_("may sign in"), default=True)
    made_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects: ClassVar[Users] = Users()

    def __str__(self) -> str:
        return self.name or self.username


class Membership(models.Model):
    """What a person is in a clinic, from when to when. It is ended, never removed."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    profession = models.CharField(max_length=60, default="other")
    """The word for them in a course file: dermatologist, specialist_nurse, gp, ..."""
    since = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        """A person has one role in a clinic at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "clinic"], condition=Q(ended=None), name="one_role_in_a_clinic"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Invitation(models.Model):
    """A place in a clinic, kept for the person who holds the secret link."""

    digest = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey(Clinic, models.PROTECT)
    role = models.CharField(max_length=16, choices=Role.choices)
    profession = models.CharField(max_length=60, default="other")
    email = models.EmailField(_("e-mail"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="invited")
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def open_at(self, moment: datetime) -> bool:
        """Whether it can still be used."""
        return self.used is None and moment < self.until


class Notice(models.Model):
    """Something that a person is told when they come in next: what happened to their account."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    said = models.CharField(max_length=500)
    shown = models.DateTimeField(null=True)


class Kept(models.Model):
    """What every worker has to know for a while, such as codes that were used. It holds no patient.

    The table of the cache: in the memory of one worker, another would take the same code again.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        """The cache asks for it by name."""

        db_table = "people_kept"
