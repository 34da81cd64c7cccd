"""Passwords: how they are hashed, and how long they may be."""

from typing import Any

from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128
_MEMORY = 128 * 1024 * 1024


class Scrypt(ScryptPasswordHasher):
    """Scrypt with the cost that the ASVS asks for: 64 MiB for each guess."""

    work_factor = 2**16
    parallelism = 1
    maxmem = _MEMORY


class NotTooLong:
    """A password of at most 128 signs, so that hashing one cannot be made to take long."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError when it is longer."""
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("At most %(n)s signs.") % {"n": LONGEST}
