"""Who calls: a signed token of an EHR that is known, for this service, used once.

The token names where its keys lie (`jku`); only the address in the configuration is followed.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import jwt
from django.db import IntegrityError

from isocourse.clinic.hooks import fetching
from isocourse.clinic.hooks.configuration import Caller, Hooks
from isocourse.clinic.hooks.models import UsedToken
from isocourse.clinic.log import clock

ALGORITHMS = ["ES384", "RS384"]
LONGEST, LEEWAY = timedelta(minutes=5), timedelta(seconds=30)
_SWEPT_EVERY = 60  # seconds
_swept: dict[str, float] = {}


class NotKnown(Exception):
    """The caller is not known, or its token is not good; the text says why."""


Claims = Mapping[str, Any]


def caller_of(header: str, address: str, hooks: Hooks) -> Caller:
    """The EHR that a token belongs to. Raises NotKnown with the reason."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotKnown("no bearer token came with the call")
    return accepted(token, lambda claims: _issuer(claims, hooks), address, ["iat"])


def accepted(
    token: str, find: Callable[[Claims], Caller], address: str, needed: Sequence[str] = ()
) -> Caller:
    """Whose signed token this is: good for this address, short-lived, and accepted only once."""
    try:
        head = jwt.get_unverified_header(token)
        caller = find(jwt.decode(token, options={"verify_signature": False}))
        held = _checked(token, _key(head, caller), address, caller, needed)
    except jwt.PyJWTError as error:
        raise NotKnown(f"the token is not good: {error}") from None
    _once(caller, held)
    return caller


def _issuer(claims: Claims, hooks: Hooks) -> Caller:
    issuer = claims.get("iss")
    caller = hooks.callers.get(issuer) if isinstance(issuer, str) else None
    if caller is None:
        raise NotKnown("the issuer of the token is not known here")
    return caller


def _key(head: Mapping[str, Any], caller: Caller) -> Any:
    """The key that signed it: by name among the keys of this EHR and of nobody else."""
    if head.get("alg") not in ALGORITHMS:
        raise NotKnown(f"the token is signed by {head.get('alg')}, expected ES384 or RS384")
    named = head.get("jku")
    if named is not None and named != caller.jwks:
        raise NotKnown("the token names keys (jku) that are not allowed here")
    key = _key_named(caller, head.get("kid"))
    if key is None:
        raise NotKnown("the key of the token (kid) is not among those of its issuer")
    return _read_key(json.dumps(key, sort_keys=True), head["alg"])


@lru_cache(maxsize=64)
def _read_key(told: str, algorithm: str) -> Any:
    """A public key as it is told in JSON; kept, because reading it costs as much as using it."""
    return jwt.PyJWK(json.loads(told), algorithm=algorithm).key


def _key_named(caller: Caller, kid: Any) -> Mapping[str, Any] | None:
    """The public key of an EHR with this name, among those we were given or those it publishes."""
    if caller.jwks is None:
        return next((each for each in caller.keys if each.get("kid") == kid), None)
    try:
        return fetching.key_named(caller.jwks, kid)
    except OSError:
        raise NotKnown("the keys of the issuer cannot be read now") from None


def _checked(
    token: str, key: Any, address: str, caller: Caller, needed: Sequence[str]
) -> Mapping[str, Any]:
    claims = jwt.decode(
        token,
        key,
        algorithms=ALGORITHMS,
        audience=address,
        issuer=caller.issuer,
        leeway=LEEWAY,
        options={"require": ["iss", "aud", "exp", "jti", *needed]},
    )
    begun = claims.get("iat", time.time() + LEEWAY.total_seconds())
    if claims["exp"] - begun > LONGEST.total_seconds():
        raise NotKnown(f"the token lives longer than {LONGEST.seconds // 60} minutes")
    return claims


def _sweep() -> None:
    """What has expired goes, once in a while: at each call it would be one write more."""
    now = time.monotonic()
    if now - _swept.get("at", float("-inf")) > _SWEPT_EVERY:
        _swept["at"] = now
        UsedToken.objects.filter(expires__lt=clock.now()).delete()


def _once(caller: Caller, claims: Mapping[str, Any]) -> None:
    """A token is accepted once; the database keeps two at one moment apart."""
    name = f"{caller.issuer}\n{claims['jti']}"
    digest = hashlib.sha256(name.encode()).hexdigest()
    expires = datetime.fromtimestamp(claims["exp"], UTC) + 2 * LEEWAY
    _sweep()
    try:
        UsedToken.objects.create(digest=digest, expires=expires)
    except IntegrityError:
        raise NotKnown("the token was used before") from None
