"""Changing a clinic: each change is kept with what stood before, in the same transaction."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from isocourse.clinic.administration.models import Change, Kind
from isocourse.clinic.log import clock
from isocourse.clinic.people.invitations import joined
from isocourse.clinic.people.models import Clinic, Invitation, Membership, User
from isocourse.clinic.people.places import Here
from isocourse.clinic.reminders.planning import let_go_of
from isocourse.clinic.worklist.keeping import of_yesterday


def note(
    clinic: Clinic, by: User | None, kind: str, whom: str = "", before: str = "", after: str = ""
) -> None:
    """Keep who changed what, and when."""
    said: dict[str, Any] = {"whom": whom, "before": before, "after": after}
    Change.objects.create(clinic=clinic, by=by, at=clock.now(), kind=kind, **said)


@receiver(joined, dispatch_uid="note who joined")
def _joined(invitation: Invitation, user: User, **_: Any) -> None:
    told = f"{invitation.role}, {invitation.profession}"
    note(invitation.clinic, user, Kind.JOINED, user.username, after=told)


def rename(here: Here, name: str, address: str) -> bool:
    """Give the clinic another name or address; whether it differs from what stood."""
    with transaction.atomic():
        held = Clinic.objects.select_for_update().get(pk=here.clinic.pk)
        before, after = _told(held.name, held.address), _told(name, address)
        if before == after:
            return False
        Clinic.objects.filter(pk=held.pk).update(name=name, address=address)
        note(held, here.user, Kind.NAME, before=before, after=after)
    return True


def _told(name: str, address: str) -> str:
    return "\n".join(filter(None, (name, address)))


def settle(here: Here, text: str) -> bool:
    """Give the clinic other settings; whether they differ. The worklist is assessed again."""
    with transaction.atomic():
        held = Clinic.objects.select_for_update().get(pk=here.clinic.pk)
        if held.settings == text:
            return False
        Clinic.objects.filter(pk=held.pk).update(settings=text)
        note(held, here.user, Kind.SETTINGS, before=held.settings, after=text)
        of_yesterday(held)
        let_go_of(held)
    return True


def assign(here: Here, held: Membership, role: str, profession: str) -> bool:
    """Give somebody another role from now on; their earlier one ends and stays known."""
    before = f"{held.role}, {held.profession}"
    after = f"{role}, {profession}"
    if before == after:
        return False
    now = clock.now()
    with transaction.atomic():
        if not Membership.objects.filter(pk=held.pk, ended=None).update(ended=now):
            return False
        Membership.objects.create(
            user=held.user, clinic=held.clinic, role=role, profession=profession, since=now
        )
        note(held.clinic, here.user, Kind.ROLE, held.user.username, before, after)
    return True
