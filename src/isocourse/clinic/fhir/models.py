"""Systems that may read a clinic, the tokens they hold, and the exports that they asked for."""

from typing import ClassVar

from django.db import models

from isocourse.clinic.people.models import Clinic, User


class System(models.Model):
    """A system that an administrator let read: its public keys and its scopes.

    Its `user` cannot sign in; the access log names it.
    """

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="systems")
    user = models.OneToOneField(User, models.PROTECT, related_name="system")
    client_id = models.CharField(max_length=64, unique=True)
    jwks = models.URLField(blank=True)
    keys = models.TextField(blank=True)
    scopes = models.TextField()
    made_at = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.user.name


class Access(models.Model):
    """An access token as its digest: whose it is, for what, and until when."""

    digest = models.CharField(max_length=64, unique=True)
    system = models.ForeignKey(System, models.CASCADE, related_name="+")
    scopes = models.TextField()
    expires = models.DateTimeField(db_index=True)


class Export(models.Model):
    """An export that was asked for: of what, as of when. It holds no data; these are read anew."""

    name = models.CharField(max_length=64, unique=True)
    system = models.ForeignKey(System, models.CASCADE, related_name="+")
    request = models.TextField()
    kinds = models.TextField()
    since = models.DateTimeField(null=True)
    at = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        """Counted by system."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["system", "expires"], name="export_by_system")
        ]
