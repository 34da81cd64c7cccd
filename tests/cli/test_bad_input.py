"""Every kind of bad input: status 2, the reason on standard error, nothing on standard output."""

import builtins
import json
from pathlib import Path

import pytest
from tests.cli.running import (
    DAY_7,
    MARCH,
    answered,
    call,
    changed,
    event,
    march,
    refused,
    written,
)

from isocourse.events.text import LARGEST_BYTES


def reason(file, *words):
    """Why assess refuses a file, on screen and as JSON alike."""
    told = refused(call("assess", file, "--at", DAY_7, *words))
    assert refused(call("assess", file, "--at", DAY_7, "--json", *words)) == told
    return told


def raw(folder: Path, data: bytes) -> str:
    path = folder / "some.course.json"
    path.write_bytes(data)
    return str(path)


def test_a_file_that_is_not_there(tmp_path):
    file = str(tmp_path / "nowhere.course.json")

    assert reason(file) == f"{file}: there is no such file; check its name.\n"


def test_a_folder(tmp_path):
    assert "this is a folder" in reason(str(tmp_path))


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    file, usual = raw(tmp_path, b"{}"), builtins.open

    def open_(name, *args, **more):
        if name == file:
            raise PermissionError(13, "Permission denied", name)
        return usual(name, *args, **more)

    monkeypatch.setattr("builtins.open", open_)

    assert "it may not be read" in reason(file)


def test_a_file_that_cannot_be_read_for_another_reason():
    assert "it cannot be read: " in reason("/proc/self/mem")


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_an_empty_file(tmp_path, data):
    assert "the file is empty" in reason(raw(tmp_path, data))


def test_a_huge_file(tmp_path):
    file = tmp_path / "huge.course.json"
    with file.open("wb") as out:
        out.truncate(LARGEST_BYTES * 50)

    assert "expected at most 20 MB" in reason(str(file))


def test_an_endless_file():
    assert "expected at most 20 MB" in reason("/dev/zero")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xfe{}", "found text that is not UTF-8"),
        ('{"format": "é'.encode("latin-1"), "found text that is not UTF-8"),
        (b"hello", 'line 1, column 1: found "hello", expected a value'),
        (b'{"format": "isocourse.course/1",', "expected a key in double quotes"),
        (b'{"format": "isocourse.course/1" "place": "us"}', "expected a comma"),
        (b"[1, 2]", "expected an object"),
        (b"42", "expected an object"),
        (b"null", "expected an object"),
        (b"[" * 100_000, "levels of nesting"),
        (b'{"x-a":' * 60 + b"1" + b"}" * 60, "levels of nesting"),
        (b'{"format": "isocourse.course/1", "format": "isocourse.course/1"}', "more than once"),
    ],
)
def test_a_broken_file(tmp_path, data, told):
    assert told in reason(raw(tmp_path, data))


def wrong_format(course):
    course["format"] = "isocourse.course/2"


def wrong_kind(course):
    course["events"][0]["kind"] = "wieght"


def unknown_place(course):
    course["place"] = "atlantis"


def unknown_key(course):
    course["patient"]["gender"] = "female"


def missing_key(course):
    del course["patient"]["birth_date"]


def wrong_unit(course):
    event(course, "weight")["unit"] = "stone"


def weight_of_600_kg(course):
    event(course, "weight")["value"] = 600


def dose_of_400_mg(course):
    event(course, "prescription")["daily_dose"] = 400


def duplicate_id(course):
    course["events"][1]["id"] = course["events"][0]["id"]


def null(course):
    event(course, "weight")["note"] = None


def control_character(course):
    course["course_id"] = "clear \x1b[2J"


def time_without_offset(course):
    course["events"][0]["at"] = "2026-02-02T10:00:00"


def no_real_date(course):
    course["events"][0]["at"] = "2026-02-30"


def unknown_zone(course):
    course["time_zone"] = "Mars/Olympus"


def retract_of_nothing(course):
    course["events"].append({"id": "r1", "at": "2026-03-01", "kind": "retract", "event": "e99"})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (wrong_format, "isocourse.course/1"),
        (wrong_kind, 'found "wieght"'),
        (unknown_place, 'place: found "atlantis", expected one of us, uk, eu, de, fr, it, in'),
        (unknown_key, "patient.gender: found the key"),
        (missing_key, "patient.birth_date: found nothing"),
        (wrong_unit, 'weight): unit: found "stone", expected one of kg, lb'),
        (weight_of_600_kg, "weight): value: found 600"),
        (dose_of_400_mg, "prescription): daily_dose: found 400"),
        (duplicate_id, "expected an id that no other event"),
        (null, "found null, expected"),
        (control_character, "control character"),
        (time_without_offset, "add the offset"),
        (no_real_date, 'found "2026-02-30"'),
        (unknown_zone, 'time_zone: found "Mars/Olympus"'),
        (retract_of_nothing, "expected the id of an event"),
    ],
)
def test_a_course_that_cannot_be_used(tmp_path, change, told):
    file = changed(tmp_path, change)
    said = reason(file)

    assert told in said
    assert said.startswith(f"{file}: ")
    assert "\x1b" not in said


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1e30", "9" * 30])
def test_a_number_that_is_none(tmp_path, number):
    text = json.dumps(march()).replace('"value": 64', f'"value": {number}')
    assert number in text

    assert "weight): value: found " in reason(raw(tmp_path, text.encode()))


