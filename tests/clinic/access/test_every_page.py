"""Every address refuses the wrong role, the other clinic and whoever has not signed in.

Generated over all addresses: a page that is added is tested by being there.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from tests.clinic import team
from tests.clinic.api.asking import Application
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.log.tampering import unguarded
from tests.clinic.supply.vain import tried_in_vain

from isocourse.clinic.access.acts import ACTS
from isocourse.clinic.access.models import Opening
from isocourse.clinic.api.models import Token
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.recording import record
from isocourse.clinic.people.models import Clinic, Membership, Role
from isocourse.clinic.portal import photos
from isocourse.clinic.reminders.models import Message

HOOKS = {"cds_services", "cds_service", "cds_feedback"}
"""Called by other systems with a signed token; see tests/clinic/hooks."""
SECRET = {"leave", "feed"}
"""Opened by a secret in the address alone; see tests/clinic/reminders."""
DOORS = {"my_door", "my_key", "my_link"}
"""Where a patient comes in; see tests/clinic/portal."""
FHIR = {
    "fhir_base",
    "fhir_metadata",
    "fhir_smart",
    "fhir_token",
    "fhir_search",
    "fhir_search_post",
    "fhir_read",
    "fhir_everything",
    "fhir_export",
    "fhir_patients",
    "fhir_export_status",
    "fhir_export_file",
}
"""Read by systems with a token of their own; see tests/clinic/fhir."""
LAUNCH = {"launch_begin", "launch_back"}
"""Come by a browser from an EHR, before anybody signs in; see tests/clinic/launch."""
OPEN_TO_ALL = {"health", "ready", "accept_invitation"} | HOOKS | SECRET | DOORS | FHIR | LAUNCH
ENTRANCE = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
"""Pages of the entrance, where nobody is signed in yet."""


def addresses() -> Iterator[tuple[str, Any]]:
    """Every named address with its view."""
    for name, view, _ in _walk(get_resolver()):
        yield name, view


def _walk(resolver: Any) -> Iterator[tuple[str, Any, str]]:
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from _walk(each)
        elif not hasattr(each.callback, "of_the_api"):  # see tests/clinic/api
            yield each.name, each.callback, str(each.pattern)


ALL = dict(reversed(list(addresses())))  # the first of a name is the one that is found
OURS = {n: v for n, v in ALL.items() if v.__module__.startswith("isocourse.clinic")}
OF_PATIENTS = {name for name, view in OURS.items() if hasattr(view, "of_patient")}
"""The patient's own pages; see tests/clinic/portal/test_separation.py."""
GUARDED = {name: view.needs for name, view in OURS.items() if hasattr(view, "needs")}
OF_A_COURSE = {name for name, _, pattern in _walk(get_resolver()) if "<str:code>" in pattern}
"""Every page of a course, known by its address."""


OF_A_PERSON = ("end_membership", "change_role", "remove_factor", "end_application")
OF_A_MESSAGE = ("settle_message",)
ONLY_SENT = ("choose_clinic", *OF_A_PERSON, *OF_A_MESSAGE)
"""Addresses to which a form is sent, and which show nothing."""


def _photographed(course: Course, clinic: Clinic) -> int:
    """A photograph of a course, with the entry that names it."""
    photo = photos.keep(course, b"a picture")
    event = {"kind": "document", "at": "2026-11-25", "ref": photos.named(photo)}
    record(course, team.writer(clinic), [{**event, "sha256": photo.sha256}])
    return photo.pk


class Scene:
    """Two clinics that must not see each other, and a course of the first."""

    def __init__(self) -> None:
        self.here, self.there = team.clinic("Here"), team.clinic("There", "uk")
        self.course, self.supply = team.ready_to_hand_over(self.here)
        (entry,) = record(self.course, team.writer(self.here), [team.WEIGHT])
        self.event = f"e{entry.number}"
        said = {"due": team.NOW, "until": team.NOW, "changed_at": team.NOW, "body": "sealed"}
        self.message = Message.objects.create(
            key="of the tests", clinic=self.here, course=self.course, **said
        )
        self.token = Application(self.here).pk
        self.outage = tried_in_vain(self.course, self.supply.prescription_id)
        self.photo = _photographed(self.course, self.here)

    def address(self, name: str) -> str:
        """An address with what it needs filled in."""
        from django.urls import reverse

        given: dict[str, Any] = {}
        if name in OF_A_COURSE:
            given["code"] = self.course.code
        if name == "retract":
            given["event"] = self.event
        if name == "record":
            given["form"] = "visit"
        if name in ("patient_photo", "remove_photo"):
            given["pk"] = self.photo
        if name in ("outage", "settle_outage"):
            given["number"] = self.outage
        if name == "prescription":
            given["prescription"] = self.supply.prescription_id
        if name == "letter":
            given["kind"] = "summary"
        if name in OF_A_MESSAGE:
            given["pk"] = self.message.pk
        if name == "end_application":
            given["pk"] = self.token
        elif name in OF_A_PERSON:
            held = Membership.objects.filter(clinic=self.here).first()
            given["pk"] = held.pk if held else 0
        return reverse(name, kwargs=given)

    def browser(self, clinic: Clinic, role: str) -> Browser:
        """Somebody with a role, signed in."""
        held = Membership.objects.filter(clinic=clinic, role=role, user__username__contains="-")
        found = held.first()
        return signed_in(found.user if found else team.member(clinic, role, f"{role}-{clinic.pk}-"))


