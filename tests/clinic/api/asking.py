"""An application at the API: it has a token and no session."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from tests.clinic import team

from isocourse.clinic.api import tokens
from isocourse.clinic.api.models import Token
from isocourse.clinic.people.models import Clinic, Membership
from isocourse.clinic.people.places import Here


def administrator(clinic: Clinic) -> Here:
    held = Membership.objects.filter(clinic=clinic, role="administrator").first()
    user = held.user if held else team.member(clinic, "administrator")
    return Here(user, clinic, "administrator", "other")


class Application:
    """A token in use."""

    def __init__(self, clinic: Clinic, role: str = "nurse", days: int = 30) -> None:
        here = administrator(clinic)
        made, self.text = tokens.make(here, f"EHR of {role}", role, timedelta(days=days))
        self.pk = made.pk

    @property
    def token(self) -> Token:
        return Token.objects.get(pk=self.pk)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.text}"}

    def get(self, address: str, **asked: str) -> Any:
        return Client().get(f"/api/{address}", asked, headers=self.headers, secure=True)

    def send(self, code: str, events: Any, raised: bool = True) -> Any:
        body = events if isinstance(events, bytes | str) else json.dumps({"events": events})
        address = f"/api/courses/{code}/events"
        return Client(raise_request_exception=raised).post(
            address, body, content_type="application/json", headers=self.headers, secure=True
        )
