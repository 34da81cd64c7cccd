"""Second factors: a code that comes twice is told; an administrator removes one that was lost."""

import logging
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from isocourse.clinic.access.needing import needs
from isocourse.clinic.administration.changing import note
from isocourse.clinic.administration.models import Kind
from isocourse.clinic.people.models import Membership, User
from isocourse.clinic.people.notices import tell
from isocourse.clinic.people.places import Here

_log = logging.getLogger("isocourse.clinic.people")
_SHORTEST, _LONGEST = 10, 300
_INCORRECT = "incorrect_code"  # of the library; another code says that too many were tried


class _CodesOnce:
    """A right code that was used before is refused, noted in the log, and told to its person."""

    user: User
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """The code. Raises ValidationError."""
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError as wrong:
            if wrong.code == _INCORRECT and _right_now(
                self.user, self.cleaned_data.get("code", "")
            ):
                _used_twice(self.user)
                raise ValidationError(_("This code was used already. Wait for the next.")) from None
            raise


def _right_now(user: User, code: str) -> bool:
    held = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return any(validate_totp_code(decrypt(each.data["secret"]), code) for each in held)


def _used_twice(user: User) -> None:
    _log.warning("a code of a second factor came twice", extra={"person": user.pk})
    tell(user, _("A code of your app was sent twice. If it was not you, change your password."))


class Once(_CodesOnce, AuthenticateForm):  # type: ignore[misc]
    """The form for the code when somebody comes in."""


class OnceAgain(_CodesOnce, ReauthenticateForm):  # type: ignore[misc]
    """The form for the code when somebody is asked again."""


@needs("manage_people")
@require_POST
def remove_factor(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Somebody lost their second factor: it is removed, with a reason, and they are told."""
    held = get_object_or_404(Membership, pk=pk, clinic=here.clinic, ended=None)
    reason = request.POST.get("reason", "").strip()[:_LONGEST]
    if held.user_id == here.user.pk:
        messages.error(request, _("You cannot remove your own; another administrator can."))
    elif len(reason) < _SHORTEST:
        messages.error(request, _("Say how you know who asks, and why, in a few words."))
    elif _remove(here, held.user, reason):
        messages.success(request, _("Removed. They set up another when they come in next."))
    else:
        messages.info(request, _("They have no second factor."))
    return redirect("team")


def _remove(here: Here, user: User, reason: str) -> bool:
    """Remove every second factor of a person and end their sessions; whether there was one."""
    with transaction.atomic():
        factors = Authenticator.objects.filter(user=user)
        kinds = sorted({str(each) for each in factors.values_list("type", flat=True)})
        if not kinds:
            return False
        factors.delete()
        for session in UserSession.objects.filter(user=user):
            session.end()
        for each in Membership.objects.filter(user=user, ended=None).select_related("clinic"):
            told = {"before": ", ".join(kinds), "after": f"{here.clinic}: {reason}"}
            note(each.clinic, here.user, Kind.FACTOR, user.username, **told)
    _log.warning("second factors were removed", extra={"person": user.pk})
    said = _("%(who)s of %(clinic)s removed your second factor: %(why)s")
    tell(user, said % {"who": here.user, "clinic": here.clinic, "why": reason})
    return True
