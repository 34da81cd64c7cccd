"""A patient reaches their own page and nothing else, and nobody of the staff reaches that.

Generated over all addresses: a page that is added is tested by being there.
"""

from contextlib import suppress
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from tests.clinic import team
from tests.clinic.access.test_every_page import ALL, OF_PATIENTS, Scene
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.portal.mine import come_in, text

from isocourse.clinic.access.models import Opening
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.models import Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.models import Role, User
from isocourse.clinic.portal import doors
from isocourse.clinic.portal.models import Access, Photo
from isocourse.clinic.reminders import contact

AT_THE_DOOR = {"my_door", "my_key", "my_link"}
BY_SECRET = {"leave", "feed"}
FOR_ALL = {"health", "ready", *BY_SECRET}


@pytest.fixture
def scene(sqlite: str) -> Scene:
    return Scene()


def mine(name: str, photo: int = 1) -> str:
    """An address of the patient's page."""
    given: dict[str, Any] = {"pk": photo} if name == "my_photo" else {}
    return reverse(name, kwargs=given)


def elsewhere(scene: Scene, name: str) -> str:
    """The address of any other page."""
    try:
        return scene.address(name)
    except NoReverseMatch:
        for given in ([1], ["1", "x"]):
            with suppress(NoReverseMatch):
                return reverse(name, args=given)
        raise


def test_a_patient_is_refused_on_every_page_of_the_staff(scene: Scene) -> None:
    browser = come_in(scene.course)
    before, refused = Entry.objects.count(), 0
    for name in set(ALL) - OF_PATIENTS - AT_THE_DOOR - FOR_ALL:
        for ask in (browser.get, browser.post):
            answer = ask(elsewhere(scene, name))
            allowed = name == "home" and answer.status_code == 302
            assert answer.status_code == 403 or allowed, name
            assert "Ada Berg" not in text(answer), name
            refused += answer.status_code == 403
    assert refused > 60 and Entry.objects.count() == before
    assert browser.get(reverse("my_home")).status_code == 200, "and is still signed in"


def test_a_signed_in_patient_ends_reminders_and_follows_the_calendar(scene: Scene) -> None:
    """Given a patient at their page; then the addresses in their mail lead where they should."""
    nurse = team.writer(scene.here, "nurse")
    contact.agree(scene.course, nurse, "ada@example.org")
    agreed = contact.contact_of(read(scene.course))
    assert agreed is not None
    browser, feed = come_in(scene.course), contact.new_feed(scene.course, None)
    assert browser.get(reverse("feed", args=[feed])).status_code == 200
    page = reverse("leave", args=[agreed.leave])
    assert browser.get(page).status_code == 200
    assert contact.contact_of(read(scene.course)) is not None
    assert browser.post(page).status_code == 200
    assert contact.contact_of(read(scene.course)) is None


def test_what_a_secret_opens_names_nobody(scene: Scene) -> None:
    browser = come_in(scene.course)
    for name in BY_SECRET:
        for ask in (browser.get, browser.post):
            answer = ask(elsewhere(scene, name))
            assert answer.status_code in (200, 404, 405) and "Ada Berg" not in text(answer), name


def test_the_staff_are_refused_on_every_page_of_a_patient(scene: Scene) -> None:
    secret = doors.invite(scene.course, None)
    before = Entry.objects.count()
    for role in Role.values:
        browser = scene.browser(scene.here, role)
        for name in OF_PATIENTS:
            for ask in (browser.get, browser.post):
                assert ask(mine(name)).status_code == 403, (role, name)
        for ask in (browser.get, browser.post):
            assert ask(reverse("my_link", args=[secret])).status_code == 403, role
            assert ask(reverse("my_key")).status_code == 403, role
    assert Entry.objects.count() == before
    assert doors.found(secret), "and the link is not used up"


def test_nobody_unknown_sees_a_patients_page(scene: Scene) -> None:
    for name in OF_PATIENTS:
        for ask in (Browser().get, Browser().post):
            answer = ask(mine(name))
            assert answer.status_code == 302 and answer["Location"] == reverse("my_door"), name


def test_a_patient_sees_their_own_course_and_no_other(scene: Scene) -> None:
    other = team.opened(scene.here, "Eve Noor")
    browser = come_in(other)
    for name in OF_PATIENTS - {"my_photo"}:
        said = text(browser.get(mine(name)))
        assert scene.course.code not in said and "Ada Berg" not in said, name
    assert browser.get(mine("my_photo", scene.photo)).status_code == 404
    theirs = come_in(scene.course)
    assert "Ada Berg" in text(theirs.get(mine("my_data")))


def test_who_was_ended_sees_nothing_at_once(scene: Scene) -> None:
    browser = come_in(scene.course)
    assert browser.get(reverse("my_home")).status_code == 200
    staff = signed_in(team.writer(scene.here).user)
    staff.post(reverse("patient", args=[scene.course.code]), {"do": "end"})
    for name in OF_PATIENTS:
        assert browser.get(mine(name)).status_code == 302, name
    assert not User.objects.get(patient__course=scene.course).is_active


def test_an_ended_patient_is_not_shown_the_staffs_pages_either(scene: Scene) -> None:
    browser = come_in(scene.course)
    Access.objects.update(ended=team.NOW)
    answer = browser.get(reverse("worklist"))
    assert answer.status_code == 302 and "/account/login/" in answer["Location"]


def test_each_coming_in_is_noted(scene: Scene) -> None:
    come_in(scene.course)
    assert Opening.objects.filter(course=scene.course, page="portal").count() == 1


def test_a_forgotten_patient_is_shut_out_and_the_photographs_are_gone(scene: Scene) -> None:
    browser, secret = come_in(scene.course), doors.invite(scene.course, None)
    erase(scene.course, team.writer(scene.here), "asked for")
    assert browser.get(reverse("my_home")).status_code == 302
    assert Browser().post(reverse("my_link", args=[secret])).status_code == 404
    assert not Photo.objects.exists()
