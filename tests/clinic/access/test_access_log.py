"""Who opened a course is kept for good; in an emergency the glass can be broken, with a reason."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.clinic import team
from tests.clinic.browsing import signed_in

from isocourse.clinic.access.models import BreakGlass, Opening
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Entry
from isocourse.clinic.log.recording import record

WHY = "Brought in unconscious; what does she take?"


def test_an_opening_is_noted_and_cannot_be_removed(database: str) -> None:
    clinic = team.clinic()
    course = team.opened(clinic)
    nurse = team.member(clinic, "nurse")
    signed_in(nurse).get(f"/courses/{course.code}/")
    (held,) = Opening.objects.all()
    assert (held.user, held.course, held.emergency) == (nurse, course, None)
    for change in (held.delete, held.save):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change()
    page = signed_in(team.member(clinic, "auditor")).get("/access/").content.decode()
    assert str(nurse) in page and course.code in page


def test_breaking_the_glass_opens_one_course_for_an_hour_to_read(sqlite: str) -> None:
    here, there = team.clinic("Here"), team.clinic("There")
    course, other = team.opened(here), team.opened(here, "Bea Novak")
    (entry,) = record(course, team.writer(here), [team.WEIGHT])
    browser = signed_in(team.member(there, "prescriber"))
    address = f"/courses/{course.code}/"
    assert browser.get(address).status_code == 404
    assert browser.post("/emergency/", {"code": course.code, "reason": "x"}).status_code == 200
    assert not BreakGlass.objects.exists(), "a reason has some words"
    answer = browser.post("/emergency/", {"code": course.code, "reason": WHY})
    assert answer.status_code == 302 and answer["Location"] == address
    seen = browser.get(address)
    assert seen.status_code == 200 and b"Emergency access" in seen.content
    before = Entry.objects.count()
    taken_back = browser.post(f"{address}retract/e{entry.number}/", {"reason": "no"})
    assert taken_back.status_code == 404 and Entry.objects.count() == before
    assert browser.get(f"/courses/{other.code}/").status_code == 404
    with clock.standing_at(clock.now() + timedelta(minutes=61)):
        assert browser.get(address).status_code == 404
    audit = signed_in(team.member(here, "auditor")).get("/access/").content.decode()
    assert WHY in audit and "emergency" in audit


def test_an_unknown_code_is_told_apart_only_to_who_may_break_the_glass(sqlite: str) -> None:
    browser = signed_in(team.member(team.clinic(), "prescriber"))
    answer = browser.post("/emergency/", {"code": "AAAA-AAAA", "reason": WHY})
    assert answer.status_code == 200 and b"no course with this code" in answer.content
