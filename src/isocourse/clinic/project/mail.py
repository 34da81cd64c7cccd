"""The mail server, as the environment names it. The demonstration sends nothing: it keeps files."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from isocourse.clinic.project import environment
from isocourse.clinic.project.environment import MAIL, NotSetUp

_BACKENDS = "django.core.mail.backends"
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail(given: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Django's settings of mail. Raises NotSetUp for an address that cannot be used."""
    if environment.demonstration(given):
        return _kept_in(environment.data_folder(given) / "mail")
    url = given.get(MAIL, "")
    parts = urlsplit(url)
    if not url or parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{_BACKENDS}.console.EmailBackend"}
    if parts.scheme == "folder":
        return _kept_in(Path(unquote(parts.path)))
    if parts.scheme in _PORTS and parts.hostname:
        return _server(parts, parts.hostname)
    raise NotSetUp(
        f"{MAIL}: found {parts.scheme!r}, expected smtp://, smtp+tls:// or smtps:// with a host, "
        "console: or folder:; correct it."
    )


def _kept_in(folder: Path) -> dict[str, Any]:
    return {"EMAIL_BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}


def _server(parts: SplitResult, host: str) -> dict[str, Any]:
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def is_set(given: Mapping[str, str] = os.environ) -> bool:
    """Whether somebody said where mail goes; else nothing may count as sent."""
    return environment.demonstration(given) or bool(given.get(MAIL))


def sender(given: Mapping[str, str] = os.environ) -> str:
    """From whom mail comes: a name and address that tell nothing of the clinic's work."""
    return given.get(environment.SENDER) or "reminders@localhost"


def address(given: Mapping[str, str] = os.environ) -> str:
    """The clinic as links in mails write it, without a slash at the end."""
    told = given.get(environment.ADDRESS, "").rstrip("/")
    return told or "http://" + "localhost:8000"
