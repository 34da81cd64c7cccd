"""A patient who agreed to be reminded, and a mail server of one's own that keeps what it gets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

from aiosmtpd.controller import Controller
from tests.clinic import team
from tests.clinic.faults.server import free_port

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Head
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.reminders import contact
from isocourse.clinic.reminders.handing import SMTP
from isocourse.clinic.reminders.models import Message, Planned, State

TO = "ada@example.org"
NOW = team.NOW


def treated(of: Clinic, woman: bool = True) -> Course:
    """A patient on treatment whose capsules wait to be handed over in the coming week."""
    return team.ready_to_hand_over(of, woman)[0]


def reminded(of: Clinic, to: str = TO, woman: bool = True) -> Course:
    """The same, who has agreed to be reminded."""
    course = treated(of, woman)
    with clock.standing_at(NOW):
        contact.agree(course, team.writer(of, "nurse"), to)
    return course


def planned(course: Course) -> None:
    """Let the course count as planned for good, so that a pass only sends."""
    number = Head.objects.get(course=course).number
    said = {"number": number, "on": NOW.date() + timedelta(days=999)}
    Planned.objects.update_or_create(course=course, defaults=said)


def due_now(course: Course) -> Message:
    """A message of the course that is due, the only one that waits."""
    planned(course)
    first = Message.objects.filter(course=course, state=State.WAITING).order_by("due").first()
    assert first is not None
    Message.objects.filter(course=course).exclude(pk=first.pk).delete()
    return first


def moment_of(message: Message) -> datetime:
    """A moment at which a message is due."""
    return message.due + timedelta(minutes=1)


class Box:
    """What a mail server was given; it may be told to answer otherwise."""

    def __init__(self) -> None:
        self.held: list[Mail] = []
        self.answers: dict[str, str] = {}
        self.before_answer: Callable[[], None] = lambda: None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, _: Any) -> str:
        """Whether it knows the recipient."""
        said = self.answers.get("RCPT", "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(to)
        return said

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """The whole mail, once it has come to its end."""
        said = self.answers.get("DATA", "250 OK")
        if said.startswith("250"):
            self.held.append(message_from_bytes(envelope.content))
        self.before_answer()
        return said

    def names(self) -> list[str]:
        """The Message-IDs, in the order in which they came."""
        return [str(each["Message-ID"]) for each in self.held]


@contextmanager
def post_office(settings: Any) -> Iterator[Box]:
    """A real mail server on this machine, to which the clinic's mail goes."""
    box = Box()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    settings.EMAIL_PORT, settings.MAIL_IS_SET = port, True
    try:
        yield box
    finally:
        server.stop()
