"""Second factors: a code works once for all workers, and a lost one is removed and told."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in

from isocourse.clinic.administration.models import Change
from isocourse.clinic.people.models import Kept, Notice, User

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a long enough password"
REASON = "She came to the desk with her passport."


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[-1]))


def come_in(user: User, sent: str) -> tuple[Browser, Any]:
    browser = Browser()
    browser.post("/account/login/", {"login": user.username, "password": PASSWORD})
    return browser, browser.post("/account/2fa/authenticate/", {"code": sent})


@pytest.fixture
def nurse(database: str) -> User:
    user = team.member(team.clinic(), "nurse")
    TOTP.activate(user, SECRET)
    return user


def test_a_code_that_comes_twice_is_refused_logged_and_told(
    nurse: User, caplog: pytest.LogCaptureFixture
) -> None:
    sent = code()
    assert come_in(nurse, sent)[1].status_code == 302
    assert Kept.objects.count() >= 1, "in the database, so that every worker knows"
    _, again = come_in(nurse, sent)
    assert again.status_code == 200 and "used already" in again.content.decode()
    assert "came twice" in caplog.text
    (told,) = Notice.objects.filter(user=nurse)
    assert told.shown is None and "twice" in told.said


def test_a_wrong_code_is_only_refused(nurse: User) -> None:
    wrong = "000000" if code() != "000000" else "000001"
    assert come_in(nurse, wrong)[1].status_code == 200
    assert not Notice.objects.exists()


def test_a_lost_factor_is_removed_with_a_reason_and_its_person_is_told(nurse: User) -> None:
    User.objects.filter(pk=nurse.pk).update(email="nurse@example.org")
    there, _ = come_in(nurse, code())
    assert there.get("/worklist/").status_code == 200
    held = nurse.memberships.get()
    admin = signed_in(team.member(held.clinic, "administrator"))
    admin.post(f"/people/{held.pk}/factor/", {"reason": "short"})
    assert Authenticator.objects.exists() and not Change.objects.exists()
    admin.post(f"/people/{held.pk}/factor/", {"reason": REASON})
    assert not Authenticator.objects.exists()
    (change,) = Change.objects.all()
    assert (change.kind, change.whom, change.before) == ("factor", nurse.username, "totp")
    assert REASON in change.after
    assert there.get("/worklist/").status_code == 302, "their sessions ended"
    assert [each.to for each in mail.outbox[-1:]] == [["nurse@example.org"]]
    browser = Browser()
    said = {"login": nurse.username, "password": PASSWORD}
    page = browser.post("/account/login/", said, follow=True).content.decode()
    assert "removed your second factor" in page and "passport" in page
    assert Notice.objects.get().shown is not None
    assert browser.get("/worklist/").status_code == 302, "until there is another one"


def test_nobody_removes_their_own_or_that_of_another_clinic(nurse: User) -> None:
    held = nurse.memberships.get()
    stranger = signed_in(team.member(team.clinic("Other"), "administrator"))
    assert stranger.post(f"/people/{held.pk}/factor/", {"reason": REASON}).status_code == 404
    user = team.member(held.clinic, "administrator")
    TOTP.activate(user, SECRET)
    own = user.memberships.get()
    signed_in(user).post(f"/people/{own.pk}/factor/", {"reason": REASON})
    assert Authenticator.objects.count() == 2


def test_a_person_sees_their_sessions_and_ends_the_others(nurse: User) -> None:
    one, _ = come_in(nurse, code())
    Kept.objects.all().delete()
    other, _ = come_in(nurse, code())
    page = other.get("/account/sessions/")
    assert page.status_code == 200 and UserSession.objects.filter(user=nurse).count() == 2
    assert other.post("/account/sessions/").status_code == 302
    assert one.get("/worklist/").status_code == 302, "ended"
    assert other.get("/worklist/").status_code == 200
    assert Session.objects.count() >= 1