@pytest.fixture
def scene(sqlite: str) -> Scene:
    return Scene()


def test_every_address_says_what_it_needs() -> None:
    bare = {name for name in OURS if name not in GUARDED}
    assert bare == OPEN_TO_ALL | {"account_login"} | OF_PATIENTS
    assert len(OF_PATIENTS) >= 12 and all(name.startswith("my_") for name in OF_PATIENTS)
    assert len(GUARDED) >= 18 and len(OF_A_COURSE) >= 11 and set(GUARDED.values()) <= ACTS.keys()


def test_nobody_unknown_sees_anything(scene: Scene) -> None:
    for name in GUARDED:
        for ask in (Browser().get, Browser().post):
            answer = ask(scene.address(name))
            assert answer.status_code == 302 and "/account/login/" in answer["Location"], name


def test_pages_of_the_account_are_for_those_who_signed_in(sqlite: str) -> None:
    from django.urls import NoReverseMatch, reverse

    for name in set(ALL) - set(OURS) - ENTRANCE:
        try:
            address = reverse(name)
        except NoReverseMatch:
            address = reverse(name, args=[1])
        answer = Browser().get(address)
        assert answer.status_code == 302 and "/account/" in answer["Location"], name


def test_the_wrong_role_is_refused(scene: Scene) -> None:
    before = Entry.objects.count()
    refused = 0
    for role in Role.values:
        browser = scene.browser(scene.here, role)
        for name, act in GUARDED.items():
            if role not in ACTS[act]:
                refused += 1
                for ask in (browser.get, browser.post):
                    assert ask(scene.address(name)).status_code == 403, (role, name)
    assert refused > 20 and Entry.objects.count() == before and not Opening.objects.exists()


def test_the_right_role_is_not_refused(scene: Scene) -> None:
    """The test above can fail: those who may, do see the page."""
    for role in Role.values:
        browser = scene.browser(scene.here, role)
        for name, act in GUARDED.items():
            if role in ACTS[act] and name not in ONLY_SENT:
                assert browser.get(scene.address(name)).status_code in (200, 302), (role, name)


def test_the_other_clinic_finds_nothing(scene: Scene) -> None:
    before = Entry.objects.count()
    for role in Role.values:
        browser = scene.browser(scene.there, role)
        for name in (*OF_A_COURSE, *OF_A_PERSON, *OF_A_MESSAGE):
            if role in ACTS[GUARDED[name]]:
                asks = [browser.post] if name in ONLY_SENT else [browser.get, browser.post]
                for ask in asks:
                    status = ask(scene.address(name), {"reason": "x"}).status_code
                    assert status in (404, 405), (role, name)
        names = ("outbox", "worklist", "openings", "team", "administration", "changes")
        for name in (*names, "applications"):
            if role in ACTS[GUARDED[name]]:
                text = browser.get(scene.address(name)).content.decode()
                assert scene.course.code not in text and "Ada Berg" not in text
                assert "EHR of nurse" not in text
    assert Entry.objects.count() == before
    assert Membership.objects.filter(clinic=scene.here, ended__isnull=False).count() == 0
    assert not Token.objects.filter(ended__isnull=False).exists()


def test_a_log_that_does_not_hold_shows_nothing_on_any_page(scene: Scene) -> None:
    with unguarded() as cursor:
        cursor.execute("UPDATE log_entry SET body = 'x' WHERE course_id = %s", [scene.course.pk])
    for role in Role.values:
        browser = scene.browser(scene.here, role)
        for name in OF_A_COURSE:
            if role in ACTS[GUARDED[name]]:
                for ask in (browser.get, browser.post):
                    status = ask(scene.address(name)).status_code
                    assert status in (405, 409), (role, name)


def test_a_person_who_was_forgotten_is_found_on_no_page(scene: Scene) -> None:
    erase(scene.course, team.writer(scene.here), "asked for")
    for role in Role.values:
        browser = scene.browser(scene.here, role)
        for name in OF_A_COURSE:
            if role in ACTS[GUARDED[name]]:
                for ask in (browser.get, browser.post):
                    status = ask(scene.address(name), {"do": "draft"}).status_code
                    assert status in (404, 405), (role, name)


def test_who_left_sees_nothing(scene: Scene) -> None:
    browser = scene.browser(scene.here, Role.PRESCRIBER)
    assert browser.get(scene.address("worklist")).status_code == 200
    Membership.objects.filter(clinic=scene.here).update(ended=team.NOW)
    assert browser.get(scene.address("worklist")).status_code == 403
    assert Course.objects.exists()
