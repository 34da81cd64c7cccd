"""What a person may decide of a mail: try again, take it as sent, or let it go."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.reading import Erased, read
from isocourse.clinic.people.models import User
from isocourse.clinic.reminders.holding import holds
from isocourse.clinic.reminders.models import Message, State
from isocourse.course import NoValue

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


class NoLonger(Exception):
    """What the mail says does not hold any more: it is not sent again."""


def decide(message: Message, do: str, user: User) -> bool:
    """Decide it; whether the mail still stood so. Raises NoLonger."""
    if do not in dict(choices(message)):
        return False
    if do == "again" and not _true(message):
        raise NoLonger
    now = clock.now()
    change = {"due": now, "attempts": 0} if do == "again" else {}
    held = Message.objects.filter(pk=message.pk, state=message.state)
    return bool(held.update(state=_TO[do], by=user, changed_at=now, lease="", **change))


def _true(message: Message) -> bool:
    if message.course is None:
        return True
    try:
        return holds(read(message.course), message)
    except (Broken, Erased, NoValue):
        return False
