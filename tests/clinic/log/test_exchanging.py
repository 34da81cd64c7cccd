"""Course files come in as they were written, and go out as the engine reads them."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from tests.clinic import team

from isocourse.clinic.log import clock
from isocourse.clinic.log.exchanging import every, exported, taken_in
from isocourse.clinic.log.models import Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Refused, record
from isocourse.course import assess
from isocourse.events import read_course

EXAMPLES = sorted(
    each for each in (files("isocourse") / "examples").iterdir() if each.name.endswith(".json")
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_a_course_gets_the_same_answers_here_as_from_its_file(sqlite: str, example: object) -> None:
    data = example.read_bytes()  # type: ignore[attr-defined]
    clinic = team.clinic()
    with clock.standing_at(datetime(2028, 1, 1, tzinfo=UTC)):
        held = read(taken_in(clinic, team.writer(clinic), data))
        at = clock.now().astimezone(held.zone)
    here, there = assess(held.as_read, at).json(), assess(read_course(data), at).json()
    del here["course_id"], there["course_id"]
    assert here == there


def test_what_goes_out_can_come_in_elsewhere(sqlite: str) -> None:
    clinic, other = team.clinic(), team.clinic("Other", "uk")
    course = team.opened(clinic)
    record(course, team.writer(clinic), [team.WEIGHT])
    text = exported(read(course))
    assert "Ada" not in text and "Ada" in exported(read(course), with_name=True)
    again = taken_in(other, team.writer(other), text.encode(), "Ada Berg")
    assert read(again).events == read(course).events
    assert again.code != course.code and read(again).identity["came_as"] == course.code
    assert [each.code for each in every(other)] == [again.code]


def test_when_an_event_was_taken_in_stands_in_the_log(sqlite: str) -> None:
    clinic = team.clinic()
    before = clock.now()
    course = taken_in(clinic, team.writer(clinic), EXAMPLES[0].read_bytes())
    assert all(each.recorded_at >= before for each in Entry.objects.filter(course=course))


def test_a_file_with_a_fault_is_refused_whole(sqlite: str) -> None:
    clinic = team.clinic()
    said = json.loads(EXAMPLES[0].read_bytes())
    said["events"][3]["at"] = "2026-02-30"
    with pytest.raises(Refused) as refused:
        taken_in(clinic, team.writer(clinic), json.dumps(said).encode())
    assert "events[3]" in str(refused.value) and not Entry.objects.exists()
