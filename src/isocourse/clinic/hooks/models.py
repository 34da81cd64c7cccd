"""Tokens that were used once, and what became of cards. Nothing here names a patient."""

from typing import ClassVar

from django.db import models


class UsedToken(models.Model):
    """The name of a token that was accepted; until it has expired it is not accepted again."""

    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField(db_index=True)


class CardFeedback(models.Model):
    """A card was accepted or overridden, with the code of the reason."""

    service = models.CharField(max_length=60)
    card = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=200, blank=True)
    issuer = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        """Read by card."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["card"], name="feedback_by_card")
        ]
