"""Mail for those of the team who want it: the summary of a day, and at once what cannot wait.

Both hold counts, and no name.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isocourse.clinic.access.acts import may
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Head
from isocourse.clinic.log.sealing import named
from isocourse.clinic.people.models import Clinic, Membership, User
from isocourse.clinic.portal.word import urgent
from isocourse.clinic.reminders.models import Message, State, Wish
from isocourse.clinic.reminders.restoring import Unknown
from isocourse.clinic.reminders.timing import at_hour, end_of
from isocourse.clinic.reminders.wording import Mail, to_the_team
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.standing import NOW

AT_ONCE = "at once"
"""In the place of a deadline: what a patient said cannot wait for the summary."""
_URGENT_FOR = timedelta(days=1)


def wishes(user: User, clinic: Clinic) -> bool:
    """Whether somebody wants the summary of a clinic."""
    return Wish.objects.filter(user=user, clinic=clinic).exists()


def wish(user: User, clinic: Clinic, wanted: bool) -> None:
    """Let somebody have it, or no longer."""
    if wanted:
        Wish.objects.get_or_create(user=user, clinic=clinic, defaults={"since": clock.now()})
    else:
        Wish.objects.filter(user=user, clinic=clinic).delete()


def plan() -> None:
    """A message for each who wants one, once for each day of their clinic."""
    now = clock.now()
    for each in Wish.objects.select_related("user", "clinic"):
        today = now.astimezone(each.clinic.zone).date()
        due = at_hour(today, each.clinic.zone)
        if now >= due and _may(each.user, each.clinic):
            _planned(each, today, due, now)


def _planned(each: Wish, today: date, due: datetime, now: datetime) -> None:
    key = named("summary", each.user_id, each.clinic_id, today)
    row = {"clinic": each.clinic, "user": each.user, "due": due, "changed_at": now}
    until = end_of(today, each.clinic.zone)
    row |= {"until": until, **Unknown().first_state(due, until)}
    Message.objects.get_or_create(key=key, defaults=row)


def _may(user: User, clinic: Clinic) -> bool:
    held = Membership.objects.filter(
        user=user, clinic=clinic, ended=None, user__is_active=True, user__email__contains="@"
    ).first()
    return held is not None and may(held.role, "see_worklist")


@receiver(urgent, dispatch_uid="tell the team at once")
def at_once(course: Course, **more: Any) -> None:
    """A patient's word raised an alert that cannot wait: a message to each who wants mail.

    In a step of its own, so that a failure here leaves the word that is being recorded alone.
    """
    now = clock.now()
    with transaction.atomic():
        number = Head.objects.get(course=course).number
        for each in Wish.objects.filter(clinic=course.clinic).select_related("user", "clinic"):
            if _may(each.user, each.clinic):
                key = named("at once", each.user_id, course.code, number)
                row = {"clinic": each.clinic, "user": each.user, "deadline": AT_ONCE}
                row |= {"due": now, "until": now + _URGENT_FOR, "changed_at": now}
                Message.objects.get_or_create(key=key, defaults=row)


def mail(message: Message) -> Mail | None:
    """The summary as it stands now; None for who left, or wants it no longer."""
    user, clinic = message.user, message.clinic
    if user is None or not _may(user, clinic) or not wishes(user, clinic):
        return None
    if message.deadline == AT_ONCE:
        return to_the_team(
            message.key,
            user.email,
            [_("A patient told something that cannot wait.")],
            _("Please look now"),
        )
    return to_the_team(message.key, user.email, lines(clinic))


def lines(clinic: Clinic) -> list[str]:
    """What a clinic's day holds, in counts."""
    now = clock.now().astimezone(clinic.zone)
    tonight = datetime.combine(now.date() + timedelta(days=1), time(), clinic.zone)
    held = Standing.objects.filter(clinic=clinic)
    alerts = held.filter(urgency__gte=NOW).count()
    closing = held.filter(dispense="allowed", closes__gte=now, closes__lt=tonight).count()
    overdue = held.filter(due_by__lt=now.date()).count()
    unsure = Message.objects.filter(clinic=clinic, state=State.UNCERTAIN).count()
    told = [
        ngettext("%d record to act on now", "%d records to act on now", alerts) % alerts,
        ngettext("%d window closes today", "%d windows close today", closing) % closing,
        ngettext("%d thing overdue", "%d things overdue", overdue) % overdue,
    ]
    if unsure:
        told.append(
            ngettext("%d mail of unknown fate", "%d mails of unknown fate", unsure) % unsure
        )
    return [_("Your day:"), *told]
