"""A calendar keeps its names, counts changes up, tells what was cancelled, and names nobody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from icalendar import Calendar
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.reminders.scene import NOW, TO, treated

from isocourse.clinic.log import clock
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.portal.models import Desk
from isocourse.clinic.reminders import contact, keeping
from isocourse.clinic.reminders.calendars import calendar
from isocourse.clinic.worklist.standing import assessed

REVEALING = ("isotretinoin", "Ada", "Berg", "pregnan", "test", "dose", "acne", "capsule", "Harbour")


def events(made: bytes) -> dict[str, Any]:
    """The events of a calendar by their name."""
    held = Calendar.from_ical(made)
    assert not held.errors
    return {str(each["uid"]): each for each in held.walk("VEVENT")}


def kept(course: Course, **change: Any) -> dict[str, Any]:
    """The calendar after the course was kept up to date, with what the engine finds changed."""
    with clock.standing_at(NOW):
        held = read(course)
        keeping.keep(held, replace(assessed(held), **change))
        return events(calendar(course))


def test_names_stay_and_changes_are_counted_and_cancelled(database: str) -> None:
    course = treated(team.clinic())
    first = kept(course)
    assert first and all(int(each["sequence"]) == 0 for each in first.values())
    assert kept(course) == first
    with clock.standing_at(NOW):
        due = assessed(read(course)).due
    moved = tuple(
        replace(each, closes=each.closes + timedelta(days=1)) if each.closes else each
        for each in due
    )
    second = kept(course, due=moved)
    assert second.keys() == first.keys()
    changed = [uid for uid in first if second[uid]["dtend"].dt != first[uid]["dtend"].dt]
    assert changed and all(int(second[uid]["sequence"]) == 1 for uid in changed)
    third = kept(course, due=())
    assert third.keys() == first.keys()
    assert {str(each["status"]) for each in third.values()} == {"CANCELLED"}
    assert all(int(third[u]["sequence"]) == int(second[u]["sequence"]) + 1 for u in first)
    assert {str(each["status"]) for each in kept(course).values()} == {"CONFIRMED"}


def test_a_calendar_tells_nothing(database: str) -> None:
    course = treated(team.clinic())
    kept(course)
    text = calendar(course).decode()
    assert not [word for word in REVEALING if word.lower() in text.lower()]
    assert course.code not in text
    assert course.code in calendar(course, course.code).decode()


def test_a_feed_is_opened_by_its_secret_alone_and_can_be_shut(database: str) -> None:
    clinic = team.clinic()
    course = treated(clinic)
    nurse = signed_in(team.member(clinic, "nurse", "nora"))
    page = f"/courses/{course.code}/mail/"
    with clock.standing_at(NOW):
        assert nurse.post(page, {"do": "feed"}).status_code == 302
        told = nurse.get(page).content.decode()
        secret = told.partition("/calendar/")[2].partition(".ics")[0]
        assert len(secret) > 40 and "/calendar/" not in nurse.get(page).content.decode()
        answer = Browser().get(f"/calendar/{secret}.ics")
        assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
        assert events(answer.content)
        assert Browser().get("/calendar/another.ics").status_code == 404
        assert nurse.post(page, {"do": "feed"}).status_code == 302
        assert Browser().get(f"/calendar/{secret}.ics").status_code == 404, "a new one shuts it"
        other = nurse.get(page).content.decode().partition("/calendar/")[2].partition(".ics")[0]
        assert Browser().get(f"/calendar/{other}.ics").status_code == 200
        assert nurse.post(page, {"do": "shut"}).status_code == 302
        assert Browser().get(f"/calendar/{other}.ics").status_code == 404


def test_a_feed_speaks_the_language_that_was_agreed_also_when_mail_has_ended(sqlite: str) -> None:
    clinic = team.clinic()
    course, writer = treated(clinic), team.writer(clinic, "nurse")
    Desk.objects.create(clinic=clinic, reviewed="es")
    kept(course)
    with clock.standing_at(NOW):
        secret, said = contact.new_feed(course, None), []
        for change in (
            lambda: None,
            lambda: contact.agree(course, writer, TO, language="es"),
            lambda: contact.end(course, writer, contact.BY_TEAM),
            lambda: Desk.objects.update(reviewed=""),
        ):
            change()
            days = events(Browser().get(f"/calendar/{secret}.ics").content).values()
            said.append({"Algo que hacer", "Something to do"} & {str(d["summary"]) for d in days})
    english, spanish = {"Something to do"}, {"Algo que hacer"}
    assert said == [english, spanish, spanish, english], "what nobody has read through is not shown"


def test_no_door_opens_another_purpose_or_a_course_that_was_forgotten(database: str) -> None:
    clinic = team.clinic()
    course = treated(clinic)
    with clock.standing_at(NOW):
        contact.agree(course, team.writer(clinic, "nurse"), TO)
        found = contact.contact_of(read(course))
        secret = contact.new_feed(course, None)
    assert found is not None
    assert Browser().get(f"/calendar/{found.leave}.ics").status_code == 404
    Browser().post(f"/leave/{secret}/")
    assert contact.contact_of(read(course)) is not None
    erase(course, team.writer(clinic), "asked for")
    assert Browser().get(f"/calendar/{secret}.ics").status_code == 404


def test_the_team_downloads_it_and_it_is_noted_who(database: str) -> None:
    clinic = team.clinic()
    course = treated(clinic)
    nurse = signed_in(team.member(clinic, "nurse", "nora"))
    with clock.standing_at(NOW):
        answer = nurse.get(f"/courses/{course.code}/calendar.ics")
    assert answer.status_code == 200 and events(answer.content)
    assert course.openings.filter(page="calendar").count() == 1
