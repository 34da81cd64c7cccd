"""The handshake with an EHR (SMART App Launch 2): discovery, authorization with PKCE, the token.

Only EHRs that the configuration names are asked; every answer of theirs is checked.
"""

import hashlib
import re
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import jwt

from isocourse.clinic.hooks import fetching
from isocourse.clinic.hooks.configuration import Ehr, encrypted
from isocourse.exchange.fhir.looking import text, texts

LASTS = timedelta(minutes=10)
_LEEWAY = timedelta(seconds=30)
_ALGORITHMS = ["RS256", "RS384", "ES256", "ES384"]
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}", re.ASCII)


class NotLaunched(Exception):
    """A launch that cannot go on; says why, and tells nothing of a patient."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an EHR says of itself."""

    authorize: str
    token: str
    issuer: str
    jwks: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a launch gives: whose record, who asks, and a token to read with."""

    patient: str
    subject: str
    token: str
    seconds: int


def discovered(ehr: Ehr) -> Known:
    """Where an EHR authorizes. Raises NotLaunched."""
    try:
        held = fetching.published(f"{ehr.server}/.well-known/smart-configuration")
    except OSError:
        raise NotLaunched("The EHR does not say how it authorizes.") from None
    wanted = ("authorization_endpoint", "token_endpoint", "issuer", "jwks_uri")
    found = [text(held, name) or "" for name in wanted]
    if not all(encrypted(each) for each in found):
        raise NotLaunched(f"The EHR does not say, over TLS, its {', '.join(wanted)}.")
    if "S256" not in texts(held, "code_challenge_methods_supported"):
        raise NotLaunched("The EHR does not offer PKCE with S256.")
    return Known(*found)


def question(ehr: Ehr, known: Known, launch: str, back: str, secret: Mapping[str, str]) -> str:
    """Where the browser goes to be let in."""
    digest = hashlib.sha256(secret["verifier"].encode()).digest()
    asks = {
        "response_type": "code",
        "client_id": ehr.client_id,
        "redirect_uri": back,
        "scope": ehr.scope,
        "state": secret["state"],
        "nonce": secret["nonce"],
        "aud": ehr.server,
        "launch": launch,
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in known.authorize else "?"
    return f"{known.authorize}{joint}{urlencode(asks)}"


def fresh() -> dict[str, str]:
    """What only we and this browser know of a launch."""
    return {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}


def answered(ehr: Ehr, known: Known, code: str, back: str, secret: Mapping[str, str]) -> Context:
    """The token for a code, with the patient and the user. Raises NotLaunched."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": secret["verifier"],
        "client_id": ehr.client_id,
    }
    try:
        held = fetching.send_form(known.token, form, _basic(ehr))
    except OSError:
        raise NotLaunched("The EHR gave no token.") from None
    token, patient = text(held, "access_token"), text(held, "patient") or ""
    if token is None or (text(held, "token_type") or "").lower() != "bearer":
        raise NotLaunched("The EHR gave no token.")
    if not _ID.fullmatch(patient):
        raise NotLaunched("The EHR did not say which patient is open.")
    subject = _subject(ehr, known, text(held, "id_token") or "", secret["nonce"])
    lives = held.get("expires_in")
    seconds = lives if isinstance(lives, int) and lives > 0 else 300
    return Context(patient, subject, token, min(seconds, 3600))


def _basic(ehr: Ehr) -> str | None:
    """How a confidential app shows who it is."""
    if not ehr.secret:
        return None
    pair = f"{quote(ehr.client_id, safe='')}:{quote(ehr.secret, safe='')}"
    return "Basic " + b64encode(pair.encode()).decode()


def _subject(ehr: Ehr, known: Known, token: str, nonce: str) -> str:
    """Who is signed in at the EHR, by its signed word for this launch."""
    try:
        head = jwt.get_unverified_header(token)
        if head.get("alg") not in _ALGORITHMS:
            raise NotLaunched("The EHR signs its id_token in a way that is not accepted here.")
        claims: Mapping[str, Any] = jwt.decode(
            token,
            _key(known, head),
            algorithms=_ALGORITHMS,
            audience=ehr.client_id,
            issuer=known.issuer,
            leeway=_LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise NotLaunched(f"The EHR does not say who is signed in: {error}.") from None
    said = claims.get("nonce")
    if not isinstance(said, str) or not secrets.compare_digest(said.encode(), nonce.encode()):
        raise NotLaunched("The id_token is of another launch (nonce).")
    return str(claims["sub"])


def _key(known: Known, head: Mapping[str, Any]) -> Any:
    try:
        key = fetching.key_named(known.jwks, head.get("kid"))
    except OSError:
        raise NotLaunched("The keys of the EHR cannot be read.") from None
    if key is None:
        raise NotLaunched("The key of the id_token is not among those of the EHR.")
    return jwt.PyJWK(dict(key), algorithm=head["alg"]).key
