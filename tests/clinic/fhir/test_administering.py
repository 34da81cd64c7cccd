"""The administrator lets systems read, and no longer; nobody else does."""

from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.fhir.system import JWKS, Reader, registered

from isocourse.clinic.administration.models import Change
from isocourse.clinic.fhir.models import System

PAGE = "/administration/systems/"


def test_a_system_is_let_in_and_sent_away(sqlite: str) -> None:
    clinic = team.clinic()
    browser = signed_in(team.member(clinic, "administrator"))
    form = {"name": "Warehouse", "keys": JWKS, "scopes": "system/Observation.rs"}
    assert browser.post(PAGE, form).status_code == 302
    system = System.objects.get()
    page = browser.get(PAGE).content.decode()
    assert system.client_id in page and "https://testserver/fhir" in page
    assert Reader(system).found("Observation") == []
    assert browser.post(PAGE, {"end": system.pk}).status_code == 302
    system.refresh_from_db()
    assert system.ended and Change.objects.count() == 2


def test_what_is_wrong_is_said_and_nothing_is_kept(sqlite: str) -> None:
    browser = signed_in(team.member(team.clinic(), "administrator"))
    answer = browser.post(PAGE, {"name": "W", "keys": "{", "scopes": "system/*.rs"})
    assert answer.status_code == 200 and b"not JSON" in answer.content
    assert not System.objects.exists() and not Change.objects.exists()


def test_a_system_of_another_clinic_is_not_found(sqlite: str) -> None:
    system = registered(team.clinic("There"))
    browser = signed_in(team.member(team.clinic("Here"), "administrator"))
    for told in (system.pk, "x"):
        assert browser.post(PAGE, {"end": told}).status_code == 404
    system.refresh_from_db()
    assert system.ended is None
