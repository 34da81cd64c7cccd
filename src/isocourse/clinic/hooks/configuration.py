"""Which EHRs may call, by a file that the environment names. Without one the services are off.

format = "isocourse.hooks/1"
place = "us"                                   # for patients whose address names no country
[[client]]
issuer = "https://ehr.example"                 # the `iss` of its tokens
jwks = "https://ehr.example/jwks.json"         # the only `jku` that is followed, or:
keys = [{kty = "EC", kid = "1", ...}]          # its public keys, and nothing is fetched
fhir_servers = ["https://ehr.example/fhir"]    # the only servers that are read
origins = ["https://ehr.example"]              # browsers that may call (CORS)
[[launch]]
server = "https://ehr.example/fhir"            # the `iss` with which it launches us
client_id = "isocourse"                        # what it calls us
clinic = "Harbour"                             # whose patients it opens
frames = ["https://ehr.example"]               # its pages that may frame ours
secret_variable = "EHR_SECRET"                 # the variable of the environment with our secret
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from isocourse.clinic.project.telling import Told
from isocourse.words.tokens import PLACES

HOOKS = "ISOCOURSE_HOOKS"
FORMAT = "isocourse.hooks/1"
_OF_A_CLIENT = {"issuer", "jwks", "keys", "fhir_servers", "origins"}
_OF_A_LAUNCH = {"server", "client_id", "clinic", "frames", "scope", "secret_variable"}
_SCOPE = "launch openid fhirUser patient/*.rs"
_LOCAL = ("localhost", "127.0.0.1")


class BadHooks(Told):
    """The file of the hooks cannot be used; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One EHR: who it says it is, its keys, the servers it may name, the browsers it uses."""

    issuer: str
    jwks: str | None
    keys: tuple[Mapping[str, Any], ...]
    fhir_servers: frozenset[str]
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ehr:
    """One EHR that opens our course page: its FHIR server, and what we are to it."""

    server: str
    client_id: str
    clinic: str
    frames: frozenset[str]
    scope: str
    secret: str


@dataclass(frozen=True, slots=True)
class Hooks:
    """Every EHR that may call or open us, and the place of patients who name none."""

    place: str | None
    callers: Mapping[str, Caller]
    launches: Mapping[str, Ehr]

    @property
    def origins(self) -> frozenset[str]:
        """Every browser that may call."""
        return frozenset(each for caller in self.callers.values() for each in caller.origins)


def configured() -> Hooks | None:
    """What is set up; None when nothing is."""
    name = os.environ.get(HOOKS, "")
    return _read(name, Path(name).stat().st_mtime_ns) if name else None


@lru_cache(maxsize=4)
def _read(name: str, changed: int) -> Hooks:
    """The file, read again when it was changed."""
    try:
        held = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadHooks(f"{HOOKS}: the file cannot be read as TOML: {error}.") from None
    if held.get("format") != FORMAT:
        raise BadHooks(f"{HOOKS}: format: expected {FORMAT!r}.")
    place = held.get("place")
    if place is not None and place not in PLACES:
        raise BadHooks(f"{HOOKS}: place: found {place!r}, expected one of {', '.join(PLACES)}.")
    callers = [_caller(each) for each in held.get("client", [])]
    launches = [_launch(each) for each in held.get("launch", [])]
    by_server = {each.server: each for each in launches}
    return Hooks(place, {each.issuer: each for each in callers}, by_server)


def _launch(held: Any) -> Ehr:
    unknown = set(held) - _OF_A_LAUNCH
    if unknown:
        raise BadHooks(f"{HOOKS}: launch: unknown key {sorted(unknown)[0]!r}.")
    server = str(held.get("server", "")).rstrip("/")
    client_id, clinic = held.get("client_id"), held.get("clinic")
    if not (server and client_id and clinic):
        raise BadHooks(f"{HOOKS}: launch: expected a server, a client_id and a clinic.")
    frames = frozenset(held.get("frames", ()))
    for url in (server, *frames):
        _only_encrypted(url)
    secret = os.environ.get(held["secret_variable"], "") if "secret_variable" in held else ""
    if "secret_variable" in held and not secret:
        raise BadHooks(f"{HOOKS}: launch: the environment gives no {held['secret_variable']}.")
    return Ehr(server, client_id, clinic, frames, held.get("scope", _SCOPE), secret)


def _caller(held: Any) -> Caller:
    unknown = set(held) - _OF_A_CLIENT
    if unknown:
        raise BadHooks(f"{HOOKS}: client: unknown key {sorted(unknown)[0]!r}.")
    issuer, jwks, keys = held.get("issuer"), held.get("jwks"), tuple(held.get("keys", ()))
    if not issuer or bool(jwks) == bool(keys):
        raise BadHooks(f"{HOOKS}: client: expected an issuer, and either jwks or keys.")
    servers = [each.rstrip("/") for each in held.get("fhir_servers", ())]
    for url in [*servers, *([jwks] if jwks else [])]:
        _only_encrypted(url)
    return Caller(issuer, jwks, keys, frozenset(servers), frozenset(held.get("origins", ())))


def _only_encrypted(url: str) -> None:
    """An address outside this machine is reached over TLS only."""
    if not encrypted(url):
        raise BadHooks(f"{HOOKS}: {url}: expected https://; correct it.")


def encrypted(url: str) -> bool:
    """Whether an address is reached over TLS, or lies on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    local = parts.scheme == "http" and parts.hostname in _LOCAL
    return bool(parts.hostname) and (parts.scheme == "https" or local)
