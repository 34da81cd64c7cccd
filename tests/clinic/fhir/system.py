"""A system that reads a clinic: its registration, its assertions and its tokens."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import jwt
from django.test import Client
from tests.clinic import team
from tests.clinic.hooks.ehr import SIGNERS, public_keys

from isocourse.clinic.fhir.models import System
from isocourse.clinic.fhir.systems import let_read
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.people.places import Here

ADDRESS = "https://testserver/fhir/auth/token"
JWKS = json.dumps({"keys": public_keys()})


def registered(clinic: Clinic, scopes: str = "system/*.rs", name: str = "Warehouse") -> System:
    """A system that an administrator let read a clinic."""
    by = clinic.memberships.filter(role="administrator").first()
    user = by.user if by else team.member(clinic, "administrator")
    return let_read(Here(user, clinic, "administrator", "other"), name, JWKS, scopes)


def assertion(system: System, algorithm: str = "ES384", **claims: Any) -> str:
    """What a system signs to show who it is."""
    key, kid = SIGNERS[algorithm]
    now = int(datetime.now().timestamp())
    held = {"iss": system.client_id, "sub": system.client_id, "aud": ADDRESS}
    held |= {"exp": now + 200, "jti": str(uuid4())}  # type: ignore[dict-item]
    held = {k: v for k, v in (held | claims).items() if v is not None}
    return jwt.encode(held, key, algorithm, {"kid": kid, "typ": "JWT"})


def asked(signed: str, scope: str = "system/*.rs", **more: Any) -> Any:
    """The answer of the token address."""
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": signed,
        "scope": scope,
    }
    return Client().post("/fhir/auth/token", form | more, secure=True)


class Reader:
    """A system with a token."""

    def __init__(self, system: System, scope: str = "system/*.rs") -> None:
        self.system = system
        self.token = asked(assertion(system), scope).json()["access_token"]

    def get(self, path: str, method: str = "get", **headers: Any) -> Any:
        """The answer at an address under /fhir/, or at a whole address."""
        sent = {"Authorization": f"Bearer {self.token}"} | headers
        address = path if path.startswith(("/", "https:")) else f"/fhir/{path}"
        return getattr(Client(), method)(address, secure=True, headers=sent)

    def found(self, path: str) -> list[Any]:
        """The resources of a search, over all its pages."""
        held: list[Any] = []
        following: str | None = path
        while following:
            answer = self.get(following)
            assert answer.status_code == 200, answer.content
            bundle = answer.json()
            held += [each["resource"] for each in bundle.get("entry", [])]
            links = {each["relation"]: each["url"] for each in bundle["link"]}
            following = links.get("next")
        return held
