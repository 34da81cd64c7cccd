"""Where a signed-in person stands: in which clinic, as what."""

from dataclasses import dataclass

from django.http import HttpRequest

from isocourse.clinic.log.recording import Writer
from isocourse.clinic.people.models import Clinic, Membership, User

CHOSEN = "clinic"
_KNOWN, _HELD = "_here", "_memberships"  # found once for a request


@dataclass(frozen=True, slots=True)
class Here:
    """A person in one of their clinics."""

    user: User
    clinic: Clinic
    role: str
    profession: str

    @property
    def writer(self) -> Writer:
        """The same as one who records."""
        return Writer(self.user, self.profession)


def memberships(user: User) -> list[Membership]:
    """What a person is now, in each of their clinics."""
    held = user.memberships.filter(ended=None, user__is_active=True)
    return list(held.select_related("clinic").order_by("clinic__name"))


def held(request: HttpRequest) -> list[Membership]:
    """What the signed-in person is now, in each of their clinics; nothing for anybody else."""
    if not hasattr(request, _HELD):
        user = request.user
        setattr(request, _HELD, memberships(user) if isinstance(user, User) else [])
    found: list[Membership] = getattr(request, _HELD)
    return found


def where(request: HttpRequest) -> Here | None:
    """The clinic that was chosen in this session, else the first one; None without any."""
    if not hasattr(request, _KNOWN):
        setattr(request, _KNOWN, _where(request))
    found: Here | None = getattr(request, _KNOWN)
    return found


def _where(request: HttpRequest) -> Here | None:
    user = request.user
    if not isinstance(user, User):
        return None
    chosen = request.session.get(CHOSEN)
    places = held(request)
    found = next((each for each in places if each.clinic_id == chosen), None) or next(
        iter(places), None
    )
    return Here(user, found.clinic, found.role, found.profession) if found else None
