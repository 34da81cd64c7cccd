"""Who gets a token: a system that signs with its key, for what it was allowed, each time anew."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.clinic import team
from tests.clinic.fhir.system import ADDRESS, JWKS, Reader, asked, assertion, registered
from tests.clinic.hooks.ehr import public_keys, serving

from isocourse.clinic.administration.models import Change
from isocourse.clinic.fhir.models import Access, System
from isocourse.clinic.fhir.scopes import granted
from isocourse.clinic.fhir.systems import BadSystem, end, let_read
from isocourse.clinic.hooks import fetching
from isocourse.clinic.hooks.reaching import PRIVATE
from isocourse.clinic.log import clock
from isocourse.clinic.people.models import User
from isocourse.clinic.people.places import Here


def _here() -> Here:
    clinic = team.clinic()
    return Here(team.member(clinic, "administrator"), clinic, "administrator", "other")


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_a_system_gets_a_token_for_five_minutes(database: str, algorithm: str) -> None:
    system = registered(team.clinic(), "system/Patient.rs system/Observation.rs")
    answer = asked(assertion(system, algorithm), "system/Observation.rs system/Patient.r")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    said = answer.json()
    assert (said["token_type"], said["expires_in"]) == ("bearer", 300)
    assert set(said["scope"].split()) == {"system/Observation.rs", "system/Patient.r"}
    assert said["access_token"] not in str(Access.objects.values())


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "other", "sub": "other"},
        {"sub": "other"},
        {"sub": None},
        {"aud": "https://testserver/fhir"},
        {"exp": 1_000_000},
        {"exp": 9_999_999_999},
        {"exp": None},
        {"jti": None},
    ],
)
def test_an_assertion_that_is_not_good_is_refused(sqlite: str, change: Any) -> None:
    system = registered(team.clinic())
    answer = asked(assertion(system, **change))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert not Access.objects.exists()


def test_an_assertion_is_accepted_once(sqlite: str) -> None:
    signed = assertion(registered(team.clinic()))
    assert asked(signed).status_code == 200
    again = asked(signed)
    assert again.status_code == 401 and "used before" in again.json()["error_description"]


def test_a_signature_of_another_key_is_refused(sqlite: str) -> None:
    clinic = team.clinic()
    one, other = registered(clinic), registered(clinic, name="Other")
    signed, theirs = assertion(one), assertion(other)
    forged = signed.rpartition(".")[0] + "." + theirs.rpartition(".")[2]
    for each in ("", "x", forged):
        assert asked(each).status_code == 401


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "x"}, "invalid_request"),
        ({"scope": "system/Task.rs"}, "invalid_scope"),
        ({"scope": "patient/Patient.rs"}, "invalid_scope"),
        ({"scope": "system/Patient.cud"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
    ],
)
def test_a_wrong_question_is_refused(sqlite: str, more: Any, error: str) -> None:
    system = registered(team.clinic(), "system/Patient.rs")
    answer = asked(assertion(system), **more)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert Client().get("/fhir/auth/token", secure=True).status_code == 405


def test_what_is_granted_is_never_more_than_was_allowed() -> None:
    assert granted(["system/*.rs"], ["system/Patient.r"]) == ["system/Patient.r"]
    assert granted(["system/*.rs"], ["system/*.rs"]) == ["system/*.rs"]
    assert granted(["system/*.s"], ["system/*.r"]) == []
    assert granted(["system/Task.rs", "system/Nothing.rs"], ["system/*.r"]) == ["system/Task.r"]
    assert granted(["system/*.r", "launch"], ["system/*.rs"]) == ["system/*.r"]


def test_a_token_ends_with_its_time_and_with_its_system(sqlite: str) -> None:
    here = _here()
    system = registered(here.clinic)
    reader = Reader(system)
    assert reader.get("Patient").status_code == 200
    with clock.standing_at(clock.now() + timedelta(minutes=6)):
        assert reader.get("Patient").status_code == 401
    end(here, system)
    assert reader.get("Patient").status_code == 401
    assert asked(assertion(system)).status_code == 401
    kept = Change.objects.order_by("pk").values_list("whom", "after")
    assert [(system.client_id in whom, after[:8]) for whom, after in kept] == [
        (True, "may read"),
        (True, "ended"),
    ]


def test_the_account_of_a_system_opens_no_door(sqlite: str) -> None:
    system = registered(team.clinic())
    user = User.objects.get(system=system)
    assert not user.is_active and not user.has_usable_password() and not user.memberships.exists()


def test_keys_are_fetched_from_where_they_were_said_to_lie(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = registered(team.clinic())
    with serving({"/jwks": {"keys": public_keys()}}) as (address, seen):
        System.objects.update(keys="", jwks=f"{address}/jwks")
        system.refresh_from_db()
        assert asked(assertion(system)).status_code == 401 and not seen, "it lies on this machine"
        fetching._published.clear()
        monkeypatch.setenv(PRIVATE, "127.0.0.1")
        assert asked(assertion(system)).status_code == 200 and len(seen) == 1


@pytest.mark.parametrize(
    ("keys", "scopes", "told"),
    [
        ("http://warehouse.example/jwks", "system/*.rs", "https"),
        ("{", "system/*.rs", "JSON"),
        ('{"keys": []}', "system/*.rs", "at least one"),
        ('{"keys": [{"kty": "EC", "kid": "1", "d": "x"}]}', "system/*.rs", "private"),
        ('{"keys": [{"kty": "oct", "kid": "1"}]}', "system/*.rs", "kty"),
        (JWKS, "", "nothing"),
        (JWKS, "system/Patient.cruds", "cruds"),
        (JWKS, "system/Practitioner.rs", "Practitioner"),
    ],
)
def test_a_registration_that_is_wrong_is_refused(
    sqlite: str, keys: str, scopes: str, told: str
) -> None:
    with pytest.raises(BadSystem, match=told):
        let_read(_here(), "Warehouse", keys, scopes)
    assert not System.objects.exists() and not User.objects.filter(username__contains="system")


def test_discovery_says_what_there_is(sqlite: str) -> None:
    said = Client().get("/fhir/.well-known/smart-configuration", secure=True).json()
    assert said["token_endpoint"] == ADDRESS
    assert said["grant_types_supported"] == ["client_credentials"]
    assert "authorization_endpoint" not in said
