"""What a request leaves in the log and in a browser: enough to look into it, no patient."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in

from isocourse.clinic.people.models import Membership
from isocourse.clinic.project.requests import Lines
from isocourse.clinic.worklist import views as worklist

SAID = "Ada Berg has thoughts that nobody may read"


@pytest.fixture
def lines() -> Iterator[Any]:
    """The lines of the log as they are written, one after the other."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)


def test_a_request_is_told_by_its_route_and_person_only(sqlite: str, lines: Any) -> None:
    clinic = team.clinic()
    course, nurse = team.opened(clinic), team.member(clinic, "nurse")
    browser = signed_in(nurse)
    assert browser.get(f"/courses/{course.code}/?on=2026-01-02").status_code == 200
    assert browser.get("/worklist/?q=Berg").status_code == 200
    browser.post(f"/courses/{course.code}/record/acne/", {"visit-note": SAID})
    told = [each for each in lines() if each["of"] == "isocourse.clinic.requests"]
    assert [(each["route"], each["status"]) for each in told] == [
        ("courses/<str:code>/", 200),
        ("worklist/", 200),
        ("courses/<str:code>/record/<slug:form>/", 200),
    ]
    assert all(each["person"] == nurse.pk and each["at"].endswith("+00:00") for each in told)
    whole = json.dumps(lines())
    for secret in (course.code, "Berg", "2026-01-02", SAID, browser.session.session_key):
        assert secret not in whole


def test_a_refusal_is_told_with_page_person_and_moment(sqlite: str, lines: Any) -> None:
    nurse = team.member(team.clinic(), "nurse")
    assert signed_in(nurse).get("/people/").status_code == 403
    (told,) = [each for each in lines() if each.get("status") == 403 and "milliseconds" in each]
    assert (told["route"], told["person"]) == ("people/", nurse.pk)


def test_an_error_tells_where_it_arose_and_nothing_it_held(
    sqlite: str, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise ValueError(SAID)

    monkeypatch.setattr(worklist, "_counts", fails)
    browser = signed_in(team.member(team.clinic(), "nurse"))
    browser.raise_request_exception = False
    answer = browser.get("/worklist/")
    assert answer.status_code == 500 and "Nothing was saved" in answer.content.decode()
    assert SAID not in answer.content.decode() and SAID not in json.dumps(lines())
    (told,) = [each for each in lines() if each.get("error")]
    assert told["error"] == "ValueError"
    assert any("worklist.views:" in each for each in told["where"])


def test_a_line_cannot_be_slipped_into_the_log(sqlite: str, lines: Any) -> None:
    Browser().get('/courses/x"}\n{"level": "info/')
    Browser().get("/nowhere", headers={"user-agent": '"}\n{"level": "info"}'})
    assert all(set(each) >= {"at", "level", "of"} for each in lines()) and lines()


def test_a_form_that_was_not_given_out_is_refused(sqlite: str) -> None:
    clinic = team.clinic()
    held = Membership.objects.get(user=team.member(clinic, "nurse"))
    admin = signed_in(team.member(clinic, "administrator"))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = admin.cookies
    answer = strict.post(f"/people/{held.pk}/end/", secure=True)
    assert answer.status_code == 403
    held.refresh_from_db()
    assert held.ended is None


@pytest.mark.parametrize("address", ["/account/login/", "/worklist/", "/nowhere", "/health"])
def test_the_headers_of_every_page(sqlite: str, address: str) -> None:
    browser = signed_in(team.member(team.clinic(), "nurse"))
    answer = browser.get(address, headers={"origin": "https://elsewhere.example"})
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "includeSubDomains" in answer["Strict-Transport-Security"]
    assert answer["Content-Type"] in ("text/html; charset=utf-8", "text/plain")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store, private"
    named = ("Access-Control-Allow-Origin", "Server", "X-Powered-By")
    assert not [each for each in named if each in answer]


def test_without_encryption_a_browser_is_sent_to_it(sqlite: str) -> None:
    answer = Client().get("/worklist/")
    assert answer.status_code == 301 and answer["Location"] == "https://testserver/worklist/"
    claimed = Client().get("/worklist/", headers={"x-forwarded-proto": "https"})
    assert claimed.status_code == 301, "a header is trusted only where a proxy was named"


def test_an_interrupted_session_is_told_as_such(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the database goes away after the view, nobody knows what was recorded."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.exceptions import SessionInterrupted

    def gone(*_: Any) -> None:
        raise SessionInterrupted("gone")

    browser = signed_in(team.member(team.clinic(), "nurse"))
    monkeypatch.setattr(SessionStore, "save", gone)
    answer = browser.get("/worklist/")
    assert answer.status_code == 400 and "may have been recorded" in answer.content.decode()


def test_other_methods_are_refused(sqlite: str) -> None:
    browser = signed_in(team.member(team.clinic(), "nurse"))
    for method in ("delete", "put", "patch", "trace"):
        assert getattr(browser, method)("/worklist/").status_code == 405


def test_health_answers_when_the_database_does_not(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import DatabaseError

    from isocourse.clinic.project import health

    class Dead:
        def cursor(self) -> None:
            raise DatabaseError("gone")

    assert Browser().get("/ready").content == b"ready\n"
    monkeypatch.setattr(health, "connection", Dead())
    answer = health.ready(RequestFactory().get("/ready"))
    assert answer.status_code == 503 and b"does not answer" in answer.content
    assert health.health(RequestFactory().get("/health")).status_code == 200
