"""Somebody who opens more courses on a day than a day's work asks for is told, and not stopped."""

from datetime import timedelta

import pytest
from tests.clinic import team
from tests.clinic.api.asking import Application
from tests.clinic.browsing import signed_in
from tests.clinic.fhir.system import Reader, registered

from isocourse.clinic.access import unusual
from isocourse.clinic.access.models import Opening
from isocourse.clinic.access.needing import break_glass, seen
from isocourse.clinic.log import clock
from isocourse.clinic.people.places import Here


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """The threshold made small; on it, and one step beyond."""
    monkeypatch.setattr(unusual, "MOST", 2)
    return 2


def test_one_more_than_usual_is_told_once_and_nothing_is_stopped(
    sqlite: str, few: int, caplog: pytest.LogCaptureFixture
) -> None:
    clinic = team.clinic()
    user = team.member(clinic, "nurse")
    browser = signed_in(user)
    codes = [team.opened(clinic).code for _ in range(few + 2)]
    for code in (*codes[:few], *codes[:few]):
        assert browser.get(f"/courses/{code}/").status_code == 200
    assert unusual.unusual(clinic) == [] and "a day's work" not in caplog.text
    for code in (codes[few], codes[few], codes[few + 1]):
        assert browser.get(f"/courses/{code}/").status_code == 200
    (day,) = unusual.unusual(clinic)
    assert (day.user, day.courses) == (user, few + 2)
    assert caplog.text.count("a day's work") == 1, "at the course that makes the day unusual"
    for role in ("auditor", "administrator"):
        page = signed_in(team.member(clinic, role)).get("/access/").content.decode()
        assert "Unusually many courses" in page


def test_two_days_are_two_days_and_old_ones_are_not_shown(sqlite: str, few: int) -> None:
    clinic = team.clinic()
    browser = signed_in(team.member(clinic, "nurse"))
    with clock.standing_at(team.NOW):
        codes = [team.opened(clinic).code for _ in range(few + 1)]
    for back, code in enumerate(codes):
        with clock.standing_at(team.NOW + timedelta(days=back)):
            browser.get(f"/courses/{code}/")
    with clock.standing_at(team.NOW + timedelta(days=few + 1)):
        assert unusual.unusual(clinic) == []
        for code in codes:
            browser.get(f"/courses/{code}/")
        assert len(unusual.unusual(clinic)) == 1
    with clock.standing_at(team.NOW + timedelta(days=few + 32)):
        assert unusual.unusual(clinic) == []


def test_another_clinic_is_not_told(sqlite: str, few: int) -> None:
    clinic, other = team.clinic(), team.clinic("Other")
    browser = signed_in(team.member(clinic, "nurse"))
    for _ in range(few + 1):
        browser.get(f"/courses/{team.opened(clinic).code}/")
    assert len(unusual.unusual(clinic)) == 1 and unusual.unusual(other) == []


def test_openings_at_one_moment_that_step_over_the_limit_are_told_all_the_same(
    sqlite: str, few: int, caplog: pytest.LogCaptureFixture
) -> None:
    clinic = team.clinic()
    user = team.member(clinic, "nurse")
    courses = [team.opened(clinic) for _ in range(few + 3)]
    Opening.objects.bulk_create(
        Opening(user=user, clinic=clinic, course=each, at=clock.now(), page="course")
        for each in courses
    )
    for _ in range(2):
        unusual.watch(user, clinic)
    assert caplog.text.count("somebody opened more") == 1


def test_a_colleague_of_another_clinic_is_told_where_the_courses_are(
    sqlite: str, few: int, caplog: pytest.LogCaptureFixture
) -> None:
    clinic, other = team.clinic(), team.clinic("Other")
    user = team.member(other, "prescriber")
    here = Here(user, other, "prescriber", "dermatologist")
    for _ in range(few + 1):
        code = team.opened(clinic).code
        break_glass(here, code, "collapsed in our waiting room")
        seen(here, code, "course")
    assert [each.user for each in unusual.unusual(clinic)] == [user]
    (line,) = [each for each in caplog.records if "a day's work" in each.getMessage()]
    assert line.clinic == clinic.pk  # type: ignore[attr-defined]
    assert unusual.unusual(other) == []


def test_systems_and_applications_stand_apart_from_people(
    sqlite: str, few: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    clinic = team.clinic()
    codes = [team.opened(clinic).code for _ in range(few + 1)]
    system, application = Reader(registered(clinic)), Application(clinic)
    assert system.get("Patient").status_code == 200
    assert system.get("Patient").status_code == 200
    for code in codes:
        assert application.get(f"courses/{code}").status_code == 200
    assert unusual.unusual(clinic) == []
    busy = unusual.busy_systems(clinic)
    assert {each.user for each in busy} == {system.system.user, application.token.user}
    assert {(each.courses, each.days) for each in busy} == {(few + 1, 1)}
    told = [each for each in caplog.records if "an application opened" in each.getMessage()]
    assert [each.levelname for each in told] == ["INFO", "INFO"], "each once, and no warning"
    page = signed_in(team.member(clinic, "auditor")).get("/access/").content.decode()
    assert "Applications that open many courses" in page and "Warehouse" in page
    assert "Unusually many courses" not in page


def test_of_a_system_the_busiest_day_is_shown(sqlite: str, few: int) -> None:
    clinic = team.clinic()
    user = registered(clinic).user
    with clock.standing_at(team.NOW):
        courses = [team.opened(clinic) for _ in range(few + 3)]
    for back, many in enumerate((few, few + 1, few + 3, few + 2)):
        Opening.objects.bulk_create(
            Opening(user=user, clinic=clinic, course=each, at=team.NOW + timedelta(back), page="x")
            for each in courses[:many]
        )
    with clock.standing_at(team.NOW + timedelta(days=4)):
        (busy,) = unusual.busy_systems(clinic)
    assert (busy.on, busy.courses, busy.days) == (
        (team.NOW + timedelta(days=2)).date(),
        few + 3,
        3,
    )
