"""A token is made by an administrator, shown once, ends, is counted, and opens one clinic."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.clinic import team
from tests.clinic.api.asking import Application
from tests.clinic.browsing import signed_in

from isocourse.clinic.administration.models import Change
from isocourse.clinic.api import limits
from isocourse.clinic.api.models import Token
from isocourse.clinic.log import clock
from isocourse.clinic.people.models import User


def test_a_token_is_shown_once_and_kept_nowhere(sqlite: str) -> None:
    clinic = team.clinic()
    browser = signed_in(team.member(clinic, "administrator"))
    said = {"name": "Harbour EHR", "role": "nurse", "days": "30"}
    page = browser.post("/administration/applications/", said).content.decode()
    (text,) = [
        each
        for each in page.replace("<", " ").replace(">", " ").split()
        if each.startswith("isocourse_")
    ]
    again = browser.get("/administration/applications/").content.decode()
    assert text not in again and "Harbour EHR" in again and "never" in again
    token = Token.objects.get()
    assert text not in str(vars(token)) and len(token.digest) == 64
    answer = Client().get("/api/worklist", headers={"Authorization": f"Bearer {text}"}, secure=True)
    assert answer.status_code == 200
    token.refresh_from_db()
    assert token.last_used is not None
    (change,) = Change.objects.filter(kind="token")
    assert change.whom == "Harbour EHR" and "nurse" in change.after


def test_nobody_signs_in_as_an_application(sqlite: str) -> None:
    user = Application(team.clinic()).token.user
    assert not user.is_active and not user.has_usable_password()
    assert not user.memberships.exists()


@pytest.mark.parametrize("role", ["administrator", "owner"])
def test_no_token_has_the_rights_of_an_administrator(sqlite: str, role: str) -> None:
    browser = signed_in(team.member(team.clinic(), "administrator"))
    said = {"name": "x", "role": role, "days": "30"}
    assert browser.post("/administration/applications/", said).status_code == 200
    assert not Token.objects.exists()


def test_a_token_ends_by_itself_and_at_once_when_it_is_ended(sqlite: str) -> None:
    clinic = team.clinic()
    one, other = Application(clinic, days=30), Application(clinic, "prescriber", days=30)
    assert one.get("worklist").status_code == other.get("worklist").status_code == 200
    with clock.standing_at(clock.now() + timedelta(days=31)):
        assert one.get("worklist").status_code == 401
    browser = signed_in(User.objects.get(memberships__role="administrator"))
    browser.post(f"/administration/applications/{one.pk}/end/")
    assert one.get("worklist").status_code == 401 and other.get("worklist").status_code == 200
    assert Change.objects.filter(kind="token", whom="EHR of nurse").count() == 2


def test_an_administrator_elsewhere_cannot_end_it(sqlite: str) -> None:
    held = Application(team.clinic())
    stranger = signed_in(team.member(team.clinic("Other"), "administrator"))
    stranger.post(f"/administration/applications/{held.pk}/end/")
    assert held.get("worklist").status_code == 200
    assert "EHR of nurse" not in stranger.get("/administration/applications/").content.decode()


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer isocourse_guess", "Basic YTpi"])
def test_without_a_good_token_nothing_is_told(sqlite: str, header: str) -> None:
    course = team.opened(team.clinic())
    for address in ("worklist", "courses", f"courses/{course.code}", "courses/2222-2222"):
        answer = Client().get(f"/api/{address}", headers={"Authorization": header}, secure=True)
        assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer", address
        assert answer["Content-Type"] == "application/problem+json"


def test_a_session_of_a_person_opens_nothing(sqlite: str) -> None:
    browser = signed_in(team.member(team.clinic(), "prescriber"))
    assert browser.get("/api/worklist").status_code == 401


def test_who_asks_too_often_has_to_wait(database: str) -> None:
    held, other = Application(team.clinic()), Application(team.clinic("Other"))
    with clock.standing_at(team.NOW):
        told = [held.get("worklist").status_code for _ in range(limits.A_MINUTE + 1)]
        assert set(told[:-1]) == {200} and told[-1] == 429
        assert held.get("worklist")["Retry-After"] == "60"
        assert other.get("worklist").status_code == 200, "each has a count of its own"
    with clock.standing_at(team.NOW + timedelta(minutes=1)):
        assert held.get("worklist").status_code == 200


def test_a_word_that_is_not_described_changes_nothing_and_opens_nothing(sqlite: str) -> None:
    """Found by the long run: the word went unread, and the token stood for the one left out."""
    course = team.opened(team.clinic())
    asked = "/api/courses?page=1&=null&more=x"
    assert Client().get(asked, secure=True).status_code == 401
    headers = Application(course.clinic).headers
    plain = Client().get("/api/courses?page=1", secure=True, headers=headers).json()
    assert Client().get(asked, secure=True, headers=headers).json() == plain
