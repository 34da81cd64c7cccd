"""After a restore: what may have left since the backup is told as such, and not sent again.

Of the time from a backup to the moment it was put back nothing is known. A message that could have
left in that time is uncertain, whether the backup held it or it is made anew afterwards. Who ended
their mail in that time is known: it stands outside the database, and holds.
"""

from datetime import datetime

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import Writer
from isocourse.clinic.reminders import contact
from isocourse.clinic.reminders.models import OPEN, Message, Restored, State

_TROUBLE = "restored"


def after_a_restore(since: datetime) -> int:
    """Keep that nothing is known since then; how many messages that were held may have left."""
    now = clock.now()
    Restored.objects.create(since=since, at=now)
    held = Message.objects.filter(state__in=(*OPEN, State.HANDING), due__lt=now)
    return held.update(state=State.UNCERTAIN, trouble=_TROUBLE, changed_at=now)


def end_again(since: datetime, writer: Writer) -> int:
    """End the mail of those who ended it since a backup; of how many patients."""
    codes = {code for code, at in contact.ENDED.lines() if at >= since}
    held = Course.objects.filter(code__in=codes, key__isnull=False).order_by("pk")
    return sum(contact.end(course, writer, contact.AGAIN) for course in held)


class Unknown:
    """The times of which nothing is known."""

    def __init__(self) -> None:
        self.spans = list(Restored.objects.values_list("since", "at"))

    def first_state(self, due: datetime, until: datetime) -> dict[str, str]:
        """How a message begins that could be sent from when it is due until it is over."""
        if any(due <= at and until > since for since, at in self.spans):
            return {"state": State.UNCERTAIN, "trouble": _TROUBLE}
        return {"state": State.WAITING, "trouble": ""}
