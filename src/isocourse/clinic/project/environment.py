"""What the clinic is told from outside: where its data lie, its database and its secrets.

Secrets come from the environment and are never written into the database. Only the demonstration
makes its own, in a file beside its data, because nothing in it is worth protecting.
"""

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from isocourse.clinic.project.telling import Told

SESSION, CHAIN, INDEX, DATA_KEYS = (
    "ISOCOURSE_SESSION_KEY",
    "ISOCOURSE_CHAIN_KEY",
    "ISOCOURSE_INDEX_KEY",
    "ISOCOURSE_DATA_KEYS",
)
SECRETS = (SESSION, CHAIN, INDEX, DATA_KEYS)
DATA, DATABASE, DEMONSTRATION = "ISOCOURSE_DATA", "DATABASE_URL", "ISOCOURSE_DEMONSTRATION"
HOSTS, PROXY = "ISOCOURSE_HOSTS", "ISOCOURSE_BEHIND_PROXY"
MAIL, SENDER, ADDRESS = "EMAIL_URL", "EMAIL_FROM", "ISOCOURSE_ADDRESS"
_LEAST = 50
"""Characters of a key, at least: shorter ones can be guessed."""
_MOST_PROXIES = 9


class NotSetUp(Told):
    """The clinic cannot start as it is set up; says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The keys of an installation, none of which is in its database."""

    session: str
    chain: bytes
    index: bytes
    data: tuple[tuple[str, bytes], ...]
    """The keys under which data keys lie, newest first, each with its id."""


def demonstration(given: Mapping[str, str] = os.environ) -> bool:
    """Whether this process serves the demonstration."""
    return given.get(DEMONSTRATION, "") == "1"


def data_folder(given: Mapping[str, str] = os.environ) -> Path:
    """Where the database, the anchors and the backups lie; the demonstration has its own."""
    told = given.get(DATA)
    folder = Path(told) if told else Path.home() / ".local" / "share" / "isocourse"
    return folder / "demonstration" if demonstration(given) else folder


def fresh() -> dict[str, str]:
    """New secrets, as the environment gives them."""
    data_key = urlsafe_b64encode(secrets.token_bytes(32)).decode()
    made = {name: secrets.token_urlsafe(48) for name in (SESSION, CHAIN, INDEX)}
    return made | {DATA_KEYS: f"k1:{data_key}"}


def read_secrets(given: Mapping[str, str] = os.environ) -> Secrets:
    """The secrets of this installation. Raises NotSetUp naming those that are missing."""
    told = {**_of_the_demonstration(given), **{n: given[n] for n in SECRETS if given.get(n)}}
    missing = [name for name in SECRETS if not told.get(name)]
    if missing:
        raise NotSetUp(
            f"The environment gives no {', '.join(missing)}. `isocourse clinic keys` prints fresh "
            "keys; keep them outside the database and its backups, and start again with them set."
        )
    short = [name for name in (SESSION, CHAIN, INDEX) if len(told[name]) < _LEAST]
    if short:
        raise NotSetUp(
            f"{', '.join(short)}: found fewer than {_LEAST} characters, expected a long random "
            "key; `isocourse clinic keys` prints one."
        )
    return Secrets(
        told[SESSION], told[CHAIN].encode(), told[INDEX].encode(), _data_keys(told[DATA_KEYS])
    )


def _data_keys(told: str) -> tuple[tuple[str, bytes], ...]:
    pairs = [each.strip().partition(":") for each in told.split(",") if each.strip()]
    if not pairs or not all(name and key for name, _, key in pairs):
        raise NotSetUp(
            f"{DATA_KEYS}: expected keys with their ids, newest first, such as k2:...,k1:...; "
            "`isocourse clinic keys` prints one."
        )
    return tuple((name, key.encode()) for name, _, key in pairs)


def _of_the_demonstration(given: Mapping[str, str]) -> dict[str, str]:
    """The keys that the demonstration made for itself; made when they are first wanted."""
    if not demonstration(given):
        return {}
    file = data_folder(given) / "demonstration.keys"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = "".join(f"{name}={value}\n" for name, value in fresh().items())
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(written)
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def database(given: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The database: embedded SQLite, or what DATABASE_URL names."""
    url = given.get(DATABASE, "")
    if not url:
        return sqlite(data_folder(given) / "clinic.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in ("postgres", "postgresql"):
        return postgresql(url)
    raise NotSetUp(
        f"{DATABASE}: found {parts.scheme!r}, expected postgresql:// or sqlite:///; correct it."
    )


def sqlite(file: Path) -> dict[str, Any]:
    """Embedded SQLite: readers never wait, one writer at a time, nothing acknowledged is lost.

    Recursive triggers are on because only then does REPLACE fire the triggers that refuse DELETE.
    """
    begin = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
        "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": begin},
        "CONN_MAX_AGE": None,
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL through psycopg and its pool.

    A connection is looked at before it is used, so that after the database was started anew the
    first people who come do not meet connections that are dead.
    """
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 16, "timeout": 20}},
    }


def hosts(given: Mapping[str, str] = os.environ) -> list[str]:
    """The names under which browsers reach the clinic; this machine itself when none is given."""
    told = [each.strip() for each in given.get(HOSTS, "").split(",") if each.strip()]
    return told or ["localhost", "127.0.0.1", "[::1]"]


def proxies(given: Mapping[str, str] = os.environ) -> int:
    """How many proxies of one's own stand before the clinic; the first of them ends the encryption.

    They are believed: in X-Forwarded-Proto, and in the last entries of X-Forwarded-For.
    """
    told = given.get(PROXY, "").strip() or "0"
    if not (told.isascii() and told.isdigit() and int(told) <= _MOST_PROXIES):
        raise NotSetUp(
            f"{PROXY}: found {told!r}, expected how many proxies of yours stand before the "
            f"clinic, 0 to {_MOST_PROXIES}; it is 1 for one that ends TLS."
        )
    return int(told)
