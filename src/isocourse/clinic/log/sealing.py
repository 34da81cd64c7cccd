"""Keys at work: bodies encrypted under the key of their course, digests that tell nothing.

The key of a course lies in the database, locked under a key of the environment that is named by
its id; so the environment's key can be changed without touching a single entry.
"""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from isocourse.clinic.log.models import Course, DataKey
from isocourse.clinic.project.environment import Secrets

_TERM, _SHORTEST, _LONGEST = 32, 3, 10


class Unreadable(Exception):
    """A body that its key does not open, or a key that is not there; says which course."""


def _secrets() -> Secrets:
    found: Secrets = settings.SECRETS
    return found


@cache
def _outer(keys: tuple[tuple[str, bytes], ...]) -> Mapping[str, Fernet]:
    return {name: Fernet(key) for name, key in keys}


def new_key(course: Course) -> DataKey:
    """A fresh key for a course, locked under the newest key of the environment."""
    name, outer = next(iter(_outer(_secrets().data).items()))
    return DataKey(course=course, under=name, locked=outer.encrypt(Fernet.generate_key()).decode())


def locked_anew(key: DataKey) -> DataKey:
    """The same key under the newest key of the environment."""
    name, outer = next(iter(_outer(_secrets().data).items()))
    inner = _unlocked(key)
    return DataKey(course_id=key.course_id, under=name, locked=outer.encrypt(inner).decode())


def _unlocked(key: DataKey) -> bytes:
    outer = _outer(_secrets().data).get(key.under)
    if outer is None:
        raise Unreadable(f"the environment gives no data key with the id {key.under!r}")
    try:
        return outer.decrypt(key.locked.encode())
    except InvalidToken:
        raise Unreadable(f"the data key {key.under!r} does not open this course") from None


class Cipher:
    """What writes and reads the bodies of one course."""

    def __init__(self, key: DataKey) -> None:
        self._fernet = MultiFernet([Fernet(_unlocked(key))])

    def closed(self, said: Mapping[str, Any]) -> str:
        """A body, encrypted."""
        plain = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return self._fernet.encrypt(plain.encode()).decode()

    def opened(self, body: str) -> dict[str, Any]:
        """What a body says."""
        try:
            said: dict[str, Any] = json.loads(self._fernet.decrypt(body.encode()))
        except InvalidToken:
            raise Unreadable("the key of the course does not open this entry") from None
        return said


def chained(before: str, *parts: object) -> str:
    """The keyed digest of an entry and of all before it."""
    said = json.dumps([before, *parts], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(_secrets().chain, said.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two digests are equal, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def named(*parts: object) -> str:
    """A name for an act or a term that can be compared and not read."""
    said = json.dumps(parts, ensure_ascii=False, default=str)
    return hmac.new(_secrets().index, said.encode(), hashlib.sha256).hexdigest()


def term(clinic_id: int, word: str) -> str:
    """The digest of a word that is searched for in a clinic."""
    return named("term", clinic_id, word)[:_TERM]


def plain(text: str) -> list[str]:
    """The words of a name without capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each if each.isalnum() else " " for each in apart if not combining(each))
    return kept.split()


def combining(sign: str) -> bool:
    """Whether a sign is an accent of the one before."""
    return unicodedata.combining(sign) != 0


def words_of(name: str, born: date | str) -> Iterator[str]:
    """Every word under which a patient is found: beginnings of the names, the day of birth."""
    for word in plain(name):
        yield from (word[:end] for end in range(_SHORTEST, min(len(word), _LONGEST) + 1))
        yield word
    yield f"{born}"


def searched(text: str) -> list[str]:
    """The words to look up for what somebody typed."""
    return [word if len(word) <= _LONGEST else word[:_LONGEST] for word in plain(text)]
