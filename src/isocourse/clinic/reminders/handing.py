"""Handing a mail to the mail server, step by step, so that it is known whether it may have left.

Up to the moment before the text is sent nothing has left, whatever breaks. `mark` is called at that
moment, and what it writes is on the disk before the text goes. From then until the server's answer
the mail is uncertain; the answer settles it.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import get_connection

from isocourse.clinic.reminders.wording import Mail

SMTP = "django.core.mail.backends.smtp.EmailBackend"
_GO_ON, _DONE, _REFUSED = 354, 250, 500
_TIMEOUT = 30  # seconds


class NotNow(Exception):
    """The mail has certainly not left, and may be tried again; says at which step."""


class Refused(Exception):
    """The mail has certainly not left and never will: the server refuses it."""


class Uncertain(Exception):
    """The text was sent and no answer came: the mail may have left or not."""


Mark = Callable[[], None]


def hand(mail: Mail, mark: Mark, taken: Mark) -> None:
    """Hand a mail over, and tell when the server has taken it; raises one of the above otherwise.

    It is told before anything else is said to the server, so that as little as can be is uncertain.
    """
    if settings.EMAIL_BACKEND == SMTP:
        _by_smtp(mail, mark, taken)
        return
    mark()
    try:
        mail.message.connection = get_connection()
        mail.message.send()
    except OSError as error:
        raise Uncertain(type(error).__name__) from error
    taken()


def _by_smtp(mail: Mail, mark: Mark, taken: Mark) -> None:
    text = _as_sent(mail)
    with _server() as server:
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        with _before("sender"):
            _expect(server.mail(sender)[0], "sender", refused=NotNow)
        with _before("recipient"):
            _expect(server.rcpt(_plain(mail.to))[0], "recipient", refused=Refused)
        with _before("data"):
            _expect(server.docmd("DATA")[0], "data", refused=NotNow, good=_GO_ON)
        mark()
        _expect(_answer(server, text), "text", refused=Refused)
        taken()


@contextmanager
def _server() -> Iterator[smtplib.SMTP]:
    """A mail server that is connected and knows who we are; left in peace at the end."""
    with _before("connection"):
        server = _connected()
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _connected() -> smtplib.SMTP:
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    safe = ssl.create_default_context()
    if settings.EMAIL_USE_SSL:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT, context=safe)
    else:
        server = smtplib.SMTP(host, port, timeout=_TIMEOUT)
    server.ehlo_or_helo_if_needed()
    if settings.EMAIL_USE_TLS:
        server.starttls(context=safe)
        server.ehlo()
    if settings.EMAIL_HOST_USER:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    return server


@contextmanager
def _before(step: str) -> Iterator[None]:
    """Whatever breaks before the text is sent leaves the mail here."""
    try:
        yield
    except (OSError, socket.gaierror, smtplib.SMTPException) as error:
        raise NotNow(f"{step}: {type(error).__name__}") from error


def _expect(code: int, step: str, refused: type[Exception], good: int = _DONE) -> None:
    if code == good or (good == _DONE and code == _DONE + 1):
        return
    raise (refused if code >= _REFUSED else NotNow)(f"{step}: {code}")


def _answer(server: smtplib.SMTP, text: bytes) -> int:
    """What the server says to the text."""
    try:
        server.send(text)
        return server.getreply()[0]
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(f"text: {type(error).__name__}") from error


def _plain(address: str) -> str:
    """An address as the line takes it: a domain in other letters is written in plain ones."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}"


def _as_sent(mail: Mail) -> bytes:
    """The mail as it goes over the line: lines ended, single dots doubled, a dot at the end."""
    text = mail.message.message().as_bytes()
    text = re.sub(rb"\r?\n", b"\r\n", text)
    text = re.sub(rb"(?m)^\.", b"..", text)
    return text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n"
