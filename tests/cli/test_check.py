"""`check`: everything wrong or doubtful in a file, at once."""

from datetime import date

import pytest
from tests.cli.running import MARCH, answered, call, changed, event, march, written


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """It is 10 March 2026 everywhere."""
    monkeypatch.setattr("isocourse.cli.today", lambda zone: date(2026, 3, 10))


def faulted(*files):
    said = call("check", *files)
    assert said.exit_code == 2
    assert "Traceback" not in said.output
    return said


def flat(said):
    return " ".join(said.split())


def test_a_clean_file_gets_a_friendly_line():
    assert answered(call("check", MARCH, columns=200)) == f"✓ {MARCH}: nothing wrong.\n"


def test_everything_wrong_is_shown_with_place_found_expected_and_what_to_do(tmp_path):
    course = march()
    event(course, "weight")["unit"] = "stone"
    course["place"] = "atlantis"
    said = faulted(written(tmp_path, course))

    assert "2 errors" in flat(said.stdout)
    assert 'error place found "atlantis" expected one of us, uk' in flat(said.stdout)
    assert "do convert the value to that unit" in flat(said.stdout)
    assert said.stderr == "1 file cannot be used as it is.\n"


def test_a_date_after_today_is_an_error_here_and_only_here(tmp_path):
    def tomorrow(course):
        course["events"][-1]["at"] = "2026-03-11"

    file = changed(tmp_path, tomorrow)

    assert "expected 2026-03-10 or earlier" in flat(faulted(file).stdout)
    answered(call("assess", file, "--at", "2026-03-07"))


def test_warnings_are_told_apart_and_end_with_0(tmp_path):
    def misspelt(course):
        more = {"id": "x1", "at": "2026-03-01", "kind": "symptom", "grade": 1}
        course["events"].append({**more, "symptom": "cheilitus"})

    said = flat(answered(call("check", changed(tmp_path, misspelt))))

    assert "1 warning; it can be used." in said
    assert "do did you mean cheilitis" in said


def test_a_warning_beside_an_error_is_still_shown(tmp_path):
    def both(course):
        more = {"id": "x1", "at": "2026-03-01", "kind": "symptom", "grade": 1}
        course["events"].append({**more, "symptom": "cheilitus"})
        event(course, "weight")["value"] = 600

    assert "1 error, 1 warning." in flat(faulted(changed(tmp_path, both)).stdout)


def test_files_are_checked_one_after_the_other(tmp_path):
    bad = changed(tmp_path, lambda course: course.update(place="atlantis"))
    said = faulted(MARCH, bad, str(tmp_path / "nowhere"), MARCH)

    assert flat(said.stdout).count("nothing wrong") == 2
    assert "1 error" in said.stdout
    assert "nowhere: there is no such file" in said.stderr


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"\xff", b"null", b"[" * 100_000, b'{"place": 1, "time_zone": []}']
)
def test_a_broken_file_is_told_without_a_traceback(data):
    faulted_ = call("check", "-", stdin=data)

    assert faulted_.exit_code == 2
    assert "Traceback" not in faulted_.output
    assert isinstance(faulted_.exception, SystemExit)


@pytest.mark.parametrize(
    ("place", "zone", "clock"),
    [
        ("in", None, "Asia/Kolkata"),
        ("us", "America/Phoenix", "America/Phoenix"),
        ("atlantis", None, "UTC"),
    ],
)
def test_today_is_the_day_at_the_place_of_the_course(monkeypatch, tmp_path, place, zone, clock):
    asked = []
    monkeypatch.setattr("isocourse.cli.today", lambda z: asked.append(str(z)) or date(2026, 3, 10))
    course = march() | {"place": place} | ({"time_zone": zone} if zone else {})
    call("check", written(tmp_path, course))

    assert asked == [clock]


def test_text_of_the_file_is_never_acted_on(tmp_path):
    said = faulted(changed(tmp_path, lambda course: course.update(course_id="\x1b[2J[red]")))

    assert "\x1b" not in said.output
    assert "[red]" in said.output
