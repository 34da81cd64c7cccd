"""Verify finds any change since the last anchored head, and says where it is."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.clinic import team
from tests.clinic.log.tampering import unguarded

from isocourse.clinic.log import anchors
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course, Entry, Head
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.log.verifying import verify


@pytest.fixture
def courses(database: str) -> list[Course]:
    """Three courses with some entries each."""
    clinic = team.clinic()
    made = [team.opened(clinic, name) for name in ("Ada Berg", "Bea Novak", "Cara Silva")]
    for course in made:
        for value in (60, 61, 62):
            record(course, team.writer(clinic), [{**team.WEIGHT, "value": value}])
    return made


def found(anchor: anchors.Anchor | None = None) -> list[str]:
    return [str(each) for each in verify(anchor)]


def test_all_is_well(courses: list[Course]) -> None:
    assert found() == [] and found(anchors.anchor()) == []


def _body(course: Course, cursor: Any) -> str:
    cursor.execute(
        "UPDATE log_entry SET body = (SELECT body FROM log_entry WHERE course_id = %s "
        "AND number = 5) WHERE course_id = %s AND number = 3",
        [course.pk, course.pk],
    )
    return f"course {course.code}, entry 3: changed"


def _time(course: Course, cursor: Any) -> str:
    cursor.execute(
        "UPDATE log_entry SET recorded_at = '2020-01-01 00:00:00+00:00' "
        "WHERE course_id = %s AND number = 4",
        [course.pk],
    )
    return f"course {course.code}, entry 4: changed"


def _author(course: Course, cursor: Any) -> str:
    cursor.execute(
        "UPDATE log_entry SET by_id = NULL WHERE course_id = %s AND number = 5", [course.pk]
    )
    return f"course {course.code}, entry 5: changed"


def _removed(course: Course, cursor: Any) -> str:
    cursor.execute("DELETE FROM log_entry WHERE course_id = %s AND number = 3", [course.pk])
    return f"course {course.code}, entry 3: missing; the next one found is 4"


def _cut_off(course: Course, cursor: Any) -> str:
    cursor.execute("DELETE FROM log_entry WHERE course_id = %s AND number > 3", [course.pk])
    return f"course {course.code}, entry 4: missing; the log ended at entry 5"


def _moved(course: Course, cursor: Any) -> str:
    cursor.execute("UPDATE log_course SET place = 'uk' WHERE id = %s", [course.pk])
    return f"course {course.code}, entry 1: changed"


def _end(course: Course, cursor: Any) -> str:
    cursor.execute("UPDATE log_head SET number = 4 WHERE course_id = %s", [course.pk])
    return f"course {course.code}, entry 4: the end of the log was changed"


@pytest.mark.parametrize("change", [_body, _time, _author, _removed, _cut_off, _moved, _end])
def test_a_change_is_found_where_it_is(
    courses: list[Course], change: Callable[[Course, Any], str]
) -> None:
    anchor = anchors.anchor()
    with unguarded() as cursor:
        told = change(courses[1], cursor)
    (finding,) = [each for each in found(anchor) if courses[1].code in each]
    assert finding.startswith(told)
    assert not [each for each in found(anchor) if courses[0].code in each]
    with pytest.raises(Broken):
        read(Course.objects.get(pk=courses[1].pk))


def test_a_log_put_back_to_an_earlier_end_is_found_by_the_anchor(courses: list[Course]) -> None:
    """Entries and their sealed end together, as from an old copy of the database."""
    course = courses[2]
    old = Head.objects.get(course=course)
    record(course, team.writer(course.clinic), [team.WEIGHT])
    anchor = anchors.anchor()
    with unguarded() as cursor:
        cursor.execute("DELETE FROM log_entry WHERE course_id = %s AND number > 5", [course.pk])
    old.save()
    assert found() == [], "without an anchor the earlier log looks whole"
    assert found(anchor) == [f"course {course.code}, entry 6: anchored, and no longer there"]


def test_a_course_that_was_taken_away_whole_is_found_by_the_anchor(courses: list[Course]) -> None:
    anchor, gone = anchors.anchor(), courses[0]
    with unguarded() as cursor:
        for table in ("worklist_standing", "log_term", "log_identity", "log_head", "log_datakey"):
            cursor.execute(f"DELETE FROM {table} WHERE course_id = %s", [gone.pk])
        cursor.execute("DELETE FROM log_entry WHERE course_id = %s", [gone.pk])
        cursor.execute("DELETE FROM log_course WHERE id = %s", [gone.pk])
    assert found() == []
    assert found(anchor) == [f"course {gone.code}: anchored, and no longer in the database"]


def test_a_chain_made_with_another_key_does_not_hold(courses: list[Course], settings: Any) -> None:
    """Whoever can write but has not the key cannot make a log that verifies."""
    from dataclasses import replace

    real = settings.SECRETS
    settings.SECRETS = replace(real, chain=b"another key, which is not the one of this clinic")
    with pytest.raises(Broken):
        record(courses[0], team.writer(courses[0].clinic), [team.WEIGHT])
    settings.SECRETS = real
    assert found() == []


def test_an_anchor_that_was_changed_is_refused(courses: list[Course]) -> None:
    text = anchors.anchor().text()
    assert anchors.read_anchor(text, "here").heads.keys() == {each.code for each in courses}
    with pytest.raises(anchors.BadAnchor, match="changed since it was written"):
        anchors.read_anchor(text.replace(courses[0].code, "AAAA-AAAA"), "here")
    with pytest.raises(anchors.BadAnchor, match="no anchor"):
        anchors.read_anchor("{}", "here")


def test_entries_after_the_anchor_are_no_finding(courses: list[Course]) -> None:
    anchor = anchors.anchor()
    record(courses[0], team.writer(courses[0].clinic), [team.WEIGHT])
    assert found(anchor) == [] and Entry.objects.count() == 16
