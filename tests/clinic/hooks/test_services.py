"""The services over HTTP: who may call, what is read, and what goes back."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.clinic.hooks.ehr import BASE, ISSUER, ORIGIN, post, public_keys, serving, token
from tests.exchange.fhir.bundles import PATIENT
from tests.exchange.hooks.calls import WEIGHT, call, check, order, prefetch, said

from isocourse.clinic.hooks import fetching, tokens
from isocourse.clinic.hooks.configuration import HOOKS, BadHooks, configured
from isocourse.clinic.hooks.models import CardFeedback, UsedToken
from isocourse.clinic.log import clock

SIGN = "isocourse-order-sign"


def _written(folder: Path, client: str, place: str = 'place = "us"') -> str:
    file = folder / "hooks.toml"
    file.write_text(f'format = "isocourse.hooks/1"\n{place}\n{client}', encoding="utf-8")
    return str(file)


def _inline(folder: Path, *servers: str) -> str:
    keys = ", ".join(
        "{" + ", ".join(f"{k} = {json.dumps(v)}" for k, v in key.items() if k != "key_ops") + "}"
        for key in public_keys()
    )
    return _written(
        folder,
        f'[[client]]\nissuer = "{ISSUER}"\norigins = ["{ORIGIN}"]\nkeys = [{keys}]\n'
        f"fhir_servers = {json.dumps(list(servers))}\n",
    )


@pytest.fixture
def set_up(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The services with one EHR whose keys are known."""
    monkeypatch.setenv(HOOKS, _inline(tmp_path))
    return sqlite


def test_without_a_file_the_services_are_off(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOOKS, raising=False)
    assert Client().get("/cds-services", secure=True).status_code == 404
    assert post(SIGN, call(order())).status_code == 404


def test_discovery_is_open_and_names_the_services(set_up: str) -> None:
    answer = Client().get("/cds-services", secure=True)
    assert answer.status_code == 200
    assert {each["id"] for each in answer.json()["services"]} >= {SIGN}
    assert Client().post("/cds-services", secure=True).status_code == 405


def test_a_call_gives_cards_with_the_way_to_the_clinic(set_up: str) -> None:
    answer = post(SIGN, call(order()))
    assert answer.status_code == 200, answer.content
    cards = answer.json()["cards"]
    assert "cannot be cleared" in said(cards)
    for each in cards:
        check(each)
        assert each["links"][-1]["url"] == "https://testserver/worklist/"


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_both_algorithms_are_accepted(set_up: str, algorithm: str) -> None:
    bearer = token(f"{BASE}/{SIGN}", algorithm)
    assert post(SIGN, call(order()), bearer).status_code == 200


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"iss": "https://other.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"aud": "https://testserver/cds-services/another"}, "udience"),
        ({"exp": 1_000_000}, "expired"),
        ({"exp": 9_999_999_999}, "minutes"),
        ({"jti": None}, "jti"),
        ({"iat": None}, "iat"),
        ({"head": {"kid": "unknown"}}, "kid"),
        ({"head": {"jku": "https://evil.example/jwks.json"}}, "jku"),
    ],
)
def test_a_token_that_is_not_good_is_refused(set_up: str, change: Any, why: str) -> None:
    answer = post(SIGN, call(order()), token(f"{BASE}/{SIGN}", **change))
    assert answer.status_code == 401 and why in answer.json()["error"]
    assert answer["WWW-Authenticate"] == "Bearer" and not UsedToken.objects.exists()


def test_no_token_or_one_of_another_signature_is_refused(set_up: str) -> None:
    import jwt

    plain = jwt.encode({"iss": ISSUER}, "x" * 48, "HS384", {"kid": "ec1"})
    good = token(f"{BASE}/{SIGN}")
    forged = good.rpartition(".")[0] + "." + token(f"{BASE}/x").rpartition(".")[2]
    for bearer in (None, "x", plain, forged):
        assert post(SIGN, call(order()), bearer).status_code == 401


def test_a_token_is_accepted_once(set_up: str) -> None:
    bearer = token(f"{BASE}/{SIGN}")
    assert post(SIGN, call(order()), bearer).status_code == 200
    again = post(SIGN, call(order()), bearer)
    assert again.status_code == 401 and "used before" in again.json()["error"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ({}, 400),
        (call(order()) | {"hook": "patient-view"}, 400),
        (call(order(), sent=prefetch(without=("weights",))), 412),
        (call(order(), sent={}), 412),
    ],
)
def test_wrong_calls_are_400_and_a_missing_record_412(set_up: str, body: Any, status: int) -> None:
    answer = post(SIGN, body)
    assert answer.status_code == status and answer.json()["error"]


