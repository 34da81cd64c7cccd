"""Every operation of the API, for every role and for the other clinic, from its description."""

from typing import Any

import pytest
from django.test import Client
from tests.clinic import team
from tests.clinic.api.asking import Application

from isocourse.clinic.access.acts import ACTS
from isocourse.clinic.access.models import Opening
from isocourse.clinic.api import views
from isocourse.clinic.api.models import ROLES
from isocourse.clinic.api.views import described
from isocourse.clinic.log.models import Entry

OPERATIONS = [
    (method, path, operation)
    for path, methods in described()["paths"].items()
    for method, operation in methods.items()
]


def act_of(operation: Any) -> str:
    act: str = getattr(views, operation["operationId"]).needs
    return act


def ask(application: Application, method: str, path: str, code: str) -> Any:
    address = path.replace("{code}", code)
    body = (
        '{"events": [{"id": "w", "kind": "weight", "at": "2026-11-20", "value": 61, "unit": "kg"}]}'
    )
    given = {"data": body, "content_type": "application/json"} if method == "post" else {}
    ask = getattr(Client(), method)
    return ask(address, **given, headers=application.headers, secure=True)


def test_every_operation_asks_an_act_of_the_table() -> None:
    acts = {operation["operationId"]: act_of(operation) for _, _, operation in OPERATIONS}
    assert len(acts) == len(OPERATIONS) >= 7 and set(acts.values()) <= ACTS.keys()
    told = {"hand_over", "record_authorisation", "return_to_stock", "prescribe", "cancel"}
    assert not told & set(acts.values()), "it never hands over and never authorises"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_table_says_and_nothing_more(sqlite: str, role: str) -> None:
    course = team.opened(team.clinic())
    application = Application(course.clinic, role)
    refused = 0
    for method, path, operation in OPERATIONS:
        status = ask(application, method, path, course.code).status_code
        may = role in ACTS[act_of(operation)]
        refused += not may
        assert status in ((200, 201) if may else (403,)), (role, path)
    assert Opening.objects.exists() == (role != "pharmacist")
    assert refused == {"prescriber": 0, "nurse": 0, "pharmacist": 5, "auditor": 6}[role]


@pytest.mark.parametrize("role", ROLES)
def test_the_other_clinic_finds_nothing(sqlite: str, role: str) -> None:
    course = team.opened(team.clinic())
    stranger = Application(team.clinic("There", "uk"), role)
    before = Entry.objects.count()
    for method, path, operation in OPERATIONS:
        answer = ask(stranger, method, path, course.code)
        if "{code}" in path:
            expected = 404 if role in ACTS[act_of(operation)] else 403
            assert answer.status_code == expected, (role, path)
        assert course.code not in answer.content.decode()
    assert Entry.objects.count() == before and not Opening.objects.exists()
