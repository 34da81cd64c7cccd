"""What a clinic has not told its patients yet: whom to call, and who helps in a crisis."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.portal.models import Desk

LACKING: dict[str, Promise] = {
    "crisis": _(
        "Nobody is named for thoughts of suicide. A patient who has them reads only to call the "
        "team or the emergency number. No number is shipped, because none is in the sources: "
        "write who answers, day and night, where your patients live."
    ),
    "emergency": _("There is no emergency number: patients are told to find it themselves."),
    "phone": _("There is no telephone: patients are told to look on their papers."),
}
"""What a clinic has to say before it invites a patient, with what follows from its absence."""


def lacking(held: Desk) -> list[Promise]:
    """What the clinic has not said to its patients yet, the gravest first."""
    return [said for name, said in LACKING.items() if not getattr(held, name).strip()]
