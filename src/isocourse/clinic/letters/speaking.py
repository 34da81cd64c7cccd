"""In which language a patient's letter is printed: the one they chose, where the clinic read it."""

from django.utils.translation import gettext as _

from isocourse.clinic.log.reading import Held
from isocourse.clinic.portal.desk import ENGLISH, LANGUAGES, desk, offered, reviewed
from isocourse.clinic.portal.models import Access
from isocourse.clinic.reminders.contact import contact_of


def languages(held: Held) -> list[tuple[str, str]]:
    """The languages that a letter of a patient can be printed in, each in its own word."""
    return [(each, LANGUAGES[each]) for each in offered(desk(held.course.clinic))]


def chosen(held: Held) -> str:
    """The language that a patient chose on their page or for their mails; English otherwise."""
    access = Access.objects.filter(course=held.course, ended=None).first()
    contact = contact_of(held)
    said = [each.language for each in (access, contact) if each is not None]
    known = [each for each in said if each in dict(languages(held)) and each != ENGLISH]
    return known[0] if known else ENGLISH


def notice(held: Held, language: str) -> str:
    """What a letter says at its head while nobody of the clinic has read its language through."""
    if language == ENGLISH or language in reviewed(desk(held.course.clinic)):
        return ""
    return _("No one of the clinic has read this translation yet.")
