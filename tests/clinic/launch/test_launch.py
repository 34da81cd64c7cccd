"""An EHR opens our course page: only one that is registered, for who is signed in here too."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.launch.ehr import APP, Ehr, page_of, running
from tests.exchange.hooks.calls import WEIGHT

from isocourse.clinic.access.models import Opening
from isocourse.clinic.hooks.configuration import HOOKS, BadHooks, configured
from isocourse.clinic.launch import views
from isocourse.clinic.launch.models import PatientLink, PersonLink
from isocourse.clinic.log import clock
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.models import User

OPEN = "/launch/open"
FRAME = "https://ehr.example"


class Scene:
    """A clinic with an EHR, another clinic without one, and a prescriber at a browser."""

    def __init__(self, ehr: Ehr) -> None:
        self.ehr = ehr
        self.clinic, self.other = team.clinic("Here"), team.clinic("There")
        self.doctor = team.member(self.clinic, "prescriber")
        self.browser = signed_in(self.doctor)

    def begin(self, browser: Browser | None = None, **more: str) -> Any:
        asks = {"iss": self.ehr.server, "launch": "xyz"} | more
        return (browser or self.browser).get(f"/launch?{urlencode(asks)}")

    def launch(self, browser: Browser | None = None) -> Any:
        """The whole way to where the EHR sends the browser back."""
        browser = browser or self.browser
        sent = self.ehr.authorized(self.begin(browser)["Location"])
        return browser.get(f"/launch/back?{urlencode(sent)}")

    def known(self, browser: Browser | None = None) -> Browser:
        """The same, with the EHR account linked to who is signed in."""
        browser = browser or self.browser
        assert self.launch(browser).status_code == 302
        assert browser.post(OPEN, {"do": "person"}).status_code == 302
        return browser


@pytest.fixture
def scene(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with running(Ehr()) as ehr:
        monkeypatch.setenv(HOOKS, _written(tmp_path, ehr.server))
        yield Scene(ehr)


def _written(folder: Path, server: str, more: str = "") -> str:
    file = folder / "hooks.toml"
    told = f'[[launch]]\nserver = "{server}"\nclient_id = "{APP}"\nclinic = "Here"\n'
    file.write_text(
        f'format = "isocourse.hooks/1"\n{told}frames = ["{FRAME}"]\n{more}', encoding="utf-8"
    )
    return str(file)


def test_a_linked_patient_opens_on_the_course_page(scene: Scene) -> None:
    course = team.opened(scene.clinic)
    browser = scene.known()
    page = browser.get(OPEN).content.decode()
    assert "Ada Berg" in page and course.code in page  # alike: same name, same day of birth
    linked = browser.post(OPEN, {"do": "link", "code": course.code})
    assert linked["Location"] == OPEN
    assert browser.get(OPEN)["Location"] == f"/courses/{course.code}/"
    assert scene.launch()["Location"] == OPEN  # the next time nothing is asked
    assert browser.get(OPEN)["Location"] == f"/courses/{course.code}/"
    assert browser.get(f"/courses/{course.code}/").status_code == 200
    assert Opening.objects.filter(course=course, user=scene.doctor).exists()


def test_a_patient_who_is_not_found_is_taken_in_as_it_was_looked_at(scene: Scene) -> None:
    browser = scene.known()
    page = browser.get(OPEN).content.decode()
    assert "not linked" in page and "weight" in page and not Course.objects.exists()
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest
    wrong = browser.post(OPEN, {"do": "import", "digest": "other"})
    assert b"has changed" in wrong.content and not Course.objects.exists()
    assert browser.post(OPEN, {"do": "import", "digest": digest[1]}).status_code == 302
    course = Course.objects.get()
    assert browser.get(OPEN)["Location"] == f"/courses/{course.code}/"
    held = read(course)
    assert course.clinic == scene.clinic and held.identity["name"] == "Ada Berg"
    assert [e["kind"] for e in held.events] == ["weight"] and "x-fhir" in held.events[0]


def test_who_is_not_signed_in_signs_in_first(scene: Scene) -> None:
    browser = Browser()
    assert scene.launch(browser)["Location"] == OPEN
    answer = browser.get(OPEN)
    assert answer.status_code == 302 and answer["Location"].startswith(
        "/account/login/?next=/launch"
    )
    assert not PersonLink.objects.exists()


def test_an_ehr_account_opens_for_its_own_person_only(scene: Scene) -> None:
    scene.known()
    other = signed_in(team.member(scene.clinic, "nurse"))
    assert scene.launch(other).status_code == 302
    answer = other.get(OPEN)
    assert answer.status_code == 403 and b"somebody else" in answer.content
    assert other.post(OPEN, {"do": "person"}).status_code == 403
    assert PersonLink.objects.get().user == scene.doctor


def test_a_launch_gives_no_right(scene: Scene) -> None:
    """A pharmacist takes nothing in, an administrator opens no course, a stranger nothing."""
    before = User.objects.count()
    scene.ehr.subject = "ph"
    pharmacist = scene.known(signed_in(team.member(scene.clinic, "pharmacist")))
    assert pharmacist.get(OPEN).status_code == 403
    assert pharmacist.post(OPEN, {"do": "import", "digest": ""}).status_code == 403
    administrator = signed_in(team.member(scene.clinic, "administrator"))
    scene.launch(administrator)
    assert administrator.get(OPEN).status_code == 403
    stranger = signed_in(team.member(scene.other, "prescriber"))
    scene.launch(stranger)
    assert stranger.get(OPEN).status_code == 403
    assert not Course.objects.exists() and User.objects.count() == before + 3


def test_who_works_in_two_clinics_lands_in_that_of_the_ehr(scene: Scene) -> None:
    from isocourse.clinic.people.models import Membership

    first = team.clinic("Aardvark")
    role = {"role": "prescriber", "profession": "dermatologist", "since": team.NOW}
    Membership.objects.create(user=scene.doctor, clinic=first, **role)
    scene.launch()
    assert scene.browser.get(OPEN)["Location"] == OPEN
    assert scene.browser.get(OPEN).status_code == 200


def test_the_patient_of_another_clinic_is_never_opened(scene: Scene) -> None:
    theirs = team.opened(scene.other)
    PatientLink.objects.create(
        clinic=scene.other, digest="x", course=theirs, by=scene.doctor, at=team.NOW
    )
    browser = scene.known()
    assert theirs.code not in browser.get(OPEN).content.decode()
    assert browser.post(OPEN, {"do": "link", "code": theirs.code}).status_code == 404
    assert not PatientLink.objects.filter(clinic=scene.clinic).exists()


def test_only_a_registered_ehr_launches(scene: Scene) -> None:
    for iss in ("https://evil.example/fhir", "", f"{scene.ehr.address}/other"):
        assert scene.begin(iss=iss).status_code == 403
    assert scene.begin(launch="").status_code == 403
    assert not scene.ehr.asked


def test_a_state_of_no_launch_or_used_before_is_refused(scene: Scene) -> None:
    sent = scene.ehr.authorized(scene.begin()["Location"])
    for state in ("", "other"):
        answer = scene.browser.get(f"/launch/back?{urlencode(sent | {'state': state})}")
        assert answer.status_code == 403
    elsewhere = signed_in(team.member(scene.clinic, "nurse"))
    assert elsewhere.get(f"/launch/back?{urlencode(sent)}").status_code == 403
    assert ("POST", "/token") not in scene.ehr.asked
    assert scene.browser.get(f"/launch/back?{urlencode(sent)}").status_code == 302
    assert scene.browser.get(f"/launch/back?{urlencode(sent)}").status_code == 403
    assert scene.ehr.asked.count(("POST", "/token")) == 1


def test_an_answer_of_another_server_or_a_refusal_ends_it(scene: Scene) -> None:
    for more in ({"iss": "https://evil.example"}, {"error": "access_denied"}, {"code": ""}):
        sent = scene.ehr.authorized(scene.begin()["Location"]) | more
        assert scene.browser.get(f"/launch/back?{urlencode(sent)}").status_code == 403
    assert ("POST", "/token") not in scene.ehr.asked


def test_a_launch_that_took_too_long_is_over(scene: Scene) -> None:
    sent = scene.ehr.authorized(scene.begin()["Location"])
    with clock.standing_at(clock.now() + timedelta(minutes=11)):
        assert scene.browser.get(f"/launch/back?{urlencode(sent)}").status_code == 403


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("claims", {"nonce": "other"}),
        ("claims", {"nonce": None}),
        ("claims", {"aud": "another-app"}),
        ("claims", {"iss": "https://evil.example"}),
        ("claims", {"exp": 1_000_000}),
        ("claims", {"sub": None}),
        ("token", {"id_token": None}),
        ("token", {"id_token": "x"}),
        ("token", {"patient": None}),
        ("token", {"patient": "../Patient"}),
        ("token", {"access_token": None}),
        ("token", {"token_type": "mac"}),
        ("says", {"code_challenge_methods_supported": ["plain"]}),
        ("says", {"token_endpoint": "http://evil.example/token"}),
        ("says", {"jwks_uri": None}),
    ],
)
def test_what_the_ehr_says_is_checked(scene: Scene, part: str, change: Any) -> None:
    setattr(scene.ehr, part, change)
    answer = scene.begin() if part == "says" else scene.launch()
    assert answer.status_code == 403
    assert scene.browser.get(OPEN)["Location"] == "/"  # nothing was let in


def test_what_was_let_in_ends_with_the_token(scene: Scene) -> None:
    scene.ehr.token = {"expires_in": 60}
    browser = scene.known()
    with clock.standing_at(clock.now() + timedelta(seconds=61)):
        assert browser.get(OPEN)["Location"] == "/"


def test_the_token_of_the_ehr_lies_nowhere_to_be_read(scene: Scene) -> None:
    scene.known()
    assert "ehr-token" not in str(dict(scene.browser.session))


def test_a_record_that_cannot_be_read_is_said(scene: Scene) -> None:
    browser = scene.known()
    scene.ehr.records = {}
    answer = browser.get(OPEN)
    assert answer.status_code == 403 and b"cannot be read" in answer.content


def test_only_the_ehr_that_launched_a_session_may_frame_it(scene: Scene) -> None:
    before = scene.browser.get("/worklist/")
    assert "frame-ancestors 'none'" in before["Content-Security-Policy"]
    assert before["X-Frame-Options"] == "DENY"
    scene.launch()
    after = scene.browser.get("/worklist/")
    assert f"frame-ancestors 'self' {FRAME};" in after["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in after
    other = signed_in(scene.doctor).get("/worklist/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


def test_who_was_forgotten_has_no_link(scene: Scene) -> None:
    course = team.opened(scene.clinic)
    scene.known().post(OPEN, {"do": "link", "code": course.code})
    assert PatientLink.objects.exists()
    erase(course, team.writer(scene.clinic), "asked for")
    assert not PatientLink.objects.exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('secret_variable = "NOT_THERE"\n', "NOT_THERE"),
        ("colour = 1\n", "colour"),
        ('[[launch]]\nserver = "https://x.example"\n', "clinic"),
        ('[[launch]]\nserver = "http://x.example"\nclient_id = "i"\nclinic = "Here"\n', "https"),
    ],
)
def test_a_file_that_is_wrong_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, told: str
) -> None:
    monkeypatch.setenv(HOOKS, _written(tmp_path, "https://ehr.example/fhir", more))
    with pytest.raises(BadHooks, match=told):
        configured()


def test_two_presses_at_one_instant_take_a_patient_in_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given two windows; when one is pressed amid the work of the other; then one course stands."""
    browser = scene.known()
    digest = re.search(r'name="digest" value="(\w+)"', browser.get(OPEN).content.decode())
    assert digest
    press = {"do": "import", "digest": digest[1]}
    read_of = views.looked_up

    def amid(*words: Any) -> Any:
        monkeypatch.setattr(views, "looked_up", read_of)
        other = signed_in(scene.doctor)
        scene.launch(other)
        assert other.post(OPEN, press).status_code == 302
        return read_of(*words)

    monkeypatch.setattr(views, "looked_up", amid)
    assert browser.post(OPEN, press)["Location"] == OPEN
    course = Course.objects.get()
    assert browser.get(OPEN)["Location"] == f"/courses/{course.code}/"
    assert b"a moment ago" in browser.get(f"/courses/{course.code}/").content


def test_what_is_taken_in_is_shown_with_its_note_and_who_recorded_it(scene: Scene) -> None:
    scene.ehr.records["Observation"] = page_of(WEIGHT | {"note": [{"text": "in shoes"}]})
    page = scene.known().get(OPEN).content.decode()
    assert "<q>in shoes</q>" in page and "Recorded by" in page