def test_an_unknown_service_is_not_found(set_up: str) -> None:
    assert post("nothing", call(order())).status_code == 404
    assert post("nothing/feedback", {}).status_code == 404


def test_the_record_is_read_from_an_allowed_server_with_its_token(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = {"resourceType": "Bundle", "entry": []}
    weight = {"resourceType": "Bundle", "entry": [{"resource": WEIGHT}]}
    answers = {"/fhir/Patient/p1": PATIENT, "/fhir/Observation?page=2": weight}
    following = {"link": [{"relation": "next", "url": "Observation?page=2"}]}
    answers |= {"/fhir/Observation": page | following, "/fhir/": page}
    with serving(answers) as (address, seen):
        monkeypatch.setenv(HOOKS, _inline(tmp_path, f"{address}/fhir"))
        access = {"fhirServer": f"{address}/fhir", "fhirAuthorization": {"access_token": "t"}}
        body = call(order(), sent={}) | access
        answer = post(SIGN, body)
        assert answer.status_code == 200, answer.content
        assert "No weight is recorded" not in said(answer.json()["cards"])
        assert seen and {each[1] for each in seen} == {"Bearer t"}


def test_another_server_is_never_read(set_up: str) -> None:
    with serving({"/": PATIENT}) as (address, seen):
        body = call(order(), sent={}) | {"fhirServer": address}
        assert post(SIGN, body).status_code == 412 and not seen


def test_a_redirect_is_not_followed(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({"/": PATIENT}) as (elsewhere, unseen), serving({"/": elsewhere}) as (address, _):
        monkeypatch.setenv(HOOKS, _inline(tmp_path, address))
        body = call(order(), sent={}) | {"fhirServer": address}
        assert post(SIGN, body).status_code == 412 and not unseen


def test_keys_are_fetched_from_the_address_that_is_configured(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({"/jwks.json": {"keys": public_keys()}}) as (address, seen):
        jwks = f"{address}/jwks.json"
        client = f'[[client]]\nissuer = "{ISSUER}"\njwks = "{jwks}"\n'
        monkeypatch.setenv(HOOKS, _written(tmp_path, client))
        for _ in range(2):
            bearer = token(f"{BASE}/{SIGN}", head={"jku": jwks})
            assert post(SIGN, call(order()), bearer).status_code == 200
        assert len(seen) == 1
    fetching._published.clear()
    assert post(SIGN, call(order())).status_code == 401  # the server is gone


def test_known_browsers_may_read_and_others_not(set_up: str) -> None:
    for method in ("options", "get"):
        ask = getattr(Client(), method)
        known = ask("/cds-services", secure=True, headers={"Origin": ORIGIN})
        assert known["Access-Control-Allow-Origin"] == ORIGIN
        other = ask("/cds-services", secure=True, headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in other and "Origin" in other["Vary"]
    assert Client().options(f"/cds-services/{SIGN}", secure=True).status_code == 204


def test_feedback_is_kept_without_comments(set_up: str) -> None:
    entry = {"card": "c1", "outcome": "overridden"}
    entry |= {"overrideReason": {"reason": {"code": "corrected"}, "userComment": "Ada"}}  # type: ignore[dict-item]
    assert post(f"{SIGN}/feedback", {"feedback": [entry]}).status_code == 200
    kept = CardFeedback.objects.get()
    assert (kept.card, kept.outcome, kept.reason) == ("c1", "overridden", "corrected")
    assert post(f"{SIGN}/feedback", {"feedback": []}).status_code == 400
    assert post(f"{SIGN}/feedback", {"feedback": [entry]}, None).status_code == 401


@pytest.mark.parametrize(
    ("client", "place", "told"),
    [
        ("[[client]]\n", "", "issuer"),
        (f'[[client]]\nissuer = "{ISSUER}"\njwks = "http://ehr.example"\n', "", "https"),
        (f'[[client]]\nissuer = "{ISSUER}"\njwks = "https://x"\ncolour = 1\n', "", "colour"),
        ("", 'place = "mars"', "mars"),
        ("[", "", "TOML"),
    ],
)
def test_a_file_that_is_wrong_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: str, place: str, told: str
) -> None:
    monkeypatch.setenv(HOOKS, _written(tmp_path, client, place))
    with pytest.raises(BadHooks, match=told):
        configured()


def test_tokens_that_are_over_are_let_go_now_and_then(
    set_up: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "_swept", {})
    past = clock.now() - timedelta(hours=1)
    UsedToken.objects.create(digest="old", expires=past)
    assert post(SIGN, call(order())).status_code == 200
    assert not UsedToken.objects.filter(digest="old").exists()
    UsedToken.objects.create(digest="older", expires=past)
    assert post(SIGN, call(order())).status_code == 200
    assert UsedToken.objects.filter(digest="older").exists()
