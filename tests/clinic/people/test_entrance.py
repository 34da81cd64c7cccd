"""Coming in: by invitation, with a password and a second factor; guessing is locked out."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ValidationError
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in

from isocourse.clinic.people import sessions
from isocourse.clinic.people.invitations import NotOpen, Offer, accept, invite
from isocourse.clinic.people.models import Installation, Membership, User

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def no_memory(sqlite: str) -> None:
    """The limits on guessing start anew in each test."""
    cache.clear()


def try_to_sign_in(browser: Browser, name: str, password: str) -> int:
    said = {"login": name, "password": password}
    return browser.post("/account/login/", said).status_code


def test_a_password_lets_in_only_as_far_as_the_second_factor() -> None:
    user = team.member(team.clinic(), "nurse")
    browser = Browser()
    assert try_to_sign_in(browser, user.username, "wrong") == 200
    assert try_to_sign_in(browser, user.username, PASSWORD) == 302
    for address in ("/", "/worklist/", "/courses/new/"):
        answer = browser.get(address)
        assert answer.status_code == 302 and answer["Location"] == "/account/2fa/", address
    assert browser.get("/account/2fa/").status_code == 200


def test_a_code_from_an_app_lets_in() -> None:
    user = team.member(team.clinic(), "nurse")
    made = TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(made.instance.data), "kept encrypted"
    browser = Browser()
    assert try_to_sign_in(browser, user.username, PASSWORD) == 302
    assert browser.get("/worklist/").status_code == 302
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", counter))
    assert browser.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    assert browser.get("/worklist/").status_code == 200
    assert Authenticator.objects.count() == 1


def test_guessing_is_locked_out_even_with_the_right_password_then() -> None:
    user = team.member(team.clinic(), "nurse")
    browser = Browser()
    told = [try_to_sign_in(browser, user.username, f"wrong {n}") for n in range(6)]
    assert told[0] == 200 and told[-1] == 429
    assert try_to_sign_in(browser, user.username, PASSWORD) == 429
    assert try_to_sign_in(Browser(), user.username, PASSWORD) == 429, "from anywhere"


def test_nobody_signs_up() -> None:
    answer = Browser().post("/account/signup/", {"username": "me", "password1": PASSWORD})
    assert answer.status_code == 200 and not User.objects.exists()


def test_an_invitation_works_once() -> None:
    clinic = team.clinic()
    browser = signed_in(team.member(clinic, "administrator"))
    said = {"email": "new@example.org", "role": "nurse", "profession": "specialist_nurse"}
    page = browser.post("/people/", said).content.decode()
    (link,) = re.findall(r"https://testserver(/join/[^<\s]+)", page)
    new = {"name": "Nell", "username": "nell", "password": "short"}
    assert Browser().post(link, new).status_code == 200 and not User.objects.filter(username="nell")
    assert Browser().post(link, {**new, "password": PASSWORD}).status_code == 302
    held = Membership.objects.get(user__username="nell")
    assert (held.clinic, held.role, held.profession) == (clinic, "nurse", "specialist_nurse")
    assert Browser().post(link, {**new, "username": "eve", "password": PASSWORD}).status_code == 404
    with pytest.raises(NotOpen):
        accept(link.split("/")[2], held.user)


def test_an_invitation_ends_after_a_week() -> None:
    from datetime import timedelta

    from isocourse.clinic.log import clock

    clinic = team.clinic()
    secret = invite(Offer(clinic, "nurse", "other", "x@example.org"), None)
    with clock.standing_at(clock.now() + timedelta(days=8)), pytest.raises(NotOpen):
        accept(secret, team.member(clinic, "auditor"))


@pytest.mark.parametrize(("key", "back"), [("seen", 31 * 60), ("begun", 13 * 3600)])
def test_a_session_ends_when_nobody_uses_it_and_after_a_day(key: str, back: int) -> None:
    browser = signed_in(team.member(team.clinic(), "nurse"))
    assert browser.get("/worklist/").status_code == 200
    session = browser.session
    session[key] -= back
    session.save()
    assert "/account/login/" in browser.get("/worklist/")["Location"]


def test_a_demonstration_database_is_never_served_as_a_clinic() -> None:
    Installation.objects.create(demonstration=True, made_at=team.NOW)
    sessions._demonstration_by_database.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="demonstration"):
        Browser().get("/account/login/")


def test_what_a_browser_is_told() -> None:
    answer = Browser().get("/account/login/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy
    assert "unsafe" not in policy and answer["X-Frame-Options"] == "DENY"
    assert (
        answer["Referrer-Policy"] == "same-origin"
        and "max-age" in answer["Strict-Transport-Security"]
    )
    cookie = signed_in(team.member(team.clinic(), "nurse")).get("/worklist/")
    assert cookie.status_code == 200
    assert cookie["Cache-Control"] == "no-store, private"
    (name,) = signed_in(team.member(team.clinic("Other"), "nurse")).cookies
    assert name == "__Host-session"


def test_a_password_is_hashed_at_the_cost_that_is_asked_for() -> None:
    from isocourse.clinic.people.passwords import Scrypt
    from isocourse.clinic.project import settings as in_earnest

    assert in_earnest.PASSWORD_HASHERS == ["isocourse.clinic.people.passwords.Scrypt"]
    made = Scrypt().encode(PASSWORD, "salt of the tests")
    assert Scrypt().verify(PASSWORD, made) and not Scrypt().verify("another password", made)
    assert made.split("$")[1:5] == ["65536", "salt of the tests", "8", "1"]


@pytest.mark.parametrize("password", ["x" * 129, "123456789012", "passwordpassword1"[:8]])
def test_passwords_that_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


def test_any_signs_will_do_for_a_password() -> None:
    validate_password("пароль с пробелами 🦋" + "x" * 100)
