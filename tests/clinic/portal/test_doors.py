"""Links: once, for seven days, only as a digest; and shut after too many tries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.portal.mine import come_in, text

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.portal import doors
from isocourse.clinic.portal.models import Access, Link


@pytest.fixture
def course(database: str) -> Course:
    return team.opened(team.clinic())


def link(secret: str) -> str:
    return reverse("my_link", args=[secret])


def test_a_link_is_made_on_the_page_of_the_course_and_shown_once(course: Course) -> None:
    staff = signed_in(team.writer(course.clinic).user)
    page = reverse("patient", args=[course.code])
    said = text(staff.post(page, {"do": "invite"}))
    assert "/my/in/" in said
    assert "/my/in/" not in text(staff.get(page))


def test_a_link_lets_in_once(course: Course) -> None:
    secret = doors.invite(course, None)
    assert Browser().post(link(secret)).status_code == 302
    assert Browser().post(link(secret)).status_code == 404


def test_looking_at_a_link_does_not_use_it_up(course: Course) -> None:
    secret = doors.invite(course, None)
    assert Browser().get(link(secret)).status_code == 200
    assert Browser().post(link(secret)).status_code == 302


def test_a_link_says_nothing_of_the_patient_before_it_is_used(course: Course) -> None:
    said = text(Browser().get(link(doors.invite(course, None))))
    assert course.code not in said and "Ada" not in said and "isotretinoin" not in said.lower()


def test_a_link_is_over_after_seven_days(course: Course) -> None:
    now = clock.now()
    with clock.standing_at(now - timedelta(days=7, minutes=1)):
        old = doors.invite(course, None)
    assert Browser().post(link(old)).status_code == 404
    with clock.standing_at(now - timedelta(days=6, hours=23)):
        young = doors.invite(course, None)
    assert Browser().post(link(young)).status_code == 302


def test_a_fresh_link_closes_the_one_before(course: Course) -> None:
    first, second = doors.invite(course, None), doors.invite(course, None)
    assert Browser().post(link(first)).status_code == 404
    assert Browser().post(link(second)).status_code == 302
    assert Access.objects.count() == 1


def test_the_secret_is_kept_nowhere(course: Course) -> None:
    secret = doors.invite(course, None)
    held = Link.objects.values_list("digest", flat=True)
    assert all(secret not in each for each in held)


def test_too_many_wrong_links_shut_the_door_for_a_while(course: Course) -> None:
    browser = Browser()
    for _ in range(10):
        assert browser.get(link("wrong")).status_code == 404
    secret = doors.invite(course, None)
    assert browser.get(link(secret)).status_code == 429
    assert browser.post(link(secret)).status_code == 429
    assert Browser(REMOTE_ADDR="203.0.113.9").get(link(secret)).status_code == 200
    with clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert browser.post(link(secret)).status_code == 302


def test_a_link_of_an_ended_access_lets_nobody_in(course: Course) -> None:
    secret = doors.invite(course, None)
    assert doors.end(course) and not doors.end(course)
    assert Browser().post(link(secret)).status_code == 404


def test_after_an_end_the_patient_can_be_invited_anew(course: Course) -> None:
    first = come_in(course)
    doors.end(course)
    second = come_in(course)
    assert first.get(reverse("my_home")).status_code == 302
    assert second.get(reverse("my_home")).status_code == 200


def test_a_wrong_passkey_lets_nobody_in(course: Course) -> None:
    browser = Browser()
    assert browser.get(reverse("my_key")).json()["request_options"]
    for said in ("", "{}", "[]", "null", '{"response": {"userHandle": "eA"}}', "x" * 30_000):
        answer = browser.post(reverse("my_key"), {"credential": said})
        assert answer.status_code == 302 and answer["Location"] == reverse("my_door")
    assert "_auth_user_id" not in browser.session


def test_without_a_second_factor_outside_the_demonstration_a_link_is_enough(course: Course) -> None:
    """The link itself is what the patient holds; the staff's rule does not lead them astray."""
    browser = come_in(course)
    assert browser.get(reverse("my_passkey")).status_code == 200
