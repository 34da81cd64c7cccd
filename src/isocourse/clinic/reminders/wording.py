"""What a mail says: that there is something to do, by when, and where to look. Nothing else.

No name, no medicine, no clinic, no kind of appointment: a mail is read on locked screens and in
shared boxes. What it is about stands behind the sign-in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isocourse.clinic.portal.desk import ENGLISH
from isocourse.clinic.portal.needing import LANGUAGE
from isocourse.clinic.reminders.contact import Contact

PORTAL = "my_home"
"""The name of the patient's first page, where there is one."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that is ready to be handed over."""

    to: str
    message: EmailMessage

    @property
    def name(self) -> str:
        """The Message-ID: the same at every try, so that doubles can be known."""
        return str(self.message.extra_headers["Message-ID"])


def to_a_patient(key: str, said: Mapping[str, Any], contact: Contact) -> Mail:
    """A reminder of a deadline."""
    with translation.override(contact.language):
        subject, text = _reminder(said["which"], date.fromisoformat(said["last"]))
        way_out = _way_out(contact)
        body = "\n\n".join(
            (text, _("Look here: %s") % _page(), _("No more reminders: %s") % way_out)
        )
        headers = {
            "List-Unsubscribe": f"<{way_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return _mail(key, contact.to, subject, body, headers)


def _way_out(contact: Contact) -> str:
    """Where the reminders end; the page there knows nobody, so the address names the language."""
    there = address("leave", contact.leave)
    return there if contact.language == ENGLISH else f"{there}?{LANGUAGE}={contact.language}"


def to_the_team(key: str, to: str, lines: list[str], subject: str = "") -> Mail:
    """The summary of a clinic's day, or what cannot wait for it: counts, and no name."""
    body = "\n".join(lines) + "\n\n" + _("Look here: %s") % address("worklist")
    body += "\n" + _("You asked for mail about your day; end it here: %s") % address("summary")
    return _mail(key, to, subject or _("Today"), body, {})


def _reminder(which: str, last: date) -> tuple[str, str]:
    day = date_format(last, "l j F")
    if which == "opens":
        return (
            _("A reminder"),
            _("There is something you can do from today. It has to be done by %s.") % day,
        )
    if which == "over":
        return _("Something has changed"), _("Something that held for you has come to its end.")
    if which == "now":
        return _("A reminder"), _("There is something for you to do. Please do it soon.")
    return _("A reminder"), _("You have something to do by %s.") % day


def _page() -> str:
    """The patient's own page, or where one signs in to it."""
    try:
        return address(PORTAL)
    except NoReverseMatch:
        return address("home")


def address(name: str, *parts: str) -> str:
    """An address of the clinic as the outside world writes it."""
    return f"{settings.ADDRESS}{reverse(name, args=parts)}"


def _mail(key: str, to: str, subject: str, body: str, headers: Mapping[str, str]) -> Mail:
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    named = {"Message-ID": f"<{key[:40]}@{domain}>", "Auto-Submitted": "auto-generated"}
    return Mail(to, EmailMessage(subject, body, sender, [to], headers={**headers, **named}))
