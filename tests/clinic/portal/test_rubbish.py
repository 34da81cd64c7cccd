"""Whatever is sent to a patient's page, it answers; what it cannot keep, it does not keep."""

from itertools import cycle, islice
from typing import Any

import pytest
from django.urls import reverse
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.log.tampering import unguarded
from tests.clinic.portal.mine import come_in, send, text, told

from isocourse.clinic.log import reading
from isocourse.clinic.log.models import Course
from isocourse.clinic.portal import needing
from isocourse.course import NoValue
from isocourse.events.problems import BadCourse, Problem

ODD = ("", "²", "-1", "1" * 40, "\x00", "é" * 3000, "<script>", "%(n)s", "{0}", "\u202e", "null")
FORMS: dict[str, tuple[str, ...]] = {
    "my_check_in": ("cheilitis", "note", "token"),
    "my_mood": ("i1", "i9", "token"),
    "my_tell": ("what", "count", "note"),
    "my_questions": ("method", "answered", "note"),
    "my_passkey": ("do", "pk", "credential"),
    "my_language": ("language",),
    "my_photos": ("picture", "token"),
}


@pytest.fixture
def course(sqlite: str) -> Course:
    return team.opened(team.clinic())


def test_no_rubbish_breaks_a_page(course: Course) -> None:
    browser = come_in(course)
    turn = cycle(ODD)
    for page, fields in FORMS.items():
        together = [dict.fromkeys(fields, odd) for odd in ODD]
        alone = [{name: odd} for name in fields for odd in islice(turn, 3)]
        for given in (*together, *alone):
            assert send(browser, page, **given).status_code < 500, (page, given)
    for odd in ODD:
        given = {"what": "missed_doses", "count": odd}
        assert send(browser, "my_tell", **given).status_code == 422, odd
        assert send(browser, "my_passkey", do="remove", pk=odd).status_code == 302
    assert all(each["kind"] != "patient_report" or each["what"] == "other" for each in told(course))
    assert browser.get(reverse("my_photo", args=[10**30])).status_code == 404
    assert browser.get(reverse("my_data")).status_code == 200


def test_a_log_that_does_not_hold_tells_the_patient_to_call(course: Course) -> None:
    browser = come_in(course)
    with unguarded() as cursor:
        cursor.execute("UPDATE log_entry SET body = 'x' WHERE course_id = %s", [course.pk])
    for page in ("my_home", "my_data", "my_mood"):
        answer = browser.get(reverse(page))
        assert answer.status_code == 409 and "call your team" in text(answer).lower()
        assert "Ada Berg" not in text(answer)


def test_a_course_that_cannot_be_read_is_a_plain_page_for_patient_and_team(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a record that a later release refuses; then nobody meets an error of the server."""

    def refused(*_: Any) -> None:
        raise BadCourse("the log", [Problem("events", "a kind of old", "a kind", "call somebody")])

    browser, staff = come_in(course), signed_in(team.writer(course.clinic).user)
    monkeypatch.setattr(reading, "read_course", refused)
    patients, teams = (
        browser.get(reverse("my_home")),
        staff.get(reverse("course", args=[course.code])),
    )
    assert patients.status_code == 409 and "call your team" in text(patients).lower()
    assert teams.status_code == 409 and "Hand nothing over" in text(teams)


def test_a_day_for_which_a_rule_has_no_value_tells_the_patient_to_call(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*given: Any, **named: Any) -> None:
        raise NoValue("nothing in force")

    browser = come_in(course)
    monkeypatch.setattr(needing, "assess", none)
    answer = browser.get(reverse("my_home"))
    assert answer.status_code == 409 and "call your team" in text(answer).lower()
