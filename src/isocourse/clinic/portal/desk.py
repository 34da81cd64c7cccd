"""Whom a patient calls, and in which languages their page can be read."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.people.models import Clinic
from isocourse.clinic.portal.models import Desk

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "es": "Español", "hi": "हिन्दी"}
"""Each in its own words; those beside English have catalogues here."""
NAMES: dict[str, Promise] = {"es": _("Spanish"), "hi": _("Hindi")}


def desk(clinic: Clinic) -> Desk:
    """What a clinic has said; an empty one while it has said nothing."""
    return Desk.objects.filter(clinic=clinic).first() or Desk(clinic=clinic)


def reviewed(held: Desk) -> list[str]:
    """The languages that somebody of the clinic has read through and let on."""
    return [each for each in held.reviewed.split() if each in NAMES]


def offered(held: Desk) -> list[str]:
    """The languages that a patient may choose: in the demonstration also unread ones."""
    more = list(NAMES) if settings.DEMONSTRATION else reviewed(held)
    return [ENGLISH, *more]