def test_everything_wrong_is_told_at_once(tmp_path):
    course = march()
    unknown_place(course)
    wrong_unit(course)
    wrong_kind(course)

    assert len(reason(written(tmp_path, course)).splitlines()) == 3


def test_one_bad_file_among_good_ones_leaves_standard_output_empty(tmp_path):
    bad, worse = changed(tmp_path, unknown_place), str(tmp_path / "nowhere")
    for json_ in ([], ["--json"]):
        told = refused(call("assess", MARCH, bad, worse, MARCH, "--at", DAY_7, *json_))
        assert told.count("\n") == 2
        assert "atlantis" in told
        assert "nowhere" in told


def test_standard_input_may_hold_nonsense_too():
    assert "standard input: line 1" in refused(call("assess", "-", "--at", DAY_7, stdin=b"{"))
    assert "the file is empty" in refused(call("assess", "-", "--at", DAY_7, stdin=b""))


def test_standard_input_can_be_named_once_only():
    assert "may be named once" in refused(call("assess", "-", "-", "--at", DAY_7, stdin=b"{}"))


@pytest.mark.parametrize("option", ["--at", "--known-at"])
@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2026-03-07T18:00:00", "add the offset from UTC to the time"),
        ("2026-02-30", "expected a date such as"),
        ("tomorrow", "found 'tomorrow'"),
        ("07/03/2026", "expected a date such as"),
        ("", "found ''"),
        ("2026-03-07 18:00:00-05:00", "expected a date such as"),
        ("0001-01-01", "from 1900 to 2200"),
        ("\x1b[2J", r"found '\x1b[2J'"),
    ],
)
def test_a_moment_that_is_none(option, when, told):
    at = ["--at", DAY_7] if option == "--known-at" else []
    said = refused(call("assess", MARCH, *at, option, when))

    assert said.startswith(f"{option}: ")
    assert told in said


def test_a_day_before_the_first_known_rules():
    said = refused(call("assess", MARCH, "--at", "2020-01-01", "--json"))

    assert f"{MARCH}: No rules of 'us' are known for 2020-01-01" in said
    assert "2021-12-13" in said


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"\xff", "not readable as TOML"),
        (b"format = ", "not readable as TOML"),
        (b"[local]\nmax_supply_days = 28\n", "format: found None"),
        (b'format = "isocourse.settings/2"', "expected 'isocourse.settings/1'"),
        (b'format = "isocourse.settings/1"\n[locals]\n', "found the key 'locals'"),
        (b'format = "isocourse.settings/1"\n[local]\nmax_supply_days = 0\n', "from 1 to 366"),
        (b'format = "isocourse.settings/1"\n[starts]\nnope = 2026-01-01\n', "no such programme"),
        (b'format = "isocourse.settings/1"\n[starts]\nus-ipledge-2026 = "x"\n', "expected a date"),
    ],
)
def test_settings_that_cannot_be_used(tmp_path, data, told):
    settings = tmp_path / "clinic.toml"
    settings.write_bytes(data)

    assert told in reason(MARCH, "--settings", str(settings))


def test_settings_that_are_not_there(tmp_path):
    assert "there is no such file" in reason(MARCH, "--settings", str(tmp_path / "none.toml"))


def test_settings_that_start_before_any_rules_are_no_traceback(tmp_path):
    settings = tmp_path / "clinic.toml"
    settings.write_text('format = "isocourse.settings/1"\n[starts]\nus-ipledge-2021 = 2026-03-08\n')
    said = call("assess", MARCH, "--at", DAY_7, "--settings", str(settings))

    assert "No rules of 'us' are known for 2026-03-07" in refused(said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["assess"], "Missing argument"),
        (["assess", MARCH, "--att", DAY_7], "No such option"),
        (["assess", MARCH, "--at"], "requires an argument"),
        (["asses", MARCH], "No such command"),
        (["schema"], "Missing argument"),
    ],
)
def test_a_command_line_that_cannot_be_read(words, told):
    assert told in refused(call(*words))


def test_a_good_file_passes_beside_all_this():
    assert "✓ ALLOWED" in answered(call("assess", MARCH, "--at", DAY_7))
