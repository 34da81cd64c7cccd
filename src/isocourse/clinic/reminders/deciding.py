"""What a person may decide of a mail: try again, take it as sent, or let it go."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.log import clock
from isocourse.clinic.people.models import User
from isocourse.clinic.reminders.models import Message, State

_LABELS: Mapping[str, Promise] = {
    "again": _("Send again"),
    "sent": _("It arrived"),
    "cancel": _("Do not send"),
}
_FROM: Mapping[str, tuple[str, ...]] = {
    "again": (State.UNCERTAIN, State.FAILED),
    "sent": (State.UNCERTAIN,),
    "cancel": (State.WAITING, State.UNCERTAIN, State.FAILED),
}
_TO: Mapping[str, str] = {
    "again": State.WAITING,
    "sent": State.SENT,
    "cancel": State.WITHDRAWN,
}


def choices(message: Message) -> list[tuple[str, Promise]]:
    """What may be decided of a mail as it stands; too late, it is not sent again."""
    over = message.until <= clock.now()
    return [
        (do, label)
        for do, label in _LABELS.items()
        if message.state in _FROM[do] and not (over and do == "again")
    ]


def decide(message: Message, do: str, user: User) -> bool:
    """Decide it; whether the mail still stood so."""
    if do not in dict(choices(message)):
        return False
    now = clock.now()
    change = {"due": now, "attempts": 0} if do == "again" else {}
    held = Message.objects.filter(pk=message.pk, state=message.state)
    return bool(held.update(state=_TO[do], by=user, changed_at=now, lease="", **change))
