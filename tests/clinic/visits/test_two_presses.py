"""One form sent many times in one instant is recorded once; a form that fails leaves nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from tests.clinic import team

from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Refused, Writer
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.visits.saving import AlreadyRecorded, new_token, save, used

PRESSES = 4
COUNSELLED = {"kind": "counselling", "at": "2026-11-20"}
FORM = [team.WEIGHT, COUNSELLED]


def pressed(course: Course, by: Writer, token: str, start: Any) -> str:
    try:
        own = Course.objects.select_related("clinic", "key").get(pk=course.pk)
        start.wait()
        save(own, by, FORM, token)
        return "recorded"
    except AlreadyRecorded:
        return "was recorded"
    finally:
        connections.close_all()


def test_many_presses_record_one_form(database: str) -> None:
    clinic = team.clinic()
    by, course, token = team.writer(clinic), team.opened(clinic), new_token()
    start = Barrier(PRESSES)
    with ThreadPoolExecutor(PRESSES) as hands:
        done = [hands.submit(pressed, course, by, token, start) for _ in range(PRESSES)]
    assert sorted(each.result() for each in done) == ["recorded", *["was recorded"] * (PRESSES - 1)]
    assert [each["kind"] for each in read(course).events] == ["weight", "counselling"]
    assert used(course, token) and not used(course, new_token()) and list(verify(None)) == []


def test_a_mark_is_of_one_course(database: str) -> None:
    clinic = team.clinic()
    by, token = team.writer(clinic), new_token()
    for course in (team.opened(clinic), team.opened(clinic, "Bea")):
        assert len(save(course, by, FORM, token)) == 2


def test_one_bad_event_and_none_is_kept(database: str) -> None:
    clinic = team.clinic()
    by, course, token = team.writer(clinic), team.opened(clinic), new_token()
    with pytest.raises(Refused):
        save(course, by, [team.WEIGHT, {**COUNSELLED, "at": "2999-01-01"}], token)
    assert Entry.objects.count() == 2 and not used(course, token)


def test_what_fails_after_leaves_nothing(database: str) -> None:
    clinic = team.clinic()
    by, course, token = team.writer(clinic), team.opened(clinic), new_token()

    def fail(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        save(course, by, FORM, token, after=fail)
    assert Entry.objects.count() == 2 and not used(course, token)
    assert len(save(course, by, FORM, token)) == 2
