"""What is half filled in waits for its person, encrypted, and goes when it is not needed."""

from datetime import timedelta

import pytest
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.team import NOW
from tests.clinic.visits.filled import VISIT, Desk

from isocourse.clinic.log import clock
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.models import Entry
from isocourse.clinic.visits import drafts
from isocourse.clinic.visits.models import Draft

HALF = {**VISIT, "visit-note": "a word that nobody else reads", "weight-value": "61.4"}


@pytest.fixture
def desk(database: str) -> Desk:
    clinic = team.clinic()
    return Desk(clinic, team.opened(clinic))


def test_it_survives_a_lost_session(desk: Desk) -> None:
    assert desk.send("record/visit", {**HALF, "do": "draft"}).status_code == 204
    assert not desk.new and Entry.objects.count() == 2
    desk.browser.logout()
    assert "61.4" not in desk.ask("record/visit")
    again = desk.ask("record/visit", signed_in(desk.user))
    assert 'value="61.4"' in again and "a word that nobody else reads" in again
    assert "This is what you had filled in before." in again


def test_it_belongs_to_its_person_course_and_form(desk: Desk) -> None:
    desk.send("record/visit", {**HALF, "do": "draft"})
    clinic = desk.course.clinic
    other = Desk(clinic, desk.course, "prescriber")
    assert "61.4" not in other.ask("record/visit")
    assert "61.4" not in desk.ask("record/body")
    assert "61.4" not in Desk(clinic, team.opened(clinic, "Bea")).ask("record/visit")


def test_it_cannot_be_read_in_the_database(desk: Desk) -> None:
    desk.send("record/visit", {**HALF, "do": "later"})
    assert "61.4" not in Draft.objects.get().body and "nobody" not in Draft.objects.get().body


def test_it_goes_when_it_is_recorded_or_not_wanted(desk: Desk) -> None:
    desk.send("record/visit", {**HALF, "do": "later"})
    desk.send("record/visit", {"do": "discard"})
    assert not Draft.objects.exists()
    desk.send("record/visit", {**HALF, "do": "later"})
    desk.send("record/visit", {**HALF, "weight-unit": "kg"})
    assert not Draft.objects.exists() and desk.kinds() == ["visit", "weight"]


def test_its_mark_is_kept_so_that_it_is_recorded_once(desk: Desk) -> None:
    desk.send("record/visit", {**HALF, "do": "later", "token": "mine"})
    assert 'name="token" value="mine"' in desk.ask("record/visit")


def test_what_is_kept_too_late_does_not_come_back(desk: Desk) -> None:
    said = {**HALF, "weight-unit": "kg"}
    desk.send("record/visit", said)
    assert desk.send("record/visit", {**said, "do": "draft"}).status_code == 204
    assert not Draft.objects.exists()
    desk.send("record/visit", {**said, "do": "later", "token": "2"})
    desk.send("record/visit", {**said, "token": "2"})
    assert "61.4" not in desk.ask("record/visit").split("Last: 61.4 kg")[1]


def test_it_is_forgotten_with_the_person(desk: Desk) -> None:
    desk.send("record/visit", {**HALF, "do": "later"})
    with clock.standing_at(NOW):
        erase(desk.course, team.writer(desk.course.clinic), "asked for")
    assert not Draft.objects.exists()


def test_it_does_not_wait_for_ever(desk: Desk) -> None:
    desk.send("record/visit", {**HALF, "do": "later"})
    with clock.standing_at(NOW + drafts.KEPT - timedelta(minutes=1)):
        assert drafts.sweep() == 0
    with clock.standing_at(NOW + drafts.KEPT + timedelta(minutes=1)):
        assert drafts.sweep() == 1


def test_too_much_to_be_a_form_is_not_kept(desk: Desk) -> None:
    said = {**HALF, "visit-note": "x" * drafts.LARGEST, "do": "draft"}
    assert desk.send("record/visit", said).status_code == 413 and not Draft.objects.exists()
