"""What an application reads is what the engine says, and it is noted that it looked."""

import json
from datetime import date

from django.test import Client
from jsonschema import Draft202012Validator
from tests.clinic import team
from tests.clinic.api.asking import Application
from tests.clinic.log.tampering import unguarded

from isocourse.clinic.access.models import Opening
from isocourse.clinic.log import clock
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.reading import read
from isocourse.clinic.worklist.models import Standing
from isocourse.course import assess
from isocourse.course.schema import assessment_schema
from isocourse.events import check_course
from isocourse.events.schema import course_schema


def test_the_list_has_pages_and_a_filter_and_no_names(database: str) -> None:
    clinic = team.clinic()
    with clock.standing_at(team.NOW):
        held, _ = team.ready_to_hand_over(clinic)
        others = [team.opened(clinic, "Bo Dahl") for _ in range(3)]
        there = team.opened(team.clinic("Other"))
        application = Application(clinic)
        pages = [application.get("courses", page=str(n), size="3").json() for n in (1, 2, 3)]
    codes = [row["code"] for page in pages for row in page["courses"]]
    assert (
        sorted(codes) == sorted(each.code for each in [held, *others]) and there.code not in codes
    )
    assert [len(page["courses"]) for page in pages] == [3, 1, 0]
    assert {(page["count"], page["pages"]) for page in pages} == {(4, 2)}
    assert "Bo" not in json.dumps(pages) and "Berg" not in json.dumps(pages)
    with clock.standing_at(team.NOW):
        (row,) = application.get("courses", state="allowed").json()["courses"]
        assert row["code"] == held.code and row["dispense"] == "allowed"
        assert application.get("courses", state="new").json()["count"] == 3


def test_the_counts_are_those_of_the_worklist(sqlite: str) -> None:
    clinic = team.clinic()
    with clock.standing_at(team.NOW):
        team.ready_to_hand_over(clinic)
        team.opened(clinic)
        told = Application(clinic, "pharmacist").get("worklist").json()
    assert told["courses"] == 2 and told["states"] == {"allowed": 1, "new": 1}
    assert told["on"] == "2026-11-25" and told["registry"] == 0


def test_a_course_is_a_course_file(sqlite: str) -> None:
    clinic = team.clinic()
    with clock.standing_at(team.NOW):
        held, _ = team.ready_to_hand_over(clinic)
        answer = Application(clinic).get(f"courses/{held.code.lower()}")
    assert answer.json() == read(held).file and "Ada" not in answer.content.decode()
    Draft202012Validator(course_schema()).validate(answer.json())
    assert not check_course(answer.content, date(2026, 11, 25))


def test_the_assessment_is_that_of_the_engine_on_any_day(sqlite: str) -> None:
    clinic = team.clinic()
    with clock.standing_at(team.NOW):
        held, _ = team.ready_to_hand_over(clinic)
        application = Application(clinic)
        file = read(held).as_read
        now = application.get(f"courses/{held.code}/assessment").json()
        assert now == assess(file, team.NOW.astimezone(read(held).zone)).json()
        Draft202012Validator(assessment_schema()).validate(now)
        then = application.get(
            f"courses/{held.code}/assessment", on="2026-11-01", known_at="2026-10-20"
        )
        day, known = date(2026, 11, 1), date(2026, 10, 20)
        assert then.json() == assess(file, day, known_at=known).json() != now
        for wrong in ("yesterday", "2026-11-01T10:00", "2026-02-30", "1850-01-01", "9999-01-01"):
            answer = application.get(f"courses/{held.code}/assessment", on=wrong)
            assert answer.status_code == 422, wrong
            assert answer.json()["detail"] and answer["Content-Type"] == "application/problem+json"
        early = application.get(f"courses/{held.code}/assessment", on="1970-01-01")
        assert early.status_code == 422 and "1970" in early.json()["detail"]


def test_the_plan_and_the_events(sqlite: str) -> None:
    clinic = team.clinic()
    with clock.standing_at(team.NOW):
        held = team.ready_to_prescribe(clinic)
        application = Application(clinic, "prescriber")
        assert application.get(f"courses/{held.code}/plan").json()["hand_overs"]
        events = application.get(f"courses/{held.code}/events").json()
    assert events == {"code": held.code, "events": read(held).events}


def test_it_is_noted_that_an_application_looked(sqlite: str) -> None:
    course = team.opened(team.clinic())
    application = Application(course.clinic)
    for page in ("", "/assessment", "/plan", "/events"):
        assert application.get(f"courses/{course.code}{page}").status_code == 200, page
    noted = list(Opening.objects.order_by("pk").values_list("user_id", "course_id", "page"))
    pages = ("api: course", "api: assessment", "api: plan", "api: events")
    assert noted == [(application.token.user_id, course.pk, page) for page in pages]


def test_a_broken_log_and_a_forgotten_person_tell_nothing(sqlite: str) -> None:
    clinic = team.clinic()
    broken, gone = team.opened(clinic), team.opened(clinic)
    erase(gone, team.writer(clinic), "asked for")
    with unguarded() as cursor:
        cursor.execute("UPDATE log_entry SET body = 'x' WHERE course_id = %s", [broken.pk])
    application = Application(clinic)
    weight = [{"id": "w", **team.WEIGHT}]
    for page in ("", "/assessment", "/plan", "/events"):
        answer = application.get(f"courses/{broken.code}{page}")
        assert answer.status_code == 409 and "does not hold" in answer.json()["detail"]
        assert application.get(f"courses/{gone.code}{page}").status_code == 404
    assert application.send(broken.code, weight).status_code == 409
    assert application.send(gone.code, weight).status_code == 404
    assert Standing.objects.count() == 1


def test_what_is_not_there_and_what_is_not_allowed_is_told_in_json(sqlite: str) -> None:
    application = Application(team.clinic())
    for address in ("nothing", "courses/2222-2222", "courses/2222-2222/hand-over"):
        answer = application.get(address)
        assert answer.status_code == 404 and answer.json()["status"] == 404, address
    for address in ("worklist", "courses", "openapi.json"):
        answer = Client().delete(f"/api/{address}", headers=application.headers, secure=True)
        assert answer.status_code == 405 and "GET" in answer["Allow"], address
        assert answer["Content-Type"] == "application/problem+json"
