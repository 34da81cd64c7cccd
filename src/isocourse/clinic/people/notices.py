"""People are told what happened to their account: at their next sign-in, and by mail."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.core.mail import send_mail
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from isocourse.clinic.log import clock
from isocourse.clinic.people.models import Notice, User

_NOWHERE = ("console", "dummy", "filebased")
"""Ways of mail that reach nobody."""


def tell(user: User, said: str) -> None:
    """Tell a person: it waits for their next sign-in, and goes by mail where that is set up."""
    most = Notice._meta.get_field("said").max_length
    Notice.objects.create(user=user, at=clock.now(), said=said[:most])
    if user.email and not any(each in settings.EMAIL_BACKEND for each in _NOWHERE):
        send_mail(_("Your account at isocourse"), said, None, [user.email], fail_silently=True)


@receiver(user_logged_in, dispatch_uid="show notices")
def _show(request: HttpRequest, user: User, **_given: Any) -> None:
    held = list(Notice.objects.filter(user=user, shown=None).order_by("at"))
    for each in held:
        when = f"{each.at:%Y-%m-%d %H:%M} UTC"
        messages.warning(request, f"{when}: {each.said}", fail_silently=True)
    Notice.objects.filter(pk__in=[each.pk for each in held]).update(shown=clock.now())
