"""Somebody who opens more courses on a day than a day's work asks for is told, and not stopped."""

from datetime import timedelta

import pytest
from tests.clinic import team
from tests.clinic.browsing import signed_in

from isocourse.clinic.access import unusual
from isocourse.clinic.log import clock


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
